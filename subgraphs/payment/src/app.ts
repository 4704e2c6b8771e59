import { join } from 'node:path';
import { networkDigest } from '@souk/shared/network-digest';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { Database } from '@souk/shared/db/database';
import { consumeEvents } from '@souk/shared/events/event-consumer';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { causeOf } from '@souk/shared/graph/context';
import { readAtScrape } from '@souk/shared/telemetry';
import { participate } from '@souk/shared/saga/participant';
import { everyHour, everyMinute } from '@souk/shared/queue/schedule';
import type { Context } from './context.js';
import type { PaymentServices } from './domain/payment/payment-services.js';
import type { ManualTerms } from './domain/payment/manual-terms.js';
import { closeLedgerDays } from './domain/ledger/day-close.js';
import { countFailedRefunds } from './domain/reconciliation/ledger-audit.js';
import { ClientSecrets } from './domain/provider/client-secrets.js';
import { deleteExpiredCardAttempts } from './domain/provider/card-attempts.js';
import { deleteExpiredProviderEvents } from './domain/provider/provider-event.js';
import type { ProviderLimits } from './domain/provider/provider-limits.js';
import { defaultProviderLimits } from './domain/provider/provider-limits.js';
import { webhookRouter } from './http/webhook.js';
import { createLoaders } from './loaders.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import type { StripeOptions } from './stripe/client.js';
import { StripeCards } from './stripe/client.js';
import { commandHandlers } from './workers/commands.js';
import { eventHandlers, retiredEvents, subscribedEvents } from './workers/events.js';
import { createReplicas } from './workers/replicas.js';
import { providerEventHandler, refundHandler } from './workers/provider-events.js';
import { reconcile, reconcileEveryMs } from './workers/reconciler.js';
import { runScheduledReconciliation, reconciliationPollMs } from './workers/reconciliation.js';

/** Options of the payment subgraph. */
export interface PaymentOptions {
  stripe: StripeOptions;
  /** Accounts that buyers transfer money to when they do not pay by card. */
  manual: ManualTerms;
  /** Order's timeout of a card payment in minutes, shown to buyers; a stored system setting overrides it. */
  cardTimeoutMinutes: number;
  /** Overrides of the default limits. */
  limits?: Partial<ProviderLimits>;
}

/** Assembles the payment subgraph. */
export async function createApp(
  dependencies: SubgraphDependencies,
  { stripe, manual, cardTimeoutMinutes, limits }: PaymentOptions,
): Promise<SubgraphApp> {
  const { source, sender, clock, log, gatewaySecret, settings } = dependencies;
  const database = new Database(source, sender.send, log);
  const cards = new StripeCards(stripe);
  const secrets = new ClientSecrets(cards);
  const services: PaymentServices = {
    database,
    cards,
    clock,
    log,
    manual,
    limits: { ...defaultProviderLimits, ...limits },
  };
  const app = await assembleSubgraph<Context>(dependencies, {
    name: 'payment',
    sdlFile: join(__dirname, '../src/schema.graphql'),
    resolvers,
    notImplemented,
    contextOf: (request) => {
      const cause = causeOf(request);
      const own = database.within(request.work.cancellation, cause);
      return {
        ...request,
        services: { ...services, database: own },
        settlementServices: { ...services, database: database.causedBy(cause) },
        loaders: createLoaders(own.reader, secrets),
        clientNetwork: networkDigest(request.clientAddress, gatewaySecret),
        publishableKey: stripe.publishableKey,
        refundPolicy: { mfaAboveAmount: settings.get('payments.mfaAboveAmount') },
        cardTimeoutMinutes: settings.get('checkout.paymentTimeoutMinutes', cardTimeoutMinutes),
      };
    },
    database,
    settings,
    replicas: createReplicas(database, dependencies),
    handlers: {
      command: participate(database, paymentCommands, commandHandlers(services)),
      providerEvent: providerEventHandler(services),
      sendRefund: refundHandler(services),
      ...consumeEvents('payment', database, subscribedEvents, eventHandlers, retiredEvents),
    },
    tasks: [
      { name: 'reconciler', intervalMs: reconcileEveryMs, run: () => reconcile(services) },
      { name: 'books', intervalMs: reconciliationPollMs, run: () => runScheduledReconciliation(services) },
    ],
    schedules: [
      {
        name: 'card attempts',
        cron: everyMinute,
        run: () => deleteExpiredCardAttempts(database.reader, clock.now()),
      },
      {
        name: 'provider events',
        cron: everyHour,
        run: () => deleteExpiredProviderEvents(database.reader, clock.now()),
      },
      {
        name: 'ledger days',
        cron: everyHour,
        run: async () => void (await closeLedgerDays(database, clock.now())),
      },
    ],
    router: webhookRouter(services, log),
  });
  let forgetReading = (): void => undefined;
  return {
    ...app,
    start: async () => {
      await app.start();
      forgetReading = readAtScrape('refundsFailed', 'payment', () => countFailedRefunds(database.reader));
    },
    close: async () => {
      forgetReading();
      await app.close();
    },
  };
}
