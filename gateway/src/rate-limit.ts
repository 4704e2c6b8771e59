import type { Identity } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import { countLimit } from '@souk/shared/telemetry';
import type { GraphQLError } from 'graphql';
import type { ServerResponse } from 'node:http';
import { clientKey } from './client-key.js';
import { refuse } from './errors.js';
import type { RateStore, Spent } from './request-counter.js';
import { RequestCounter } from './request-counter.js';

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
 * Counts by user and address, of IPv6 by network. Headers: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function rateLimit(limits: RateLimits, log: Log): RateLimit {
  const { store, perMinute, sensitivePerMinute } = limits;
  const counter = (keyPrefix: string, points: number): RequestCounter =>
    new RequestCounter({ store, keyPrefix, points, seconds: minute }, log);
  const all = counter('souk-rate', perMinute);
  const sensitive = counter('souk-rate-login', sensitivePerMinute);
  const isSensitive = new Set(limits.sensitiveFields);
  const policy = `"requests";q=${perMinute};w=${minute}`;

  const spend = (identity: Identity | null, address: string): Promise<Spent> =>
    all.spend(clientKey(identity, address), 1);

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
      const spent = await sensitive.spend(clientKey(null, address), guesses);
      if (spent.remainingPoints >= 0) return null;
      countLimit('logins');
      return graphError('RATE_LIMITED', 'Too many attempts.', {
        retryAfter: secondsUntil(spent),
        http: { status: 429 },
      });
    },
  };
}

function secondsUntil({ msBeforeNext }: Spent): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}
