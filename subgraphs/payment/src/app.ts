import { join } from 'node:path';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { Database } from '@souk/shared/db/database';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { participate } from '@souk/shared/saga/participant';
import type { Context } from './context.js';
import type { CardDesk } from './domain/card-desk.js';
import { webhookRouter } from './http/webhook.js';
import { createLoaders } from './loaders.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import type { StripeOptions } from './stripe/client.js';
import { StripeCards } from './stripe/client.js';
import { commandHandlers } from './workers/commands.js';
import { providerEventHandler, refundHandler } from './workers/provider-events.js';
import { reconcile, reconcileEveryMs } from './workers/reconciler.js';

/** What payment needs beside what every subgraph is given. */
export interface PaymentOptions {
  stripe: StripeOptions;
}

/** Puts payment together. */
export function createApp(
  dependencies: SubgraphDependencies,
  { stripe }: PaymentOptions,
): Promise<SubgraphApp> {
  const { source, sender, clock, log } = dependencies;
  const database = new Database(source, sender.send, log);
  const cards = new StripeCards(stripe);
  const desk: CardDesk = { database, cards, clock };
  return assembleSubgraph<Context>(dependencies, {
    name: 'payment',
    sdlFile: join(__dirname, '../src/schema.graphql'),
    resolvers,
    notImplemented,
    contextOf: (request) => ({
      ...request,
      desk,
      loaders: createLoaders(database.reader, cards),
      publishableKey: stripe.publishableKey,
    }),
    database,
    handlers: {
      command: participate(database, paymentCommands, commandHandlers(desk)),
      providerEvent: providerEventHandler(desk),
      refundLate: refundHandler(desk),
    },
    tasks: [{ name: 'reconciler', intervalMs: reconcileEveryMs, run: () => reconcile(desk) }],
    router: webhookRouter(desk, log),
  });
}
