import { createLog } from '@souk/shared/log';
import type { SubgraphName } from '@souk/shared/message';
import { connect } from '@souk/shared/postgres';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import { freshDatabaseUrl } from '../../tests/support/database-template.js';
import { until } from '../../tests/support/until.js';
import { queueConformance } from './queue-conformance.js';

const log = createLog('test', 'silent');

describe('the queue on PostgreSQL', () => {
  queueConformance(() => Promise.resolve({ postgresUrl: freshDatabaseUrl('queue') }));

  it('listens on one connection for all workers of a process, and reconnects when it is lost', async () => {
    const postgresUrl = freshDatabaseUrl('queue');
    const queues = await connectQueues({ postgresUrl }, log);
    const watcher = await connect(postgresUrl);
    const sender = new MessageSender(queues);
    const seen: string[] = [];
    const names: SubgraphName[] = ['account', 'catalog', 'order', 'payment', 'social'];
    const workers = names.map((name) => {
      const handlers = { hear: async (): Promise<void> => void seen.push(name) };
      return new MessageWorker(queues, name, handlers, { concurrency: 1, log });
    });
    // BullMQ calls a connection that listens as the worker's queue is called.
    const listening = async (): Promise<{ pid: number }[]> => {
      const { rows } = await watcher.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = ANY($1)',
        [names],
      );
      return rows;
    };
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

      await watcher.query('SELECT pg_terminate_backend($1)', [first?.pid]);
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
      await watcher.end();
    }
  });
});
