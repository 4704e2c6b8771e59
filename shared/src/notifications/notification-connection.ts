import { Redis } from 'ioredis';
import type { Log } from '../log.js';
import type { QueueStore } from '../queue-store.js';
import { SharedListenPool } from './shared-listen-pool.js';
import { postgresTransport } from './postgres-transport.js';
import { redisTransport } from './redis-transport.js';
import type { ChangeNotifications } from './change-notifications.js';
import { notificationChannels } from './change-notifications.js';

/** Change notifications on a connection of their own. */
export interface NotificationConnection {
  /** The channel of a subgraph. */
  changes: (name: string) => ChangeNotifications;
  close(): Promise<void>;
}

/** Connects a process without queues to change notifications. The store may be unavailable at first. */
export function connectNotifications(store: QueueStore, log: Log): NotificationConnection {
  if ('postgresUrl' in store) {
    const pool = new SharedListenPool({
      connectionString: store.postgresUrl,
      application_name: 'souk-signals',
      // One listens, one sends.
      max: 2,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    pool.on('error', (error) => log.debug({ err: error }, 'notification connection'));
    const transport = postgresTransport(pool, log);
    return {
      changes: notificationChannels(transport, log),
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
    }).on('error', (error: Error) => log.debug({ err: error }, 'notification connection'));
  const sending = open();
  const transport = redisTransport(sending, open);
  return {
    changes: notificationChannels(transport, log),
    close: async () => {
      await transport.close();
      sending.disconnect();
    },
  };
}
