import { setTimeout as delay } from 'node:timers/promises';
import CircuitBreaker from 'opossum';
import { Unavailable } from '@souk/shared/errors';

/**
 * What a failed call says of the provider: an answer (a refusal: it works), passing trouble (another try makes sense),
 * or trouble that another try does not cure.
 */
export type Verdict = 'answer' | 'passing' | 'lasting';

/** How the line is tried again and given up. Times in milliseconds. */
export interface LineOptions {
  judge: (error: unknown) => Verdict;
  /** Tries after the first. */
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

/** The line to a provider: tries again what failed in passing, and stops asking a provider that keeps failing. */
export class ProviderLine {
  readonly #options: LineOptions;
  readonly #breaker: CircuitBreaker<[() => Promise<unknown>]>;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#breaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
      ...breakerOptions,
      errorFilter: (error: unknown) => options.judge(error) === 'answer',
    });
  }

  /** Makes a call. @throws what the last try threw, or Unavailable while the line is given up. */
  async call<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return (await this.#breaker.fire(call)) as T;
      } catch (error) {
        if (CircuitBreaker.isOurError(error as Error)) {
          throw new Unavailable(
            'The card provider is away at the moment.',
            breakerOptions.resetTimeout / 1_000,
          );
        }
        if (tries >= this.#options.retries || this.#options.judge(error) !== 'passing') throw error;
      }
      await delay(this.#options.pauseMs * 2 ** tries * (0.5 + Math.random()));
    }
  }
}
