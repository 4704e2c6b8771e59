/** What becomes of the events of a stream. */
export interface EventMapping<From, To> {
  map: (event: From) => Promise<To> | To;
  /** The last event of a stream that fails; left out, the failure is passed on. */
  failed?: (error: unknown) => To;
}

/**
 * A stream of events made of those of another one. Not a generator: one that waits for a promise cannot be ended from
 * outside.
 */
export class MappedEvents<From, To> implements AsyncIterableIterator<To> {
  readonly #source: AsyncIterator<From>;
  readonly #mapping: EventMapping<From, To>;
  #hasEnded = false;

  constructor(source: AsyncIterator<From>, mapping: EventMapping<From, To>) {
    this.#source = source;
    this.#mapping = mapping;
  }

  async next(): Promise<IteratorResult<To, undefined>> {
    if (this.#hasEnded) return { value: undefined, done: true };
    try {
      const event = await this.#source.next();
      if (!event.done) return { value: await this.#mapping.map(event.value), done: false };
      this.#hasEnded = true;
      return { value: undefined, done: true };
    } catch (error) {
      await this.return();
      if (!this.#mapping.failed) throw error;
      return { value: this.#mapping.failed(error), done: false };
    }
  }

  async return(): Promise<IteratorResult<To, undefined>> {
    this.#hasEnded = true;
    await this.#source.return?.();
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<To, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
