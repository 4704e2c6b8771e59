import { until } from './until.js';

/** Reads a stream to its end in the background and records its events. */
export class RecordedStream<Event> {
  readonly events: Event[] = [];
  hasEnded = false;
  /** The error that the stream threw; null while it runs or after it completed. */
  failure: Error | null = null;
  readonly #stream: AsyncIterableIterator<Event>;

  constructor(stream: AsyncIterableIterator<Event>) {
    this.#stream = stream;
    void this.#read();
  }

  /** Waits for a number of events. Returns the last of them. @throws if the stream fails before, or at the deadline */
  async atLeast(count: number, deadlineMs?: number): Promise<Event> {
    return until(
      `${count} events have arrived`,
      () => {
        if (this.events.length < count && this.failure) throw this.failure;
        return this.events.length >= count ? this.events[count - 1] : null;
      },
      deadlineMs,
    );
  }

  /** Waits for the end. Returns all events. @throws the stream's failure */
  async toEnd(deadlineMs?: number): Promise<Event[]> {
    await until('the stream has ended', () => this.hasEnded, deadlineMs);
    if (this.failure) throw this.failure;
    return this.events;
  }

  /** Ends the subscription. */
  async stop(): Promise<void> {
    await this.#stream.return?.();
  }

  async #read(): Promise<void> {
    try {
      for await (const event of this.#stream) this.events.push(event);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error('The stream failed.', { cause: error });
    }
    this.hasEnded = true;
  }
}
