import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { networkDigest } from '@souk/shared/network-digest';
import { orderCommands } from '@souk/shared/contracts/order';
import { Database } from '@souk/shared/db/database';
import { consumeEvents } from '@souk/shared/events/event-consumer';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { causeOf } from '@souk/shared/graph/context';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import { Orchestrator } from '@souk/shared/saga/orchestrator';
import { participate } from '@souk/shared/saga/participant';
import { countOpenSagas, countStuckSagas, countWorkingSagas } from '@souk/shared/saga/saga-table';
import { readAtScrape } from '@souk/shared/telemetry';
import { everyHour, everyMinute, everyTenMinutes } from '@souk/shared/queue/schedule';
import { AccountClient } from './account-client.js';
import { CatalogClient } from './catalog-client.js';
import type { Context } from './context.js';
import { removeFailedOrders } from './domain/order/failed-orders.js';
import type { GuestCartLimits } from './domain/cart/guest-cart.js';
import { remindOfCarts } from './domain/cart/cart-reminder.js';
import { defaultGuestCartLimits, removeStaleCarts } from './domain/cart/guest-cart.js';
import { remindOfPayments } from './domain/order/payment-reminder.js';
import { validateTransitions, orderTransitions } from './domain/order/order-status.js';
import { keepStatistics } from './domain/statistics/statistics-upkeep.js';
import { deleteOldLookups } from './domain/token/recipient-lookups.js';
import { defaultPublicUrl, TicketLinks } from './domain/ticket/ticket-link.js';
import { TokenSigner } from './domain/token/token-signer.js';
import { ticketRouter } from './http/tickets.js';
import { createLoaders } from './loaders.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import { CheckoutControl } from './saga/checkout-control.js';
import { CancellationStarter } from './saga/cancellation-starter.js';
import { CheckoutStarter } from './saga/checkout-starter.js';
import { sagaDefinitions } from './saga/definitions.js';
import { moveEndedSagas } from './saga/saga-history.js';
import { sagaNames, sagaStore } from './saga/saga-store.js';
import { TicketFiles } from './ticket-files.js';
import { commandHandlers } from './workers/commands.js';
import { eventHandlers, retiredEvents, subscribedEvents } from './workers/events.js';
import { reminderHandlers } from './workers/reminders.js';
import { createReplicas } from './workers/replicas.js';

/** Settings and collaborators of order. */
export interface OrderOptions {
  /** Executes operations at catalog, over HTTP or in the same process. */
  catalogExecutor: SubgraphExecutor;
  /** Executes operations at account. */
  accountExecutor: SubgraphExecutor;
  /** The origin at which clients reach the gateway; links to tickets begin with it. */
  publicUrl?: string;
  /** Private Ed25519 key that signs purchase tokens. */
  tokenSigningKey: KeyObject;
  /** Former keys: what they signed is still verified. */
  tokenVerificationKeys?: readonly KeyObject[];
  /** Payment timeout unless the system setting is stored. */
  paymentTimeoutMinutes?: number;
  /** Maximum number of running sagas before checkouts are rejected; default 5000. */
  maxOpen?: number;
  /** Absent fields have defaults. */
  guestCarts?: Partial<GuestCartLimits>;
  /** Maximum number of open checkouts of one buyer; default 10. */
  maxOpenPerBuyer?: number;
  /** Maximum number of failed checkouts of one buyer per hour; default 100. 0: no limit. */
  maxFailedPerHour?: number;
  /** Retention of orders whose checkout failed, in days, unless the system setting is stored; default 90. */
  failedDays?: number;
}

const sweepMs = 1_000;
const statisticsMs = 1_000;
const defaultMaxFailedPerHour = 100;
const defaultMaxOpen = 5_000;
const defaultMaxOpenPerBuyer = 10;
/** Upper bound of the counts in metrics. */
const mostCounted = 100_000;

