import type { Signals } from '../queue/signals.js';
import type { Topic } from '../signal.js';
import { SameTurn } from './same-turn.js';
import type { ChangeSource } from './subscription.js';

/** What a live stream found when it looked. */
export interface Reading<State> {
  /** What is to be told, in this order. */
  states: readonly State[];
  /** Whether nothing will follow. */
  isLast?: boolean;
}

/** How a live stream comes to what it tells. */
export interface LiveOptions<State> {
  signals: Signals;
  /** It looks again after each signal about one of them. */
  topics: readonly Topic[];
  /**
   * Looks. What it throws ends the stream. Streams that a signal wakes together look once: what is read may depend on the
   * topics alone.
   */
  read: () => Promise<Reading<State>>;
  /** False where what is read depends on the stream, too. */
  isShared?: boolean;
  /** Whether it looks at once, or only after the first signal. */
  looksFirst: boolean;
  /** A state that is the same by this as the one told before is not told; every state is told without it. */
  versionOf?: (state: State) => string;
  /**
   * Milliseconds after which it looks unasked: a process that dies between a commit and its signal leaves a change
   * untold. Never, where it is left out.
   */
  recheckMs?: number;
}

/**
 * Opens a stream of present states. It looks when it is asked for the next one: a slow reader makes it look less often,
 * and nothing is kept for him meanwhile.
 */
export async function live<State>(options: LiveOptions<State>): Promise<AsyncIterableIterator<State>> {
  const stream = new LiveStream(options);
  // Who reads first and listens afterwards misses what comes in between.
  await options.signals.ready();
  return stream;
}

/** What is being read for streams that were woken together. */
const looks = new WeakMap<Signals, SameTurn<Promise<Reading<unknown>>>>();

/** Not a generator: one that waits for a promise cannot be ended from outside. */
class LiveStream<State> implements AsyncIterableIterator<State>, ChangeSource {
  readonly tellsChanges: boolean;
  readonly #options: LiveOptions<State>;
  readonly #stop: () => void;
  #found: State[] = [];
  #isStale: boolean;
  #isLast = false;
  #hasEnded = false;
  #told: string | null = null;
  #wake: (() => void) | null = null;

  constructor(options: LiveOptions<State>) {
    this.#options = options;
    this.tellsChanges = !options.looksFirst && options.isShared !== false;
    this.#isStale = options.looksFirst;
    this.#stop = options.signals.listen(options.topics, () => {
      this.#isStale = true;
      // What was begun before the signal may not know of the change.
      looks.get(options.signals)?.clear();
      this.#wake?.();
    });
  }

  async next(): Promise<IteratorResult<State, undefined>> {
    while (!this.#hasEnded) {
      const value = this.#found.shift();
      if (value !== undefined) return { value, done: false };
      if (this.#isLast) break;
      if (!this.#isStale) await this.#signal();
      if (!this.#isClosed()) await this.#look();
    }
    return this.return();
  }

  return(): Promise<IteratorResult<State, undefined>> {
    this.#hasEnded = true;
    this.#found = [];
    this.#stop();
    this.#wake?.();
    return Promise.resolve({ value: undefined, done: true });
  }

  async throw(error: unknown): Promise<IteratorResult<State, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #look(): Promise<void> {
    const { read, versionOf } = this.#options;
    this.#isStale = false;
    try {
      const { states, isLast = false } = await this.#together(read);
      this.#isLast = isLast;
      if (this.#isClosed()) return;
      for (const state of states) {
        const version = versionOf?.(state) ?? null;
        if (version !== null && version === this.#told) continue;
        this.#told = version;
        this.#found.push(state);
      }
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  #together(read: LiveOptions<State>['read']): Promise<Reading<State>> {
    const { signals, topics, isShared = true } = this.#options;
    if (!isShared) return read();
    let turn = looks.get(signals);
    if (!turn) looks.set(signals, (turn = new SameTurn()));
    return turn.get(topics.join(), read) as Promise<Reading<State>>;
  }

  /** It may have been closed while something was awaited. */
  #isClosed(): boolean {
    return this.#hasEnded;
  }

  async #signal(): Promise<void> {
    const { recheckMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (recheckMs !== undefined) timer = setTimeout(resolve, spread(recheckMs)).unref();
    });
    clearTimeout(timer);
    this.#wake = null;
  }
}

/** Whole seconds around a time, so that streams that began together do not look together. */
function spread(ms: number): number {
  return Math.ceil((ms * (0.75 + Math.random() / 2)) / 1_000) * 1_000;
}
