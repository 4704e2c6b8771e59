import type { ChangeNotifications } from '../notifications/change-notifications.js';
import type { Topic } from '../topic.js';
import { PerTickMemo } from '../async/per-tick-memo.js';
import type { ConflatableSource } from './subscription.js';

/** The result of one read of a live query. */
export interface Snapshot<State> {
  /** The states to send, in this order. */
  states: readonly State[];
  /** Whether nothing will follow. */
  isLast?: boolean;
}

/** Options of a live query. */
export interface LiveQueryOptions<State> {
  changes: ChangeNotifications;
  /** It reads again after each notification about one of them. */
  topics: readonly Topic[];
  /**
   * Reads the present state. An error ends the stream. Streams that one notification wakes share a read, so the result
   * may depend on the topics alone.
   */
  read: () => Promise<Snapshot<State>>;
  /** False if the result also depends on the stream. */
  isShared?: boolean;
  /**
   * Whether a reader may join late and miss states; by default those of shared reads without an initial snapshot. Set it
   * where a reader recognizes a gap.
   */
  isConflatable?: boolean;
  /** Whether it sends an initial snapshot, or reads only after the first notification. */
  initialSnapshot: boolean;
  /** States with the version of the state sent before are skipped; without it every state is sent. */
  versionOf?: (state: State) => string;
  /**
   * Milliseconds after which it reads without a notification: a process that dies between a commit and its notification
   * leaves a change unpublished. By default never.
   */
  recheckMs?: number;
}

/**
 * Opens a stream of present states. It reads when the consumer requests the next one: a slow consumer causes fewer
 * reads, and nothing is buffered.
 */
export async function openLiveQuery<State>(
  options: LiveQueryOptions<State>,
): Promise<AsyncIterableIterator<State>> {
  const stream = new LiveQuery(options);
  // Subscribe before the first read, so that no change between the two is missed.
  await options.changes.ready();
  return stream;
}

/** Reads in progress, shared by the streams that one notification woke. */
const sharedReads = new WeakMap<ChangeNotifications, PerTickMemo<Promise<Snapshot<unknown>>>>();

type Step<State> = IteratorResult<State, undefined>;

const finished: Step<never> = { value: undefined, done: true };

/**
 * Not a generator: one that awaits a promise cannot be ended from outside. While it waits for a notification it
 * suspends nothing, since ten thousand streams wait at a time and suspended frames take more memory than this object.
 */
class LiveQuery<State> implements AsyncIterableIterator<State>, ConflatableSource {
  readonly isConflatable: boolean;
  readonly #options: LiveQueryOptions<State>;
  readonly #stop: () => void;
  // Created when there is a state that the consumer has not requested yet.
  #found: State[] | null = null;
  #isStale: boolean;
  #isReading = false;
  #isLast = false;
  #hasEnded = false;
  #lastVersion: string | null = null;
  #pending: ((step: Step<State> | Promise<Step<State>>) => void) | null = null;
  #recheck: NodeJS.Timeout | null = null;

  constructor(options: LiveQueryOptions<State>) {
    this.#options = options;
    this.isConflatable = options.isConflatable ?? (!options.initialSnapshot && options.isShared !== false);
    this.#isStale = options.initialSnapshot;
    this.#stop = options.changes.subscribe(options.topics, () => {
      this.#isStale = true;
      // A read that began before the notification may have missed the change.
      sharedReads.get(options.changes)?.clear();
      // A microtask, so that all streams that the notification wakes share one read.
      if (this.#pending) queueMicrotask(() => this.#proceed());
    });
  }

  next(): Promise<Step<State>> {
    return new Promise((resolve) => {
      this.#pending = resolve;
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

  /** Resolves the pending request if a state is there; otherwise reads, waits or ends. */
  #proceed(): void {
    if (!this.#pending || this.#isReading) return;
    const value = this.#found?.shift();
    if (this.#found?.length === 0) this.#found = null;
    if (value !== undefined) this.#settle({ value, done: false });
    else if (this.#isLast || this.#hasEnded) void this.return();
    else if (this.#isStale) void this.#read();
    else this.#waitForSignal();
  }

  #settle(step: Step<State> | Promise<Step<State>>): void {
    if (this.#recheck) clearTimeout(this.#recheck);
    this.#recheck = null;
    const taker = this.#pending;
    this.#pending = null;
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

  async #read(): Promise<void> {
    const { read, versionOf } = this.#options;
    this.#isStale = false;
    this.#isReading = true;
    try {
      const { states, isLast = false } = await this.#readShared(read);
      this.#isLast = isLast;
      for (const state of this.#hasEnded ? [] : states) {
        const version = versionOf?.(state) ?? null;
        if (version !== null && version === this.#lastVersion) continue;
        this.#lastVersion = version;
        (this.#found ??= []).push(state);
      }
    } catch (error) {
      const taker = this.#pending;
      this.#pending = null;
      if (taker) taker(this.throw(error));
      else void this.return();
    }
    this.#isReading = false;
    this.#proceed();
  }

  #readShared(read: LiveQueryOptions<State>['read']): Promise<Snapshot<State>> {
    const { changes, topics, isShared = true } = this.#options;
    if (!isShared) return read();
    let turn = sharedReads.get(changes);
    if (!turn) sharedReads.set(changes, (turn = new PerTickMemo()));
    return turn.get(topics.join(), read) as Promise<Snapshot<State>>;
  }
}

/** Whole seconds around a time, so that streams that began together do not read together. */
function spread(ms: number): number {
  return Math.ceil((ms * (0.75 + Math.random() / 2)) / 1_000) * 1_000;
}
