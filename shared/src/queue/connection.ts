import type { PostgresConnectionOptions, Processor } from 'bullmq';
import { createPostgresBackend, DEFAULT_SCHEMA, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Log } from '../log.js';
import { connect, connectTimeoutMs, ensureDatabase } from '../postgres.js';
import type { QueueStore } from '../queue-store.js';
import { SharedListenPool } from '../notifications/shared-listen-pool.js';
import { postgresTransport } from '../notifications/postgres-transport.js';
import { redisTransport } from '../notifications/redis-transport.js';
import { nextRun } from './repeat-strategy.js';
import type { ChangeNotifications } from '../notifications/change-notifications.js';
import { notificationChannels } from '../notifications/change-notifications.js';

/** The part of a BullMQ queue that we use. */
export type JobQueue = Pick<
  Queue,
  | 'add'
  | 'addBulk'
  | 'close'
  | 'getJobCounts'
  | 'getJobSchedulers'
  | 'obliterate'
  | 'removeJobScheduler'
  | 'upsertJobScheduler'
>;

/** The part of a BullMQ worker that we use. */
export interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'active', listener: () => void): unknown;
  pause(doNotWaitActive?: boolean): Promise<void>;
  resume(): void;
  close(force?: boolean): Promise<void>;
  waitUntilReady(): Promise<unknown>;
}

/** How a worker runs. */
export interface WorkerSettings {
  concurrency: number;
  lockDuration: number;
  stalledInterval: number;
  maxStalledCount: number;
}

/** Creates queues and workers on one store, and closes their shared connections. */
export interface QueueConnection {
  /** For logs and the banner: `redis` or `postgres`. */
  readonly kind: 'redis' | 'postgres';
  queue(name: string): JobQueue;
  worker(name: string, processor: Processor, settings: WorkerSettings): JobWorker;
  /** The change notifications of a channel, on the same store. */
  changes(name: string): ChangeNotifications;
  close(): Promise<void>;
}

/** Connects to the store; on PostgreSQL also migrates BullMQ's tables. */
export async function connectQueues(store: QueueStore, log: Log): Promise<QueueConnection> {
  return 'redisUrl' in store ? connectRedis(store.redisUrl, log) : connectPostgres(store.postgresUrl, log);
}

/** When schedules run; a worker computes the next time as the queue does. */
const repeating = { settings: { repeatStrategy: nextRun } };

// In Redis Cluster the braces keep all keys of one queue on one node.
const prefixOf = (name: string): string => `{souk-${name}}`;

function connectRedis(url: string, log: Log): QueueConnection {
  // A worker's commands wait for Redis to come back; a producer's fail at once and the outbox stores the message.
  const blocking = new Redis(url, { maxRetriesPerRequest: null });
  const producing = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 5_000 });
  const watched = (connection: Redis): Redis =>
    connection.on('error', (error: Error) => log.debug({ err: error }, 'redis connection'));
  watched(blocking);
  watched(producing);
  const transport = redisTransport(producing, () =>
    watched(
      new Redis(url, {
        maxRetriesPerRequest: 0,
        enableOfflineQueue: false,
        autoResubscribe: false,
        connectTimeout: 5_000,
        retryStrategy: (tries) => Math.min(tries * 50, 1_000),
      }),
    ),
  );
  return {
    kind: 'redis',
    queue: (name) => {
      const queue = new Queue(name, { connection: producing, prefix: prefixOf(name), ...repeating });
      queue.on('error', () => undefined);
      return queue;
    },
    worker: (name, processor, settings) =>
      new Worker(name, processor, {
        connection: blocking,
        prefix: prefixOf(name),
        ...repeating,
        ...settings,
      }),
    changes: notificationChannels(transport, log),
    close: async () => {
      await transport.close();
      await Promise.allSettled([quit(producing), quit(blocking)]);
    },
  };
}

async function quit(connection: Redis): Promise<void> {
  if (connection.status === 'ready') await connection.quit();
  else connection.disconnect();
}

async function connectPostgres(url: string, log: Log): Promise<QueueConnection> {
  await ensureDatabase(url);
  const client = await connect(url);
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
  const pool = new SharedListenPool({
    connectionString: url,
    // A job is a wake-up: the outbox and the sagas' sweep bring back what a crash of the server takes with it, so
    // the queue need not wait for the disk. Redis with appendfsync everysec promises as much.
    options: `-c search_path=${DEFAULT_SCHEMA} -c synchronous_commit=off`,
    application_name: 'souk-queue',
    // One of them listens.
    max: 3,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 1_000,
    keepAlive: true,
  });
  pool.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  const connection = pool as unknown as PostgresConnectionOptions;
  const transport = postgresTransport(pool, log);
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  return {
    kind: 'postgres',
    queue: (name) => {
      const queue = new PostgresQueue(name, { connection, ...repeating });
      queue.on('error', () => undefined);
      return queue;
    },
    worker: (name, processor, settings) =>
      new PostgresWorker(name, processor, { connection, ...repeating, ...settings }),
    changes: notificationChannels(transport, log),
    close: async () => {
      await transport.close();
      await pool.end();
    },
  };
}
