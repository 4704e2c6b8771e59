import { Redis } from 'ioredis';
import type { Log } from './log.js';

/**
 * An optional connection to Redis: commands fail at once while Redis is unavailable, and after `timeoutMs` if it hangs.
 * `client` is for libraries that take one, so that ioredis is imported only here.
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
