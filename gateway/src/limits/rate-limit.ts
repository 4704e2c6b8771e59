import type { Identity } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import { countLimit } from '@souk/shared/telemetry';
import type { GraphQLError } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { Charge } from '../types/charge.js';
import { clientKey } from './client-key.js';
import type { RateStore, Spent } from './request-counter.js';
import { RequestCounter } from './request-counter.js';

/** How many points callers have. */
export interface RateLimits {
  store: RateStore;
  /** Points a minute of one user, and of the anonymous callers of one address. Null: unlimited for now. */
  perMinute: number | null;
  /** Points a minute of all users of one address; five times `perMinute` when left out. */
  addressPerMinute?: number;
  /** Estimated cost of an operation that one point pays for, beside the point of the request; 2,000 when left out. */
  costPerPoint?: number;
  /** Runs of `sensitiveFields`, and sign-ins to the queues, from one address, by any caller. */
  sensitivePerMinute: number;
  /** Root fields that take a secret, and could be used to guess it. */
  sensitiveFields: readonly string[];
}

/** Counts points, and refuses callers who have none left. */
export interface RateLimit {
  /** Starts the charge of a request; null where requests are unlimited for now. Sets the RateLimit headers on `response`, unless it is null. */
  charge(identity: Identity | null, address: string, response: ServerResponse | null): Charge | null;
  /** Resolves to the error that refuses an operation with these root fields, or null. */
  admitFields(fields: readonly string[], address: string): Promise<GraphQLError | null>;
  /** Resolves to the error that refuses a sign-in outside GraphQL, or null. */
  admitSignIn(address: string): Promise<GraphQLError | null>;
  /** The error that refuses signed-in callers of an address without points, from this process's memory; else null. */
  refusalOf(address: string): GraphQLError | null;
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
  'confirmMfaEnrolment',
  'beginPasskeyLogin',
  'finishPasskeyLogin',
  'finishPasskeyRegistration',
  'elevateSessionByPasskey',
  'disableMfa',
] as const;

const minute = 60;
const addressFactor = 5;
const defaultCostPerPoint = 2_000;
/** Points for a document that has to be parsed and validated, and for a plan that has to be made. */
const newDocumentPoints = 2;
const newPlanPoints = 3;
/** Characters of a new document, and bytes of a body, that one more point pays for. */
const charactersPerPoint = 1_000;
const bytesPerPoint = 50_000;
/** Time of the planner that the points above pay for, and the time that each more pays for. */
const freePlanningMs = 100;
const planningMsPerPoint = 25;

interface Counters {
  /** Of users, and of anonymous callers by their address. */
  all: RequestCounter;
  /** Of all users of an address. */
  addresses: RequestCounter;
  perMinute: number;
  addressPerMinute: number;
  costPerPoint: number;
}

/**
 * Counts by user and address, of IPv6 by network (docs/decisions/0034). `perMinuteNow` returns the points a minute that
 * apply now; without it they do not change.
 * Headers: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function rateLimit(
  limits: RateLimits,
  log: Log,
  perMinuteNow: () => number | null = () => limits.perMinute,
): RateLimit {
  const { store, sensitivePerMinute, costPerPoint = defaultCostPerPoint } = limits;
  const pointsOf = (perMinute: number) => ({
    perMinute,
    addressPerMinute: limits.addressPerMinute ?? addressFactor * perMinute,
  });
  const counter = (keyPrefix: string, points: number): RequestCounter =>
    new RequestCounter({ store, keyPrefix, points, seconds: minute }, log);
  const first = pointsOf(perMinuteNow() ?? 1);
  const counters: Counters = {
    all: counter('souk-rate', first.perMinute),
    addresses: counter('souk-rate-address', first.addressPerMinute),
    ...first,
    costPerPoint,
  };
  const sensitive = counter('souk-rate-login', sensitivePerMinute);
  const isSensitive = new Set(limits.sensitiveFields);

  /** Applies the points of now. Returns whether requests are limited. */
  const isLimited = (): boolean => {
    const perMinute = perMinuteNow();
    if (perMinute === null) return false;
    if (perMinute !== counters.perMinute) {
      Object.assign(counters, pointsOf(perMinute));
      counters.all.setPoints(counters.perMinute);
      counters.addresses.setPoints(counters.addressPerMinute);
    }
    return true;
  };
  const admitGuesses = async (guesses: number, address: string): Promise<GraphQLError | null> => {
    if (!isLimited()) return null;
    const spent = await sensitive.spend(clientKey(null, address), guesses);
    if (spent.remainingPoints >= 0) return null;
    countLimit('logins');
    return limited('Too many attempts.', secondsUntil(spent.msBeforeNext));
  };

  return {
    charge: (identity, address, response) =>
      isLimited() ? new RequestCharge(counters, identity, address, response) : null,
    admitFields: async (fields, address) => {
      const guesses = fields.filter((field) => isSensitive.has(field)).length;
      return guesses === 0 ? null : admitGuesses(guesses, address);
    },
    admitSignIn: (address) => admitGuesses(1, address),
    refusalOf: (address) => {
      if (!isLimited()) return null;
      const ms = counters.addresses.blockedMs(clientKey(null, address));
      return ms > 0 ? refused(ms) : null;
    },
  };
}

