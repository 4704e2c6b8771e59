import { setTimeout as delay } from 'node:timers/promises';
import CircuitBreaker from 'opossum';
import { Unavailable } from '@souk/shared/errors';

/**
 * How to treat a failed call. `reject`: the provider works and refused the call, which does not count as a failure for
 * the circuit breaker. `retry`: a transient failure. `fail`: a failure that a retry does not cure.
 */
export type RetryDecision = 'reject' | 'retry' | 'fail';

/** Retry options. Times in milliseconds. */
export interface ResilientClientOptions {
  decideRetry: (error: unknown) => RetryDecision;
  /** Retries after the first attempt. */
  retries: number;
  /** The pause before the first retry; doubled for each further one, times 0.5 to 1.5. */
  pauseMs: number;
}

const breakerOptions = {
  // The client has its own time limit for each call.
  timeout: false as const,
  errorThresholdPercentage: 50,
  volumeThreshold: 20,
  rollingCountTimeout: 10_000,
  resetTimeout: 5_000,
};

/** Calls a provider with retries for transient failures and a circuit breaker for a provider that keeps failing. */
export class ResilientClient {
  readonly #options: ResilientClientOptions;
  readonly #breaker: CircuitBreaker<[() => Promise<unknown>]>;

  constructor(options: ResilientClientOptions) {
    this.#options = options;
    this.#breaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
      ...breakerOptions,
      errorFilter: (error: unknown) => options.decideRetry(error) === 'reject',
    });
  }

  /** Makes a call. @throws what the last try threw, or Unavailable while the circuit is open. */
  async call<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return (await this.#breaker.fire(call)) as T;
      } catch (error) {
        if (CircuitBreaker.isOurError(error as Error)) {
          throw new Unavailable('The card provider is unavailable.', breakerOptions.resetTimeout / 1_000);
        }
        if (tries >= this.#options.retries || this.#options.decideRetry(error) !== 'retry') throw error;
      }
      await delay(this.#options.pauseMs * 2 ** tries * (0.5 + Math.random()));
    }
  }
}
