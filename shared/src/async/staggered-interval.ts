const parts = 16;

/** Visits each item once per interval, with one timer for all, a part of the items at a time. */
export class StaggeredInterval<Item> {
  readonly #visit: (item: Item) => void;
  readonly #stepMs: number;
  readonly #onFault: (error: unknown) => void;
  readonly #parts = Array.from({ length: parts }, () => new Set<Item>());
  #next = 0;
  #size = 0;
  #added = 0;
  #timer: NodeJS.Timeout | null = null;

  /**
   * @param everyMs time between two visits of an item; the first visit comes within that time
   * @param onFault receives the error of a visit; the other items are visited all the same. By default the process
   * emits a warning, since a visit should not throw.
   */
  constructor(everyMs: number, visit: (item: Item) => void, onFault = warn) {
    this.#stepMs = Math.max(1, everyMs / parts);
    this.#visit = visit;
    this.#onFault = onFault;
  }

  /** Adds an item. */
  add(item: Item): void {
    // Items added together are not visited together. The size would not do as a counter: if one item goes for each that
    // comes, all would end up in one part.
    this.#parts[this.#added % parts]?.add(item);
    this.#added += 1;
    this.#size += 1;
    this.#timer ??= setInterval(() => this.#step(), this.#stepMs).unref();
  }

  /** Removes an item, also during its visit. */
  delete(item: Item): void {
    if (!this.#parts.some((part) => part.delete(item))) return;
    this.#size -= 1;
    if (this.#size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #step(): void {
    this.#next = (this.#next + 1) % parts;
    for (const item of this.#parts[this.#next] ?? []) {
      try {
        this.#visit(item);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
