import { streamSubscribers, upstreamStreams } from '@souk/shared/telemetry';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';
import type { MulticastSource, StreamEvent } from './stream-subscriber.js';
import { StreamSubscriber } from './stream-subscriber.js';

/** Opens a stream; cancelled when its last subscriber leaves. */
export type OpenStream<Value> = (
  cancellation: Cancellation,
) => Promise<AsyncIterator<StreamEvent<Value>, undefined>>;

/** Streams with several subscribers, each of which reads at its own pace. */
export class MulticastStreams<Value> {
  readonly #tooSlow: () => Value;
  readonly #joinable = new Map<string, MulticastStream<Value>>();

  /** @param tooSlow makes the last event of a subscriber that has fallen too far behind */
  constructor(tooSlow: () => Value) {
    this.#tooSlow = tooSlow;
  }

  /**
   * Subscribes to the stream of the key, or opens one. A stream without a key is not shared. New subscribers may join
   * while the stream has emitted change notifications only. It closes when its last subscriber leaves.
   * @throws the error of a stream that cannot be opened
   */
  async join(
    key: string | null,
    own: Cancellation | null,
    open: OpenStream<Value>,
  ): Promise<StreamSubscriber<Value>> {
    const stream = (key === null ? undefined : this.#joinable.get(key)) ?? this.#begin(key, open);
    const subscriber = stream.subscribe();
    const unhook = own?.onCancel(() => void subscriber.return());
    try {
      await stream.opened;
    } finally {
      unhook?.();
    }
    return subscriber;
  }

  /** Later subscribers do not join streams that opened before now. */
  clear(): void {
    this.#joinable.clear();
  }

  #begin(key: string | null, open: OpenStream<Value>): MulticastStream<Value> {
    const stream: MulticastStream<Value> = new MulticastStream(open, this.#tooSlow, () => {
      if (key !== null && this.#joinable.get(key) === stream) this.#joinable.delete(key);
    });
    if (key !== null) this.#joinable.set(key, stream);
    return stream;
  }
}

/**
 * One stream. It pulls the next event when one subscriber has read all others, so that no subscriber blocks another.
 */
class MulticastStream<Value> implements MulticastSource<Value> {
  /** Resolves when the stream is open. */
  readonly opened: Promise<void>;
  readonly tooSlow: () => Value;
  readonly #unlist: () => void;
  readonly #subscribers = new Set<StreamSubscriber<Value>>();
  readonly #cancellation = new Cancellation();
  #source: AsyncIterator<StreamEvent<Value>, undefined> | null = null;
  #isPulling = false;
  #hasEnded = false;

  constructor(open: OpenStream<Value>, tooSlow: () => Value, unlist: () => void) {
    this.tooSlow = tooSlow;
    this.#unlist = unlist;
    upstreamStreams.inc();
    this.opened = this.#open(open);
  }

  subscribe(): StreamSubscriber<Value> {
    const subscriber = new StreamSubscriber<Value>(this);
    this.#subscribers.add(subscriber);
    streamSubscribers.inc();
    return subscriber;
  }

  leave(subscriber: StreamSubscriber<Value>): void {
    if (!this.#subscribers.delete(subscriber)) return;
    streamSubscribers.dec();
    if (this.#subscribers.size > 0 || this.#hasEnded) return;
    this.#close();
    void this.#source?.return?.();
    this.#cancellation.cancel(new ClientGone());
  }

  // Callbacks, not a suspended async function: ten thousand streams wait at a time.
  pull(): void {
    if (this.#isPulling || this.#hasEnded || !this.#source) return;
    this.#isPulling = true;
    this.#source.next().then(
      (step) => this.#take(step),
      (error: unknown) => this.#finish(error instanceof Error ? error : new Error(String(error))),
    );
  }

  async #open(open: OpenStream<Value>): Promise<void> {
    try {
      this.#source = await open(this.#cancellation);
    } catch (error) {
      for (const subscriber of this.#subscribers) void subscriber.return();
      throw error;
    }
    if (this.#hasEnded) void this.#source.return?.();
  }

  #take(step: IteratorResult<StreamEvent<Value>, undefined>): void {
    this.#isPulling = false;
    if (step.done) {
      this.#finish(null);
      return;
    }
    const event = step.value;
    if (!event.isChange) this.#unlist();
    // A subscriber that is too slow leaves during the loop.
    for (const subscriber of this.#subscribers) subscriber.push(event);
  }

  #finish(failure: Error | null): void {
    if (this.#hasEnded) return;
    this.#close();
    streamSubscribers.dec(this.#subscribers.size);
    for (const subscriber of this.#subscribers) subscriber.finish(failure);
    this.#subscribers.clear();
  }

  #close(): void {
    this.#hasEnded = true;
    this.#unlist();
    upstreamStreams.dec();
  }
}