/** The points of one request. The request itself costs one, paid with the first that are spent. */
class RequestCharge implements Charge {
  readonly #counters: Counters;
  readonly #response: ServerResponse | null;
  readonly #key: string;
  /** Null where the caller is counted by their address alone. */
  readonly #addressKey: string | null;
  /** The request's own price, until it is paid. */
  #own = 1;

  constructor(
    counters: Counters,
    identity: Identity | null,
    address: string,
    response: ServerResponse | null,
  ) {
    this.#counters = counters;
    this.#response = response;
    this.#key = clientKey(identity, address);
    this.#addressKey = identity && clientKey(null, address);
  }

  /** The error that refuses the caller before any work, from this process's memory only. */
  refusal(): GraphQLError | null {
    const { all, addresses } = this.#counters;
    const ofAddress = this.#addressKey === null ? 0 : addresses.blockedMs(this.#addressKey);
    const ms = Math.max(all.blockedMs(this.#key), ofAddress);
    if (ms <= 0) return null;
    this.#setHeaders({ remainingPoints: 0, msBeforeNext: ms }, null);
    return refused(ms);
  }

  /** Makes the request's own price that of a body. */
  weighBody(bytes: number): void {
    this.#own = 1 + Math.floor(bytes / bytesPerPoint);
  }

  /** Pays for parsing and validating a new document. @returns what it is refused with, or null */
  payForDocument(length: number): Promise<GraphQLError | null> {
    return this.#spend(newDocumentPoints + Math.floor(length / charactersPerPoint));
  }

  /** Pays for running an operation. @returns what it is refused with, or null */
  payForRun(estimate: number, isPlanned: boolean): Promise<GraphQLError | null> {
    const points = Math.floor(estimate / this.#counters.costPerPoint);
    return this.#spend(points + (isPlanned ? 0 : newPlanPoints));
  }

  /** Pays for planning that took long, afterwards. */
  payForPlanning(ms: number): void {
    const points = Math.floor((ms - freePlanningMs) / planningMsPerPoint);
    if (points > 0) void this.#spend(points);
  }

  /** Pays for a request that came to its end before anything was paid. @returns what it is refused with, or null */
  settle(): Promise<GraphQLError | null> {
    return this.#own > 0 ? this.#spend(0) : Promise.resolve(null);
  }

  async #spend(points: number): Promise<GraphQLError | null> {
    const sum = points + this.#own;
    this.#own = 0;
    if (sum === 0) return null;
    const { all, addresses } = this.#counters;
    const [own, ofAddress] = await Promise.all([
      all.spend(this.#key, sum),
      this.#addressKey === null ? null : addresses.spend(this.#addressKey, sum),
    ]);
    this.#setHeaders(own, ofAddress);
    const waits = [own, ofAddress].map((spent) =>
      spent && spent.remainingPoints < 0 ? spent.msBeforeNext : 0,
    );
    const ms = Math.max(...waits);
    return ms > 0 ? refused(ms) : null;
  }

  #setHeaders(own: Spent, ofAddress: Spent | null): void {
    const response = this.#response;
    if (!response || response.headersSent) return;
    const { perMinute, addressPerMinute } = this.#counters;
    const policies = [`"requests";q=${perMinute};w=${minute}`];
    const left = [limitOf('requests', own)];
    if (this.#addressKey !== null) policies.push(`"address";q=${addressPerMinute};w=${minute}`);
    if (ofAddress) left.push(limitOf('address', ofAddress));
    response.setHeader('ratelimit-policy', policies.join(', '));
    response.setHeader('ratelimit', left.join(', '));
  }
}

function limitOf(name: string, { remainingPoints, msBeforeNext }: Spent): string {
  return `"${name}";r=${Math.max(0, remainingPoints)};t=${secondsUntil(msBeforeNext)}`;
}

function refused(ms: number): GraphQLError {
  countLimit('rate');
  return limited('Too many requests.', secondsUntil(ms));
}

function limited(message: string, retryAfter: number): GraphQLError {
  return graphError('RATE_LIMITED', message, { retryAfter, http: { status: 429 } });
}

function secondsUntil(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
