import type { Log } from '@souk/shared/log';
import type { RateLimits } from './rate-limit.js';
import { loginFields } from './rate-limit.js';
import type { RateStore } from './request-counter.js';

/** The settings of rate limits. */
export interface RateLimitSettings {
  /** Points a minute of one client; 0 disables rate limits. */
  rateLimitPerMinute: number;
  /** Null for the default. */
  addressRateLimitPerMinute: number | null;
  costPerPoint: number;
  loginsPerMinute: number;
  redisUrl: string | null;
  databaseUrl: string | null;
}

/** Registers a function that closes an opened store. */
export type OnClose = (close: () => Promise<void> | void) => void;

// A store that hangs must not delay requests: they are counted in this process then.
const storeTimeouts = { connectionTimeoutMillis: 500, query_timeout: 500 };

/**
 * The limits of requests with the store that counts them. Null where requests are never limited: no variable does, and
 * there are no system settings.
 */
export async function openRateLimits(
  config: RateLimitSettings,
  log: Log,
  onClose: OnClose,
  hasSettings: boolean,
): Promise<RateLimits | null> {
  if (config.rateLimitPerMinute === 0 && !hasSettings) return null;
  return {
    store: await openRateStore(config, log, onClose),
    perMinute: config.rateLimitPerMinute === 0 ? null : config.rateLimitPerMinute,
    ...(config.addressRateLimitPerMinute !== null && { addressPerMinute: config.addressRateLimitPerMinute }),
    costPerPoint: config.costPerPoint,
    sensitivePerMinute: config.loginsPerMinute,
    sensitiveFields: loginFields,
  };
}

/** The drivers are loaded only where a store is named: they are a quarter of what a gateway loads. */
async function openRateStore(
  { redisUrl, databaseUrl }: Pick<RateLimitSettings, 'redisUrl' | 'databaseUrl'>,
  log: Log,
  onClose: OnClose,
): Promise<RateStore> {
  if (redisUrl !== null) {
    const { openRedis } = await import('@souk/shared/redis');
    const redis = openRedis(redisUrl, log);
    onClose(() => redis.close());
    return { kind: 'redis', client: redis.client };
  }
  if (databaseUrl === null) return { kind: 'memory' };
  const { Pool } = await import('pg');
  const client = new Pool({ connectionString: databaseUrl, max: 4, ...storeTimeouts });
  client.on('error', (error) => log.debug({ err: error }, 'rate limit database connection failed'));
  onClose(() => client.end());
  return { kind: 'postgres', client };
}
