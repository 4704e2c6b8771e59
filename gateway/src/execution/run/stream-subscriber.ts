/** An event of a stream that clients may share. */
export interface StreamEvent<Value> {
  value: Value;
  /** What it takes up while it waits, roughly: characters. */
  size: number;
  /**
   * Whether it says how something is now, and the stream says so only when that changes: it may be skipped for a later
   * one, and who comes after it has missed nothing.
   */
  isChange: boolean;
}

/** What a client rides on. */
export interface MulticastSource<Value> {
  /** Has the next event told to all who ride, if it is not under way already. */
  pull(): void;
  leave(ride: StreamSubscriber<Value>): void;
  /** The last word to one who has fallen too far behind. */
  readonly tooSlow: () => Value;
}

type Step<Value> = IteratorResult<Value, undefined>;

const finished: Step<never> = { value: undefined, done: true };
/** What waits for one client while others are told more; a single event may be larger. */
const maxWaiting = { events: 32, size: 1_000_000 };

/**
 * What one client is told of a stream: of changes the last, of other events each. Who takes events too slowly for those
 * that must not be skipped is told so, and that is the end.
 */
export class StreamSubscriber<Value> implements AsyncIterableIterator<Value> {
  readonly #carrier: MulticastSource<Value>;
  // Made when something has to wait: most never do.
  #waiting: StreamEvent<Value>[] | null = null;
  #wake: ((step: Step<Value> | Promise<never>) => void) | null = null;
  #failure: Error | null = null;
  #hasEnded = false;

  constructor(carrier: MulticastSource<Value>) {
    this.#carrier = carrier;
  }

  next(): Promise<Step<Value>> {
    const told = this.#waiting?.shift();
    if (told) return Promise.resolve({ value: told.value, done: false });
    this.#waiting = null;
    if (this.#failure) {
      const failure = this.#failure;
      this.#failure = null;
      return Promise.reject(failure);
    }
    if (this.#hasEnded) return Promise.resolve(finished);
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#carrier.pull();
    });
  }

  /** Tells an event. */
  push(told: StreamEvent<Value>): void {
    if (this.#hasEnded) return;
    if (this.#wake) {
      this.#settle({ value: told.value, done: false });
      return;
    }
    const waiting = (this.#waiting ??= []);
    if (told.isChange && waiting.at(-1)?.isChange) waiting.pop();
    waiting.push(told);
    const size = waiting.reduce((sum, each) => sum + each.size, 0);
    if (waiting.length === 1 || (waiting.length <= maxWaiting.events && size <= maxWaiting.size)) return;
    this.end(this.#carrier.tooSlow());
  }

  /** Nothing follows what waits; a failure comes after it. */
  finish(failure: Error | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (!this.#wake) this.#failure = failure;
    else this.#settle(failure ? Promise.reject(failure) : finished);
  }

  /** Ends it at once; `last` is told in place of what waits, also where nothing more would have come. */
  end(last: Value): void {
    if (this.#hasEnded && !this.#waiting?.length) return;
    const wasRiding = !this.#hasEnded;
    this.#hasEnded = true;
    this.#failure = null;
    if (this.#wake) this.#settle({ value: last, done: false });
    else this.#waiting = [{ value: last, size: 0, isChange: false }];
    if (wasRiding) this.#carrier.leave(this);
  }

  return(): Promise<Step<Value>> {
    this.#waiting = null;
    this.#failure = null;
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#carrier.leave(this);
    }
    if (this.#wake) this.#settle(finished);
    return Promise.resolve(finished);
  }

  async throw(error: unknown): Promise<Step<Value>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #settle(step: Step<Value> | Promise<never>): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.(step);
  }
}
