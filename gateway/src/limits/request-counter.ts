import { LRUCache } from 'lru-cache';
import type { Log } from '@souk/shared/log';
import type { RateLimiterAbstract, RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';

/** Where requests are counted: in Redis or PostgreSQL for all gateways together, else in this process. */
export type RateStore =
  | { kind: 'memory' }
  /** An ioredis client. */
  | { kind: 'redis'; client: unknown }
  /** A pool of pg. */
  | { kind: 'postgres'; client: unknown };

/** The remaining points after spending; negative if the points were refused. */
export type Spent = Pick<RateLimiterRes, 'remainingPoints' | 'msBeforeNext'>;

/** Settings of a counter. */
export interface CounterOptions {
  store: RateStore;
  keyPrefix: string;
  /** How many in `seconds`, at first. */
  points: number;
  seconds: number;
}

const retryMs = 2_000;
/** Keys without points that this process remembers. */
const maxBlocked = 10_000;

/**
 * Counts points by key, in fixed windows. While the store is unavailable this process counts by itself, so that
 * requests are neither refused nor unlimited. Logs once when the store fails, and once when it is back.
 */
export class RequestCounter {
  readonly #options: CounterOptions;
  #points: number;
  readonly #log: Log;
  readonly #own: LocalCounter;
  /** Until when a key has no points, by `performance.now()`. */
  readonly #blocked = new LRUCache<string, number>({ max: maxBlocked });
  #limiter: RateLimiterAbstract;
  #isAway = false;

  constructor(options: CounterOptions, log: Log) {
    const { keyPrefix, points, seconds } = options;
    this.#options = options;
    this.#points = points;
    this.#log = log;
    this.#own = new LocalCounter({ keyPrefix, points, duration: seconds });
    this.#limiter = this.#open();
  }

  /** Changes how many there are in a window, also for windows that have begun. */
  setPoints(points: number): void {
    this.#points = points;
    this.#own.points = points;
    this.#limiter.points = points;
    if (this.#limiter instanceof RateLimiterRedis || this.#limiter instanceof RateLimiterPostgres) {
      // The library's types lack this property.
      const limiter: RateLimiterStoreAbstract & { inMemoryBlockOnConsumed?: number } = this.#limiter;
      limiter.inMemoryBlockOnConsumed = points;
      limiter.deleteInMemoryBlockedAll();
    }
    this.#blocked.clear();
  }

  /** Takes points. */
  async spend(key: string, points: number): Promise<Spent> {
    const before = this.#own.calls;
    let spent: Spent;
    try {
      spent = await this.#limiter.consume(key, points);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      spent = { remainingPoints: -1, msBeforeNext: refused.msBeforeNext };
    }
    if (this.#limiter !== this.#own) this.#note(this.#own.calls !== before);
    if (spent.remainingPoints <= 0) this.#blocked.set(key, performance.now() + spent.msBeforeNext);
    return spent;
  }

  /** Milliseconds until the key has points again, from this process's memory; 0 or less if it may have points. */
  blockedMs(key: string): number {
    const until = this.#blocked.get(key);
    return until === undefined ? 0 : until - performance.now();
  }

  #note(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    const { kind } = this.#options.store;
    if (isAway)
      this.#log.warn({ store: kind }, 'rate limit store unavailable: each gateway counts by itself');
    else this.#log.info({ store: kind }, 'rate limit store available again');
  }

  #open(): RateLimiterAbstract {
    const { store, keyPrefix, seconds: duration } = this.#options;
    const points = this.#points;
    if (store.kind === 'memory') return this.#own;
    const shared = {
      keyPrefix,
      points,
      duration,
      storeClient: store.client,
      insuranceLimiter: this.#own,
      inMemoryBlockOnConsumed: points,
    };
    if (store.kind === 'redis') return new RateLimiterRedis(shared);
    return new RateLimiterPostgres({ ...shared, tableName: 'gateway_rate_limits' }, (error) => {
      // Away at the start, or two gateways make the table at one time.
      if (error) setTimeout(() => (this.#limiter = this.#open()), retryMs).unref();
    });
  }
}

/** Counts in this process, and counts its own calls. */
class LocalCounter extends RateLimiterMemory {
  calls = 0;

  override consume(...parameters: Parameters<RateLimiterMemory['consume']>): Promise<RateLimiterRes> {
    this.calls += 1;
    return super.consume(...parameters);
  }
}
