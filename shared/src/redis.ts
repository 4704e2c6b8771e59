import { Redis } from 'ioredis';
import { messageOf } from './errors.js';
import type { Log } from './log.js';
import type { StoreProblem } from './store-check.js';
import { checkTimeoutMs, hostOf, unreachable } from './store-check.js';

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

const credentialFailures = /^(NOAUTH|WRONGPASS)|invalid username-password|without any password configured/;

/** Checks that Redis responds to commands. */
export async function redisProblem(url: string): Promise<StoreProblem | null> {
  const address = hostOf(url, 6379);
  if (!/^rediss?:$/.test(new URL(url).protocol)) {
    return { reason: 'must begin with redis:// or rediss://', isTemporary: false };
  }
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: checkTimeoutMs,
    commandTimeout: checkTimeoutMs,
    retryStrategy: () => null,
  });
  // `connect` rejects with "Connection is closed."; the event has the cause.
  let cause: unknown = null;
  client.on('error', (error: Error) => (cause ??= error));
  try {
    await client.connect();
    await client.ping();
    return null;
  } catch (error) {
    const first = cause ?? error;
    if (credentialFailures.test(messageOf(first)))
      return { reason: `Redis at ${address} refused the password of the URL`, isTemporary: false };
    return (
      unreachable('Redis', address, first) ?? {
        reason: `Redis at ${address}: ${messageOf(first)}`,
        isTemporary: true,
      }
    );
  } finally {
    client.disconnect();
  }
}
