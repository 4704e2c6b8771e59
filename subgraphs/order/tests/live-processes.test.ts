import { generateKeyPairSync } from 'node:crypto';
import { eventsOf } from '@souk/shared/graph/subscription';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { createLog } from '@souk/shared/log';
import { openDataSource } from '@souk/shared/db/data-source';
import type { FormattedExecutionResult } from 'graphql';
import { RecordedStream } from '@souk/testing/recorded-stream';
import { redisAvailable, startRedis } from '../../../tests/support/redis.js';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';
import { createApp } from '../src/app.js';
import { entities, migrations } from '../src/database.js';
import { OrderUnderTest } from './support/order-subgraph.js';

// One process runs the checkout, another serves the subscriber.

const stores = [
  [
    'PostgreSQL',
    () =>
      Promise.resolve({ store: { postgresUrl: freshDatabaseUrl('queue') }, stop: () => Promise.resolve() }),
  ],
  [
    'Redis',
    async () => {
      const redis = await startRedis();
      return { store: { redisUrl: redis.url }, stop: () => redis.stop() };
    },
  ],
] as const;

describe.each(stores)('two processes of order on %s', (name, open) => {
  const run = name === 'Redis' && !redisAvailable ? it.skip : it;

  run('a checkout is watched at the one while the other works it', async () => {
    const { store, stop } = await open();
    const order = await OrderUnderTest.start({ queueStore: store });
    const { dependencies } = order.subgraph;
    const log = createLog('test', 'silent');
    const queues = await connectQueues(store, log);
    const sender = new MessageSender(queues);
    const source = await openDataSource({
      url: order.subgraph.databaseUrl,
      applicationName: 'test-order-2',
      poolSize: 4,
      entities,
      migrations,
    });
    // Its worker is not started, so it receives changes by notifications only.
    const other = await createApp(
      { ...dependencies, queues, sender, source, log },
      {
        catalogExecutor: order.catalog.execute,
        accountExecutor: order.accounts.execute,
        tokenSigningKey: generateKeyPairSync('ed25519').privateKey,
      },
    );
    try {
      const buyer = order.user();
      const offer = order.catalog.offer({ fulfilment: 'LICENCE' });
      const { id } = await order.buy(buyer, [{ offerId: offer.id }]);
      const heard = new RecordedStream(
        eventsOf(
          await other.subscribe({
            query: 'subscription ($id: ID!) { checkoutUpdated(id: $id) { status } }',
            variables: { id },
            headers: { authorization: buyer.authorization },
          }),
        ),
      );
      const statuses = (await heard.toEnd()).map(
        ({ data }: FormattedExecutionResult) =>
          (data as { checkoutUpdated: { status: string } }).checkoutUpdated.status,
      );
      expect(statuses.at(-1)).toBe('COMPLETED');
    } finally {
      await other.close();
      await sender.close();
      await queues.close();
      await order.close();
      await stop();
    }
  });
});
