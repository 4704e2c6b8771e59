import type { DataSource } from 'typeorm';
import { openDataSource } from '@souk/shared/db/data-source';
import { createLog } from '@souk/shared/log';
import type { SubgraphName } from '@souk/shared/message';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/queue';
import { MessageWorker } from '@souk/shared/queue/worker';
import { freshDatabaseUrl } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';
import { queueConformance } from './queue-conformance.js';

const log = createLog('test', 'silent');

async function openDatabase(url: string): Promise<DataSource> {
  return openDataSource({ url, applicationName: 'test', entities: [], migrations: [], poolSize: 2 });
}

describe('the queue on PostgreSQL', () => {
  queueConformance(async () => {
    const postgresUrl = freshDatabaseUrl('queue');
    await (await openDatabase(postgresUrl)).destroy();
    return { postgresUrl };
  });

  it('listens on one connection for all workers of a process, and anew when that is lost', async () => {
    const postgresUrl = freshDatabaseUrl('queue');
    const source = await openDatabase(postgresUrl);
    const queues = await connectQueues({ postgresUrl }, log);
    const sender = new MessageSender(queues);
    const seen: string[] = [];
    const names: SubgraphName[] = ['account', 'catalog', 'order', 'payment', 'social'];
    const workers = names.map((name) => {
      const handlers = { hear: async (): Promise<void> => void seen.push(name) };
      return new MessageWorker(queues, name, handlers, { concurrency: 1, log });
    });
    // BullMQ calls a connection that listens as the worker's queue is called.
    const listening = (): Promise<{ pid: number }[]> =>
      source.query(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = ANY($1)',
        [names],
      );
    const tellAll = (): Promise<void> =>
      sender.send(names.map((queue) => ({ queue, name: 'hear', body: null })));
    try {
      await Promise.all(workers.map((worker) => worker.ready()));
      await tellAll();
      await until('all to hear', () => seen.length === names.length);
      const [first, ...others] = await until('somebody to listen', async () => {
        const found = await listening();
        return found.length > 0 ? found : null;
      });
      expect(others).toEqual([]);

      await source.query('SELECT pg_terminate_backend($1)', [first?.pid]);
      await tellAll();
      await until('all to hear again', () => seen.length === 2 * names.length);
      expect([...seen.slice(names.length)].sort()).toEqual(names);
      await until('somebody else to listen', async () => {
        const found = await listening();
        return found.length === 1 && found[0]?.pid !== first?.pid;
      });
    } finally {
      await Promise.all(workers.map((worker) => worker.close()));
      await sender.close();
      await queues.close();
      await source.destroy();
    }
  });
});
