import type { Identity } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import { countLimit } from '@souk/shared/telemetry';
import type { GraphQLError } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { refuse } from './errors.js';

/** Where requests are counted: in Redis or PostgreSQL for all gateways together, else in this process. */
export type RateStore =
  | { kind: 'memory' }
  /** An ioredis client. */
  | { kind: 'redis'; client: unknown }
  /** A pool of pg. */
  | { kind: 'postgres'; client: unknown };

/** How much a caller may ask. */
export interface RateLimits {
  store: RateStore;
  /** Requests of one user, or of one address that no user is known of. */
  perMinute: number;
  /** Runs of one of `sensitiveFields` from one address, whoever asks. */
  sensitivePerMinute: number;
  /** Root fields that somebody who guesses would call. */
  sensitiveFields: readonly string[];
}

/** Counts requests, and refuses those over the limit. */
export interface RateLimit {
  /** Sets the RateLimit headers; false where the request has been refused. */
  admit(identity: Identity | null, address: string, response: ServerResponse): Promise<boolean>;
  /** The same where there are no headers to be set: what is held against an operation, or null. */
  admitOperation(identity: Identity | null, address: string): Promise<GraphQLError | null>;
  /** What is held against an operation with these root fields, or null. */
  admitFields(fields: readonly string[], address: string): Promise<GraphQLError | null>;
}

/** The mutations of Souk that take a password, a code or a mail address. */
export const loginFields = [
  'login',
  'verifyMfa',
  'register',
  'refreshSession',
  'requestPasswordReset',
  'resetPassword',
  'verifyEmail',
  'changePassword',
  'elevateSession',
] as const;

const minute = 60;

/**
 * Counts by user and address. Where the store is away this process counts by itself: the door neither closes nor
 * stands open. Headers: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function rateLimit(limits: RateLimits, log: Log): RateLimit {
  const all = limiter(limits.store, 'souk-rate', limits.perMinute, log);
  const sensitive = limiter(limits.store, 'souk-rate-login', limits.sensitivePerMinute, log);
  const isSensitive = new Set(limits.sensitiveFields);
  const policy = `"requests";q=${limits.perMinute};w=${minute}`;

  const spend = (identity: Identity | null, address: string): Promise<Spent> =>
    consume(all, identity ? `user:${identity.userId}` : `address:${address}`, 1);

  return {
    admitOperation: async (identity, address) => {
      const spent = await spend(identity, address);
      if (spent.remainingPoints >= 0) return null;
      countLimit('rate');
      return graphError('RATE_LIMITED', 'Too many requests.', { retryAfter: secondsUntil(spent) });
    },
    admit: async (identity, address, response) => {
      const spent = await spend(identity, address);
      response.setHeader('ratelimit-policy', policy);
      response.setHeader(
        'ratelimit',
        `"requests";r=${Math.max(0, spent.remainingPoints)};t=${secondsUntil(spent)}`,
      );
      if (spent.remainingPoints >= 0) return true;
      countLimit('rate');
      const retryAfter = secondsUntil(spent);
      response.setHeader('retry-after', retryAfter);
      refuse(response, 429, 'RATE_LIMITED', 'Too many requests.', { retryAfter });
      return false;
    },
    admitFields: async (fields, address) => {
      const guesses = fields.filter((field) => isSensitive.has(field)).length;
      if (guesses === 0) return null;
      const spent = await consume(sensitive, `address:${address}`, guesses);
      if (spent.remainingPoints >= 0) return null;
      countLimit('logins');
      return graphError('RATE_LIMITED', 'Too many attempts.', {
        retryAfter: secondsUntil(spent),
        http: { status: 429 },
      });
    },
  };
}

/** What is left after points were taken: less than 0 where they were refused. */
type Spent = Pick<RateLimiterRes, 'remainingPoints' | 'msBeforeNext'>;

async function consume(limiter: RateLimiterAbstract, key: string, points: number): Promise<Spent> {
  try {
    return await limiter.consume(key, points);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return { remainingPoints: -1, msBeforeNext: refused.msBeforeNext };
    throw refused;
  }
}

function secondsUntil({ msBeforeNext }: Spent): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}

function limiter(store: RateStore, keyPrefix: string, points: number, log: Log): RateLimiterAbstract {
  const options = { keyPrefix, points, duration: minute };
  const memory = new RateLimiterMemory(options);
  if (store.kind === 'memory') return memory;
  const shared = {
    ...options,
    storeClient: store.client,
    insuranceLimiter: memory,
    inMemoryBlockOnConsumed: points,
  };
  if (store.kind === 'redis') return new RateLimiterRedis(shared);
  return new RateLimiterPostgres({ ...shared, tableName: 'gateway_rate_limits' }, (error) => {
    if (error) log.warn({ err: error }, 'requests are counted in this process only');
  });
}
