import { join } from 'node:path';
import { networkDigest } from '@souk/shared/network-digest';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { Database } from '@souk/shared/db/database';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { participate } from '@souk/shared/saga/participant';
import type { Context } from './context.js';
import type { CardDesk } from './domain/card-desk.js';
import type { ManualTerms } from './domain/manual-terms.js';
import type { RefundPolicy } from './domain/refund-request.js';
import { ClientSecrets } from './domain/client-secrets.js';
import { forgetCardAttempts } from './domain/card-attempts.js';
import { forgetProviderEvents } from './domain/provider-event.js';
import type { ProviderLimits } from './domain/provider-limits.js';
import { defaultProviderLimits } from './domain/provider-limits.js';
import { webhookRouter } from './http/webhook.js';
import { createLoaders } from './loaders.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import type { StripeOptions } from './stripe/client.js';
import { StripeCards } from './stripe/client.js';
import { commandHandlers } from './workers/commands.js';
import { eventHandlers } from './workers/events.js';
import { providerEventHandler, refundHandler } from './workers/provider-events.js';
import { reconcile, reconcileEveryMs } from './workers/reconciler.js';
import { compareBooks, lookForComparisonsMs } from './workers/reconciliation.js';

/** What payment needs beside what every subgraph is given. */
export interface PaymentOptions {
  stripe: StripeOptions;
  /** Where money that comes by another way than a card is to be sent. */
  manual: ManualTerms;
  /** What the platform asks of who refunds, at this moment; nothing when left out. */
  refundPolicy?: () => RefundPolicy;
  /** The defaults hold where something is left out. */
  limits?: Partial<ProviderLimits>;
}

const forgetAttemptsMs = 60_000;
const forgetEventsMs = 3_600_000;

const noPolicy = (): RefundPolicy => ({ mfaAboveAmount: 0 });

/** Puts payment together. */
export function createApp(
  dependencies: SubgraphDependencies,
  { stripe, manual, refundPolicy = noPolicy, limits }: PaymentOptions,
): Promise<SubgraphApp> {
  const { source, sender, clock, log, gatewaySecret } = dependencies;
  const database = new Database(source, sender.send, log);
  const cards = new StripeCards(stripe);
  const secrets = new ClientSecrets(cards);
  const desk: CardDesk = {
    database,
    cards,
    clock,
    log,
    manual,
    limits: { ...defaultProviderLimits, ...limits },
  };
  return assembleSubgraph<Context>(dependencies, {
    name: 'payment',
    sdlFile: join(__dirname, '../src/schema.graphql'),
    resolvers,
    notImplemented,
    contextOf: (request) => {
      const own = database.within(request.work.cancellation);
      return {
        ...request,
        desk: { ...desk, database: own },
        settlementDesk: desk,
        loaders: createLoaders(own.reader, secrets),
        clientNetwork: networkDigest(request.clientAddress, gatewaySecret),
        publishableKey: stripe.publishableKey,
        refundPolicy: refundPolicy(),
      };
    },
    database,
    handlers: {
      command: participate(database, paymentCommands, commandHandlers(desk)),
      providerEvent: providerEventHandler(desk),
      sendRefund: refundHandler(desk),
      ...eventHandlers(desk),
    },
    tasks: [
      { name: 'reconciler', intervalMs: reconcileEveryMs, run: () => reconcile(desk) },
      {
        name: 'card attempts',
        intervalMs: forgetAttemptsMs,
        run: () => forgetCardAttempts(database.reader, clock.now()),
      },
      {
        name: 'provider events',
        intervalMs: forgetEventsMs,
        run: () => forgetProviderEvents(database.reader, clock.now()),
      },
      { name: 'books', intervalMs: lookForComparisonsMs, run: () => compareBooks(desk) },
    ],
    router: webhookRouter(desk, log),
  });
}
