/** One key's reads. */
interface Slot<Value> {
  /** Start of the last read, in milliseconds of the process's clock. */
  startedAt: number;
  /** Ends with the read that runs. */
  running: Promise<unknown> | null;
  /** The read that has not begun. */
  waiting: Promise<Value> | null;
}

/**
 * Shares reads of a key between callers. A read begins after the call, so it sees what the caller has written. One read
 * of a key runs at a time, and begins at least `intervalMs` after the last one; callers meanwhile share the next one.
 */
export class PacedReads<Value> {
  readonly #read: (key: string) => Promise<Value>;
  readonly #intervalMs: number;
  readonly #slots = new Map<string, Slot<Value>>();

  constructor(read: (key: string) => Promise<Value>, intervalMs: number) {
    this.#read = read;
    this.#intervalMs = intervalMs;
  }

  /** Returns the result of the next read. */
  next(key: string): Promise<Value> {
    let slot = this.#slots.get(key);
    if (!slot) this.#slots.set(key, (slot = { startedAt: -Infinity, running: null, waiting: null }));
    return (slot.waiting ??= this.#begin(key, slot));
  }

  async #begin(key: string, slot: Slot<Value>): Promise<Value> {
    await slot.running;
    await pause(slot.startedAt + this.#intervalMs - performance.now());
    slot.startedAt = performance.now();
    slot.waiting = null;
    const reading = this.#read(key);
    slot.running = reading.then(ignore, ignore);
    try {
      return await reading;
    } finally {
      slot.running = null;
      this.#forgetLater(key, slot);
    }
  }

  /** Forgets a key that has not been read for an interval. */
  #forgetLater(key: string, slot: Slot<Value>): void {
    const forget = (): void => {
      const isIdle = slot.running === null && slot.waiting === null;
      if (isIdle && performance.now() - slot.startedAt >= this.#intervalMs) this.#slots.delete(key);
    };
    if (this.#intervalMs === 0) forget();
    else setTimeout(forget, this.#intervalMs).unref();
  }
}

function ignore(): void {
  // The caller of the read receives its error.
}

/** Waits; at least until the callers of this tick have called. */
async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => void setTimeout(resolve, ms));
}
