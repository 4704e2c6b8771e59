import { Redis } from 'ioredis';
import type { Log } from './log.js';

/**
 * A connection to Redis for those who can do without it: commands fail at once while it is away, and in `timeoutMs`
 * where it hangs. `client` is for a
 * library that takes one; the driver stays in this room.
 */
export function openRedis(url: string, log: Log, timeoutMs = 500): { client: unknown; close(): void } {
  const client = new Redis(url, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    connectTimeout: 5_000,
    commandTimeout: timeoutMs,
    retryStrategy: (tries) => Math.min(tries * 50, 1_000),
  });
  client.on('error', (error: Error) => log.debug({ err: error }, 'redis connection'));
  return { client, close: () => client.disconnect() };
}
