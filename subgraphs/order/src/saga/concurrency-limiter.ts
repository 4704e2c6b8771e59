import type { EntityManager } from 'typeorm';
import type { Clock } from '@souk/shared/clock';
import { Unavailable } from '@souk/shared/errors';
import { countWorkingSagas } from '@souk/shared/saga/saga-table';
import { sagaNames } from './saga-store.js';

const countedForMs = 250;
const retryAfterSeconds = 5;

/**
 * Limits the number of running sagas, so that they end in time. Sagas that wait for a buyer use no capacity
 * and do not count; a separate limit per buyer bounds them. The count is refreshed every 250 ms; in between,
 * each process adds its own starts, so several processes together may exceed the limit slightly.
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

  /** Counts one more saga. @throws Unavailable at the limit */
  async acquire(manager: EntityManager): Promise<void> {
    await this.check(manager);
    this.#working += 1;
  }

  /** @throws Unavailable at the limit */
  async check(manager: EntityManager): Promise<void> {
    const now = this.#clock.now().getTime();
    if (now - this.#countedAt >= countedForMs) {
      this.#countedAt = now;
      this.#working = await countWorkingSagas(manager, sagaNames, this.#maxOpen);
    }
    if (this.#working >= this.#maxOpen) {
      throw new Unavailable('Too many checkouts are running. Try again in a few seconds.', retryAfterSeconds);
    }
  }
}
