import type { EntityManager } from 'typeorm';
import { Batcher } from '../async/batcher.js';
import { batchWithFallback } from '../async/batch-with-fallback.js';
import type { Database } from './database.js';
import type { Outbox } from './outbox.js';

/** The result of one item of a shared transaction. */
export type Settled<Result> = { result: Result } | { refusal: Error };

/** How items share transactions. */
export interface SharedTransactionOptions<Item, Result> {
  database: Database;
  /**
   * Does the work of all items and says what became of each, in their order. One that is refused must leave nothing of
   * its own behind; what is thrown undoes the work of all.
   */
  work: (manager: EntityManager, outbox: Outbox, items: readonly Item[]) => Promise<Settled<Result>[]>;
  /** Transactions at work at once. */
  parallel: number;
  /** Items with the same key never share a transaction; the later one waits. */
  exclusiveKey?: (item: Item) => string;
  /** Partition key for fair scheduling. */
  partitionKey?: (item: Item) => string;
}

interface Waiting<Item, Result> {
  item: Item;
  settle: (outcome: Settled<Result>) => void;
}

const maxItems = 100;

/**
 * Transactions that many share: what comes while one is at work shares the next, and with it the round trips and the
 * wait for the disk. Alone an item goes at once. Where a transaction fails its items are tried again one by one, so that
 * one that cannot be done fails alone.
 */
export class SharedTransaction<Item, Result> {
  readonly #options: SharedTransactionOptions<Item, Result>;
  readonly #batcher: Batcher<Waiting<Item, Result>>;

  constructor(options: SharedTransactionOptions<Item, Result>) {
    this.#options = options;
    this.#batcher = new Batcher({
      run: (batch) => this.#run(batch),
      maxBatch: maxItems,
      parallel: options.parallel,
    });
  }

  /** Does an item's work. @throws what it is refused with, or what failed */
  async do(item: Item): Promise<Result> {
    const outcome = await new Promise<Settled<Result>>((settle) => this.#add({ item, settle }));
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.result;
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const { now, later } = this.#taken(batch);
    // Those behind whom they stand are through when they come up again.
    await this.#settle(now);
    for (const waiting of later) this.#add(waiting);
  }

  #add(waiting: Waiting<Item, Result>): void {
    this.#batcher.add(waiting, this.#options.partitionKey?.(waiting.item));
  }

  #taken(batch: readonly Waiting<Item, Result>[]): Record<'now' | 'later', Waiting<Item, Result>[]> {
    const taken = new Set<string>();
    const now: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    for (const waiting of batch) {
      const name = this.#options.exclusiveKey?.(waiting.item);
      if (name !== undefined && taken.has(name)) later.push(waiting);
      else now.push(waiting);
      if (name !== undefined) taken.add(name);
    }
    return { now, later };
  }

  async #settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const { database, work } = this.#options;
    const faults = await batchWithFallback(batch, async (some) => {
      const items = some.map(({ item }) => item);
      const outcomes = await database.transact((manager, outbox) => work(manager, outbox, items));
      some.forEach(({ settle }, index) =>
        settle(outcomes[index] ?? { refusal: new Error('An item has no result.') }),
      );
    });
    batch.forEach(({ settle }, index) => {
      const fault = faults[index];
      if (fault) settle({ refusal: fault });
    });
  }
}
