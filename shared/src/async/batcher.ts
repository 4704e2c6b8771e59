/** Limits of a batcher. */
export interface BatcherOptions<Item> {
  /** Runs a batch; it must not throw. */
  run: (items: readonly Item[]) => Promise<void>;
  /** Maximum number of items in a batch. */
  maxBatch: number;
  /** Maximum number of concurrent batches. */
  parallel: number;
}

/** How long a batch that is not full waits under load, in milliseconds. */
const lingerMs = 2;

/**
 * Collects the items that arrive while a batch runs, and runs them as the next batch. A single item starts at once.
 * Under load many items share a batch, and a batch that is not full waits for `lingerMs`. Partitions are scheduled
 * round robin, with items of one partition in order of arrival.
 */
export class Batcher<Item> {
  readonly #options: BatcherOptions<Item>;
  /** In scheduling order; no partition is empty. */
  readonly #partitions = new Map<string, Item[]>();
  #waiting = 0;
  #running = 0;
  #scheduled = false;
  /** Whether more items are likely to arrive soon: the last batch had several. */
  #isBusy = false;
  readonly #whenIdle: (() => void)[] = [];

  constructor(options: BatcherOptions<Item>) {
    this.#options = options;
  }

  /** Adds an item. Items without a partition key share one partition. */
  add(item: Item, partitionKey = ''): void {
    const waiting = this.#partitions.get(partitionKey);
    if (waiting) waiting.push(item);
    else this.#partitions.set(partitionKey, [item]);
    this.#waiting += 1;
    this.#schedule();
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    if (this.#waiting === 0 && this.#running === 0) return;
    await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting === 0 || this.#running >= this.#options.parallel) return;
    this.#scheduled = true;
    const start = (): void => {
      this.#scheduled = false;
      while (this.#running < this.#options.parallel && this.#waiting > 0) this.#start();
    };
    if (this.#isBusy && this.#waiting < this.#options.maxBatch) setTimeout(start, lingerMs);
    // A microtask lets all items of one job share a batch.
    else queueMicrotask(start);
  }

  #start(): void {
    const batch = this.#take();
    this.#isBusy = batch.length > 1;
    this.#running += 1;
    void this.#options.run(batch).finally(() => {
      this.#running -= 1;
      this.#schedule();
      if (this.#waiting > 0 || this.#running > 0) return;
      for (const resolve of this.#whenIdle.splice(0)) resolve();
    });
  }

  #take(): Item[] {
    const batch: Item[] = [];
    while (batch.length < this.#options.maxBatch) {
      const [turn] = this.#partitions;
      if (!turn) break;
      const [lane, items] = turn;
      batch.push(...items.splice(0, 1));
      this.#partitions.delete(lane);
      if (items.length > 0) this.#partitions.set(lane, items);
    }
    this.#waiting -= batch.length;
    return batch;
  }
}
