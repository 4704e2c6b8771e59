import type { ChangeNotifications } from '../notifications/change-notifications.js';
import type { Topic } from '../topic.js';
import { PerTickMemo } from '../async/per-tick-memo.js';
import type { ConflatableSource } from './subscription.js';

/** What a live stream found when it looked. */
export interface Snapshot<State> {
  /** What is to be told, in this order. */
  states: readonly State[];
  /** Whether nothing will follow. */
  isLast?: boolean;
}

/** How a live stream comes to what it tells. */
export interface LiveQueryOptions<State> {
  changes: ChangeNotifications;
  /** It looks again after each signal about one of them. */
  topics: readonly Topic[];
  /**
   * Looks. What it throws ends the stream. Streams that a signal wakes together look once: what is read may depend on the
   * topics alone.
   */
  read: () => Promise<Snapshot<State>>;
  /** False where what is read depends on the stream, too. */
  isShared?: boolean;
  /** Whether it looks at once, or only after the first signal. */
  initialSnapshot: boolean;
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
export async function openLiveQuery<State>(
  options: LiveQueryOptions<State>,
): Promise<AsyncIterableIterator<State>> {
  const stream = new LiveQuery(options);
  // Who reads first and listens afterwards misses what comes in between.
  await options.changes.ready();
  return stream;
}

/** What is being read for streams that were woken together. */
const looks = new WeakMap<ChangeNotifications, PerTickMemo<Promise<Snapshot<unknown>>>>();

type Step<State> = IteratorResult<State, undefined>;

const finished: Step<never> = { value: undefined, done: true };

/**
 * Not a generator: one that waits for a promise cannot be ended from outside. Nor does anything of it wait for a signal:
 * ten thousand streams do at a time, and what is suspended takes more than what is kept here.
 */
class LiveQuery<State> implements AsyncIterableIterator<State>, ConflatableSource {
  readonly isConflatable: boolean;
  readonly #options: LiveQueryOptions<State>;
  readonly #stop: () => void;
  // Made when there is something that nobody has asked for yet.
  #found: State[] | null = null;
  #isStale: boolean;
  #isLooking = false;
  #isLast = false;
  #hasEnded = false;
  #told: string | null = null;
  #taker: ((step: Step<State> | Promise<Step<State>>) => void) | null = null;
  #recheck: NodeJS.Timeout | null = null;

  constructor(options: LiveQueryOptions<State>) {
    this.#options = options;
    this.isConflatable = !options.initialSnapshot && options.isShared !== false;
    this.#isStale = options.initialSnapshot;
    this.#stop = options.changes.subscribe(options.topics, () => {
      this.#isStale = true;
      // What was begun before the signal may not know of the change.
      looks.get(options.changes)?.clear();
      // Not before all whom the signal wakes know of it: they look once.
      if (this.#taker) queueMicrotask(() => this.#proceed());
    });
  }

  next(): Promise<Step<State>> {
    return new Promise((resolve) => {
      this.#taker = resolve;
      this.#proceed();
    });
  }

  return(): Promise<Step<State>> {
    this.#hasEnded = true;
    this.#found = null;
    this.#stop();
    this.#settle(finished);
    return Promise.resolve(finished);
  }

  async throw(error: unknown): Promise<Step<State>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Gives what was asked for, where it can be given now, and does what has to be done for it, where that is known. */
  #proceed(): void {
    if (!this.#taker || this.#isLooking) return;
    const value = this.#found?.shift();
    if (this.#found?.length === 0) this.#found = null;
    if (value !== undefined) this.#settle({ value, done: false });
    else if (this.#isLast || this.#hasEnded) void this.return();
    else if (this.#isStale) void this.#look();
    else this.#waitForSignal();
  }

  #settle(step: Step<State> | Promise<Step<State>>): void {
    if (this.#recheck) clearTimeout(this.#recheck);
    this.#recheck = null;
    const taker = this.#taker;
    this.#taker = null;
    taker?.(step);
  }

  #waitForSignal(): void {
    const { recheckMs } = this.#options;
    if (recheckMs === undefined) return;
    this.#recheck ??= setTimeout(() => {
      this.#recheck = null;
      this.#isStale = true;
      this.#proceed();
    }, spread(recheckMs)).unref();
  }

  async #look(): Promise<void> {
    const { read, versionOf } = this.#options;
    this.#isStale = false;
    this.#isLooking = true;
    try {
      const { states, isLast = false } = await this.#together(read);
      this.#isLast = isLast;
      for (const state of this.#hasEnded ? [] : states) {
        const version = versionOf?.(state) ?? null;
        if (version !== null && version === this.#told) continue;
        this.#told = version;
        (this.#found ??= []).push(state);
      }
    } catch (error) {
      const taker = this.#taker;
      this.#taker = null;
      if (taker) taker(this.throw(error));
      else void this.return();
    }
    this.#isLooking = false;
    this.#proceed();
  }

  #together(read: LiveQueryOptions<State>['read']): Promise<Snapshot<State>> {
    const { changes, topics, isShared = true } = this.#options;
    if (!isShared) return read();
    let turn = looks.get(changes);
    if (!turn) looks.set(changes, (turn = new PerTickMemo()));
    return turn.get(topics.join(), read) as Promise<Snapshot<State>>;
  }
}

/** Whole seconds around a time, so that streams that began together do not look together. */
function spread(ms: number): number {
  return Math.ceil((ms * (0.75 + Math.random() / 2)) / 1_000) * 1_000;
}
