import { Redis } from 'ioredis';
import type { Log } from '../log.js';
import type { QueueStore } from './connection.js';
import { ListeningPool } from './listening-pool.js';
import { postgresSignals } from './postgres-signals.js';
import { redisSignals } from './redis-signals.js';
import type { Signals } from './signals.js';
import { channelsOn } from './signals.js';

/** Signals on a connection of their own. */
export interface SignalConnection {
  /** Those of a subgraph's channel. */
  signals: (name: string) => Signals;
  close(): Promise<void>;
}

/** Connects to signals for a process that has no queues. The store need not be there yet. */
export function connectSignals(store: QueueStore, log: Log): SignalConnection {
  if ('postgresUrl' in store) {
    const pool = new ListeningPool({
      connectionString: store.postgresUrl,
      application_name: 'souk-signals',
      // One listens, one sends.
      max: 2,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    pool.on('error', (error) => log.debug({ err: error }, 'signal connection'));
    const transport = postgresSignals(pool, log);
    return {
      signals: channelsOn(transport, log),
      close: async () => {
        await transport.close();
        await pool.end();
      },
    };
  }
  const open = (): Redis =>
    new Redis(store.redisUrl, {
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      autoResubscribe: false,
      connectTimeout: 5_000,
      retryStrategy: (tries) => Math.min(tries * 50, 1_000),
    }).on('error', (error: Error) => log.debug({ err: error }, 'signal connection'));
  const sending = open();
  const transport = redisSignals(sending, open);
  return {
    signals: channelsOn(transport, log),
    close: async () => {
      await transport.close();
      sending.disconnect();
    },
  };
}
