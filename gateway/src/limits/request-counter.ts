import { BoundedMap } from '@souk/shared/bounded-map';
import type { Log } from '@souk/shared/log';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
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

/** What is left after points were taken: less than 0 where they were refused. */
export type Spent = Pick<RateLimiterRes, 'remainingPoints' | 'msBeforeNext'>;

/** What a counter is told. */
export interface CounterOptions {
  store: RateStore;
  keyPrefix: string;
  /** How many in `seconds`. */
  points: number;
  seconds: number;
}

const retryMs = 2_000;
/** Keys without points that this process remembers. */
const maxBlocked = 10_000;

/**
 * Counts points by key, in windows. Where the store is away this process counts by itself: the door neither closes nor
 * stands open. It is logged once, and again when the store is back.
 */
export class RequestCounter {
  readonly #options: CounterOptions;
  readonly #log: Log;
  readonly #own: Own;
  /** Until when a key has no points, by `performance.now()`. */
  readonly #blocked = new BoundedMap<string, number>(maxBlocked);
  #limiter: RateLimiterAbstract;
  #isAway = false;

  constructor(options: CounterOptions, log: Log) {
    const { keyPrefix, points, seconds } = options;
    this.#options = options;
    this.#log = log;
    this.#own = new Own({ keyPrefix, points, duration: seconds });
    this.#limiter = this.#open();
  }

  /** Takes points. */
  async spend(key: string, points: number): Promise<Spent> {
    const before = this.#own.asked;
    let spent: Spent;
    try {
      spent = await this.#limiter.consume(key, points);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      spent = { remainingPoints: -1, msBeforeNext: refused.msBeforeNext };
    }
    if (this.#limiter !== this.#own) this.#note(this.#own.asked !== before);
    if (spent.remainingPoints <= 0) this.#blocked.set(key, performance.now() + spent.msBeforeNext);
    return spent;
  }

  /** For how long a key has no points, as far as this process knows; 0 or less where it may have some. */
  blockedMs(key: string): number {
    const until = this.#blocked.get(key);
    return until === undefined ? 0 : until - performance.now();
  }

  #note(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    const { kind } = this.#options.store;
    if (isAway)
      this.#log.warn({ store: kind }, 'the store of rate limits is away: each gateway counts by itself');
    else this.#log.info({ store: kind }, 'the store of rate limits is back');
  }

  #open(): RateLimiterAbstract {
    const { store, keyPrefix, points, seconds: duration } = this.#options;
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

/** Counts in this process, and how often it was asked to. */
class Own extends RateLimiterMemory {
  asked = 0;

  override consume(...asked: Parameters<RateLimiterMemory['consume']>): Promise<RateLimiterRes> {
    this.asked += 1;
    return super.consume(...asked);
  }
}
