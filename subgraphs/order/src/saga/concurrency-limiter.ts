import type { EntityManager } from 'typeorm';
import type { Clock } from '@souk/shared/clock';
import { Unavailable } from '@souk/shared/errors';
import { countWorkingSagas } from './saga-store.js';

const countedForMs = 250;
const retryAfterSeconds = 5;

/**
 * Keeps the number of sagas at work within a bound, so that those that run end in time. Sagas that wait for a buyer take
 * no work and do not count: each buyer has a bound of their own. Counted a few times a second at most; in between each process adds what it starts itself, so that several together may go a little beyond.
 */
export class ConcurrencyLimiter {
  readonly #maxOpen: number;
  readonly #clock: Clock;
  #working = 0;
  #countedAt = Number.NEGATIVE_INFINITY;

  constructor({ maxOpen, clock }: { maxOpen: number; clock: Clock }) {
    this.#maxOpen = maxOpen;
    this.#clock = clock;
  }

  /** Takes a place for one more. @throws Unavailable where there is none */
  async acquire(manager: EntityManager): Promise<void> {
    await this.check(manager);
    this.#working += 1;
  }

  /** @throws Unavailable where there is no place for one more */
  async check(manager: EntityManager): Promise<void> {
    const now = this.#clock.now().getTime();
    if (now - this.#countedAt >= countedForMs) {
      this.#countedAt = now;
      this.#working = await countWorkingSagas(manager, this.#maxOpen);
    }
    if (this.#working >= this.#maxOpen) {
      throw new Unavailable('Too many checkouts are under way. Please try again soon.', retryAfterSeconds);
    }
  }
}
