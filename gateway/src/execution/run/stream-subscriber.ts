/** An event of a stream that several clients may share. */
export interface StreamEvent<Value> {
  value: Value;
  /** Approximate size while it is queued, in characters. */
  size: number;
  /**
   * Whether it is a change notification: a later one replaces it in a queue, and new subscribers need no earlier
   * one.
   */
  isChange: boolean;
}

/** The source that a subscriber reads from. */
export interface MulticastSource<Value> {
  /** Requests the next event for all subscribers, unless a request is pending. */
  pull(): void;
  leave(subscriber: StreamSubscriber<Value>): void;
  /** Makes the last event of a subscriber that has fallen too far behind. */
  readonly tooSlow: () => Value;
}

type Step<Value> = IteratorResult<Value, undefined>;

const finished: Step<never> = { value: undefined, done: true };
/** Limits of one subscriber's queue. A single event may be larger. */
const maxWaiting = { events: 32, size: 1_000_000 };

/**
 * Events queued for one subscriber. Change notifications are conflated to the latest; other events are all delivered.
 * A subscriber whose queue overflows receives an error as its last event.
 */
export class StreamSubscriber<Value> implements AsyncIterableIterator<Value> {
  readonly #carrier: MulticastSource<Value>;
  // Created on demand: most subscribers never queue an event.
  #waiting: StreamEvent<Value>[] | null = null;
  #wake: ((step: Step<Value> | Promise<never>) => void) | null = null;
  #failure: Error | null = null;
  #hasEnded = false;

  constructor(carrier: MulticastSource<Value>) {
    this.#carrier = carrier;
  }

  next(): Promise<Step<Value>> {
    const event = this.#waiting?.shift();
    if (event) return Promise.resolve({ value: event.value, done: false });
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

  /** Delivers or queues an event. */
  push(event: StreamEvent<Value>): void {
    if (this.#hasEnded) return;
    if (this.#wake) {
      this.#settle({ value: event.value, done: false });
      return;
    }
    const waiting = (this.#waiting ??= []);
    if (event.isChange && waiting.at(-1)?.isChange) waiting.pop();
    waiting.push(event);
    const size = waiting.reduce((sum, each) => sum + each.size, 0);
    if (waiting.length === 1 || (waiting.length <= maxWaiting.events && size <= maxWaiting.size)) return;
    this.end(this.#carrier.tooSlow());
  }

  /** Ends the stream after the queued events; a failure comes last. */
  finish(failure: Error | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (!this.#wake) this.#failure = failure;
    else this.#settle(failure ? Promise.reject(failure) : finished);
  }

  /** Ends the stream at once. `last` replaces the queued events, even if the stream has ended already. */
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
