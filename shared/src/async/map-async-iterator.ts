/** How the events of a stream are mapped. */
export interface EventMapping<From, To> {
  /** An error that it throws ends the stream and reaches the reader. */
  map: (event: From) => Promise<To> | To;
  /** Maps an error of the source to a last event; without it the error reaches the reader. */
  failed?: (error: unknown) => Promise<To> | To;
}

type Step<Value> = IteratorResult<Value, undefined>;

const finished: Step<never> = { value: undefined, done: true };

/**
 * Maps the events of a stream. Not a generator: one that awaits a promise cannot be ended from outside. While it waits
 * for an event it suspends nothing of its own, since ten thousand streams wait at a time.
 */
export class MapAsyncIterator<From, To> implements AsyncIterableIterator<To> {
  readonly #source: AsyncIterator<From>;
  readonly #mapping: EventMapping<From, To>;
  #hasEnded = false;

  constructor(source: AsyncIterator<From>, mapping: EventMapping<From, To>) {
    this.#source = source;
    this.#mapping = mapping;
  }

  next(): Promise<Step<To>> {
    if (this.#hasEnded) return Promise.resolve(finished);
    return this.#source.next().then(
      (step) => this.#take(step),
      (error: unknown) => this.#fail(error),
    );
  }

  async return(): Promise<Step<To>> {
    this.#hasEnded = true;
    await this.#source.return?.();
    return finished;
  }

  async throw(error: unknown): Promise<Step<To>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #take(step: IteratorResult<From>): Promise<Step<To>> {
    if (step.done) {
      this.#hasEnded = true;
      return finished;
    }
    try {
      return { value: await this.#mapping.map(step.value), done: false };
    } catch (error) {
      return this.throw(error);
    }
  }

  async #fail(error: unknown): Promise<Step<To>> {
    const { failed } = this.#mapping;
    if (!failed) return this.throw(error);
    await this.return();
    return { value: await failed(error), done: false };
  }
}
