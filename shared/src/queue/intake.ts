/** How an intake works. */
export interface IntakeOptions<Item> {
  /** Works a batch; it must not throw. */
  run: (items: readonly Item[]) => Promise<void>;
  /** Items in a batch at most. */
  maxBatch: number;
  /** Batches at work at once. */
  parallel: number;
}

/**
 * Gathers what comes while a batch is at work, and works it as the next one: alone an item goes at once, under load
 * many share a batch, and no timer is needed for either. Lanes take turns, first come first served within each.
 */
export class Intake<Item> {
  readonly #options: IntakeOptions<Item>;
  /** In the order of their turns; none is empty. */
  readonly #lanes = new Map<string, Item[]>();
  #running = 0;
  #scheduled = false;

  constructor(options: IntakeOptions<Item>) {
    this.#options = options;
  }

  /** Takes an item in. Items without a lane share one. */
  add(item: Item, lane = ''): void {
    const waiting = this.#lanes.get(lane);
    if (waiting) waiting.push(item);
    else this.#lanes.set(lane, [item]);
    this.#schedule();
  }

  // What arrives together, e.g. in one job, is to go together.
  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#options.parallel) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      while (this.#running < this.#options.parallel && this.#lanes.size > 0) this.#start();
    });
  }

  #start(): void {
    this.#running += 1;
    void this.#options.run(this.#take()).finally(() => {
      this.#running -= 1;
      this.#schedule();
    });
  }

  #take(): Item[] {
    const batch: Item[] = [];
    while (batch.length < this.#options.maxBatch) {
      const [turn] = this.#lanes;
      if (!turn) break;
      const [lane, items] = turn;
      batch.push(...items.splice(0, 1));
      this.#lanes.delete(lane);
      if (items.length > 0) this.#lanes.set(lane, items);
    }
    return batch;
  }
}