/** Creates the order subgraph: carts, checkouts, orders, tokens and the saga orchestrator. */
export async function createApp(dependencies: SubgraphDependencies, own: OrderOptions): Promise<SubgraphApp> {
  const { source, sender, queues, log, clock, gatewaySecret, settings } = dependencies;
  validateTransitions(orderTransitions);
  const ownCarts = { ...defaultGuestCartLimits, ...own.guestCarts };
  const guestCarts = (): GuestCartLimits => ({
    ...ownCarts,
    days: settings.get('retention.guestCartDays', own.guestCarts?.days),
  });
  const failedDays = (): number => settings.get('retention.failedOrderDays', own.failedDays);
  const changes = queues.changes('order');
  const database = new Database(source, sender.send, log, changes.publish);
  const catalog = new CatalogClient(own.catalogExecutor, { gatewaySecret, log });
  const account = new AccountClient(own.accountExecutor, { gatewaySecret, log });
  const tokenSigner = await TokenSigner.create(own.tokenSigningKey, own.tokenVerificationKeys);
  const publicUrl = own.publicUrl ?? defaultPublicUrl;
  const ticketLinks = new TicketLinks(gatewaySecret, publicUrl);
  const ticketFiles = new TicketFiles({
    manager: database.reader,
    catalog,
    account,
    signer: tokenSigner,
    links: ticketLinks,
    clock,
    publicUrl,
  });
  const orchestrator = new Orchestrator({
    database,
    store: sagaStore,
    owner: 'order',
    definitions: sagaDefinitions,
    clock,
    log,
  });
  const checkouts = new CheckoutStarter({
    database,
    orchestrator,
    catalog,
    clock,
    paymentTimeoutMinutes: () => settings.get('checkout.paymentTimeoutMinutes', own.paymentTimeoutMinutes),
    maxOpen: own.maxOpen ?? defaultMaxOpen,
    buyerBounds: {
      maxOpenPerBuyer: own.maxOpenPerBuyer ?? defaultMaxOpenPerBuyer,
      maxFailedPerHour: own.maxFailedPerHour ?? defaultMaxFailedPerHour,
    },
  });
  const checkoutControl = new CheckoutControl({ database, orchestrator });
  const cancellations = new CancellationStarter({ database, orchestrator });
  const app = await assembleSubgraph<Context>(dependencies, {
    name: 'order',
    sdlFile: join(__dirname, '../src/schema.graphql'),
    resolvers,
    notImplemented,
    contextOf: (request): Context => {
      const requested = database.within(request.work.cancellation, causeOf(request));
      return {
        ...request,
        database: requested,
        catalog,
        account,
        checkouts,
        checkoutControl,
        cancellations,
        guestCarts: guestCarts(),
        clientNetwork: networkDigest(request.clientAddress, gatewaySecret),
        changes,
        clock,
        tokenSigner,
        ticketLinks,
        loaders: createLoaders(requested.reader, request.identity, catalog),
      };
    },
    database,
    settings,
    replicas: createReplicas(database, dependencies),
    // A database that is away is reported by a check of its own.
    readiness: [() => orchestrator.findReadinessProblem().catch(() => null)],
    handlers: {
      ...consumeEvents('order', database, subscribedEvents, eventHandlers, retiredEvents),
      ...reminderHandlers(database),
      reply: orchestrator.replies,
      command: participate(database, orderCommands, commandHandlers()),
    },
    router: ticketRouter(ticketFiles, log),
    tasks: [
      { name: 'sagas', intervalMs: sweepMs, run: () => orchestrator.sweep() },
      { name: 'statistics', intervalMs: statisticsMs, run: () => keepStatistics(database) },
    ],
    schedules: [
      {
        name: 'guest carts',
        cron: everyTenMinutes,
        run: () => removeStaleCarts(database.reader, guestCarts().days, clock.now()),
      },
      {
        name: 'recipient lookups',
        cron: everyHour,
        run: () => deleteOldLookups(database.reader, clock.now()),
      },
      { name: 'saga history', cron: everyHour, run: () => moveEndedSagas(database, clock.now()) },
      {
        name: 'cart reminders',
        cron: everyTenMinutes,
        run: () => remindOfCarts(database, settings.get('cart.reminderHours'), clock.now()),
      },
      { name: 'payment reminders', cron: everyMinute, run: () => remindOfPayments(database, clock.now()) },
      {
        name: 'failed orders',
        cron: everyHour,
        run: () => removeFailedOrders(database, failedDays(), clock.now()),
      },
    ],
  });
  let forgetReadings: (() => void)[] = [];
  return {
    ...app,
    start: async () => {
      await app.start();
      forgetReadings = [
        readAtScrape('sagasOpen', 'order', () => countOpenSagas(database.reader, mostCounted)),
        readAtScrape('sagasWorking', 'order', () =>
          countWorkingSagas(database.reader, sagaNames, mostCounted),
        ),
        readAtScrape('sagasStuck', 'order', () => countStuckSagas(database.reader, sagaNames)),
      ];
    },
    close: async () => {
      for (const forget of forgetReadings) forget();
      await app.close();
      catalog.close();
      account.close();
    },
  };
}
