import { IntervalJob } from '../async/interval-job.js';
import type { Log } from '../log.js';
import type { ReadState, StateDefinition, StateItem, StatePage } from '../state.js';
import { observeReplica } from '../telemetry.js';

// Interval and timeout together keep the promise of 5 s: a page that misses a change by a hair and takes all its
// time, the interval, and one more such page.
const intervalMs = 2_000;
/** A copy whose last read began longer ago is not up to date. */
const freshMs = 5_000;
/** Least time between the beginnings of reads that change notifications cause. */
const notifiedGapMs = 200;

/** Owners may start at the same time as this process. */
const startPatienceMs = 30_000;

/** Where a replica reads changes. */
export interface StateSource<Item> {
  read: ReadState<Item>;
  /** Calls `changed` after each change notification of the owner, and returns a function that stops it. */
  observe?: ((changed: () => void) => () => void) | undefined;
}

/** Where a process reads the states of other subgraphs. */
export type StateSources = <State extends StateDefinition>(state: State) => StateSource<StateItem<State>>;

/** Where a replica stores its copy: in memory, or in the consumer's database. */
export interface ReplicaStore<Item> {
  /** The cursor up to which the copy is complete; null without a copy. */
  readCursor(): Promise<string | null> | string | null;
  /**
   * Stores a page's items and the cursor after them, together. Returns false and stores nothing where the copy has moved
   * on from `since`, the cursor that the page was read from: another process stores into the same copy.
   */
  apply(page: StatePage<Item>, since: string | null): Promise<boolean> | boolean;
}

/** A store that passes pages on and remembers the cursor of this process. */
export function memoryStore<Item>(apply: (page: StatePage<Item>) => void): ReplicaStore<Item> {
  let cursor: string | null = null;
  return {
    readCursor: () => cursor,
    apply: (page) => {
      apply(page);
      cursor = page.next;
      return true;
    },
  };
}

/** Which state a replica copies, for whom. */
export interface ReplicaLabels {
  /** The state's name. */
  state: string;
  /** The part of Souk that has the copy: "gateway", "catalog". */
  consumer: string;
}

/**
 * A copy of another subgraph's state, at most 5 s late while its owner answers. It polls every two seconds and reads
 * at once after a change notification, which may therefore be lost. While the owner is away it is the last known state.
 */
export class StateReplica<Item> {
  readonly #labels: ReplicaLabels;
  readonly #source: StateSource<Item>;
  readonly #store: ReplicaStore<Item>;
  readonly #log: Log;
  readonly #polling: IntervalJob;
  readonly #listeners = new Set<() => void>();
  #unobserve: (() => void) | null = null;
  #unmeasure: (() => void) | null = null;
  #firstRead: Promise<void> | null = null;
  #reading: Promise<void> | null = null;
  /** When the last read that succeeded began, by `performance.now()`. */
  #readAt: number | null = null;
  #beganAt = Number.NEGATIVE_INFINITY;
  #isNotified = false;
  #timer: NodeJS.Timeout | null = null;
  #isStarted = false;
  #startedAt = 0;
  #isFailing = false;
  #isClosed = false;

  /** @param labels for metrics and logs */
  constructor(labels: ReplicaLabels, source: StateSource<Item>, store: ReplicaStore<Item>, log: Log) {
    this.#labels = labels;
    this.#source = source;
    this.#store = store;
    this.#log = log;
    this.#polling = new IntervalJob(`replica of ${labels.state}`, intervalMs, () => this.#poll(), log);
  }

  /** Whether the owner has been read completely since the start. */
  get isKnown(): boolean {
    return this.#readAt !== null;
  }

  /** Whether the copy misses at most the changes of the last five seconds. */
  get isUpToDate(): boolean {
    return this.#readAt !== null && performance.now() - this.#readAt < freshMs;
  }

  /**
   * Reads the owner unless it has been read before, and polls from then on. Concurrent callers share the first read.
   * @throws when the first read fails; the next call repeats it
   */
  async ready(): Promise<void> {
    if (this.isKnown) return;
    this.#firstRead ??= this.#readFirst().finally(() => {
      this.#firstRead = null;
    });
    await this.#firstRead;
  }

  /**
   * Polls from now on, whether the owner answers or not. Resolves after the first attempt.
   */
  async start(): Promise<void> {
    this.#begin();
    // The polling reports failures.
    await this.#read().catch(() => undefined);
  }

  /** Calls `listener` whenever items were stored. @returns stops it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unobserve?.();
    this.#unmeasure?.();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#polling.stop();
    await this.#reading?.catch(() => undefined);
  }

  async #readFirst(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if (!this.#isFailing)
        this.#log.warn({ err: error, ...this.#labels }, 'a state could not be read from its owner');
      this.#isFailing = true;
      throw error;
    }
    this.#isFailing = false;
    this.#begin();
  }

  #begin(): void {
    if (this.#isStarted || this.#isClosed) return;
    this.#isStarted = true;
    this.#startedAt = performance.now();
    this.#unobserve = this.#source.observe?.(() => this.#notified()) ?? null;
    this.#unmeasure = observeReplica(this.#labels, () => this.isUpToDate);
    this.#polling.start();
  }

  /** Fails only when the owner had time to start: processes that start together wait for each other silently. */
  async #poll(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if (this.isKnown || performance.now() - this.#startedAt > startPatienceMs) throw error;
      this.#log.debug({ err: error, ...this.#labels }, 'the owner of a state does not answer yet');
    }
  }

  /** Reads after a change notification. One that arrives during a read causes one more: the read may have missed it. */
  #notified(): void {
    this.#isNotified = true;
    if (this.#reading || this.#timer || this.#isClosed) return;
    const waitMs = Math.max(0, this.#beganAt + notifiedGapMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // The polling reports failures.
      void this.#read().catch(() => undefined);
    }, waitMs).unref();
  }

  /** Reads all changes. Callers during a read share it. */
  #read(): Promise<void> {
    this.#reading ??= this.#readPages().finally(() => {
      this.#reading = null;
      if (this.#isNotified) this.#notified();
    });
    return this.#reading;
  }

  async #readPages(): Promise<void> {
    const beganAt = performance.now();
    this.#beganAt = beganAt;
    this.#isNotified = false;
    let more = true;
    let hasChanged = false;
    try {
      while (more) {
        const since = await this.#store.readCursor();
        const page = await this.#source.read(since);
        const isStored = await this.#store.apply(page, since);
        hasChanged ||= isStored && (page.items.length > 0 || page.covers !== undefined);
        // Another process may have stored an older page: only the next one shows whether the copy is complete.
        more = (page.more || !isStored) && !this.#isClosed;
      }
    } finally {
      // Pages before one that failed have been stored.
      if (hasChanged) for (const listener of this.#listeners) listener();
    }
    if (!this.#isClosed) this.#readAt = beganAt;
  }
}
