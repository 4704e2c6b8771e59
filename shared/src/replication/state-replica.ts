import { IntervalJob } from '../async/interval-job.js';
import type { Log } from '../log.js';
import type { ReadState } from '../state.js';

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

/** Where a replica stores its copy: in memory, or in the consumer's database. */
export interface ReplicaStore<Item> {
  /** The cursor up to which the copy is complete; null without a copy. */
  readCursor(): Promise<string | null> | string | null;
  /** Stores items and the cursor after them, together. `since` is the cursor that the items were read from. */
  apply(items: readonly Item[], cursor: { since: string | null; next: string }): Promise<void> | void;
}

/** A store that passes items on and remembers the cursor of this process. */
export function memoryStore<Item>(apply: (items: readonly Item[]) => void): ReplicaStore<Item> {
  let cursor: string | null = null;
  return {
    readCursor: () => cursor,
    apply: (items, { next }) => {
      apply(items);
      cursor = next;
    },
  };
}

/**
 * A copy of another subgraph's state, at most 5 s late while its owner answers. It polls every two seconds and reads
 * at once after a change notification, which may therefore be lost. While the owner is away it is the last known state.
 */
export class StateReplica<Item> {
  readonly #name: string;
  readonly #source: StateSource<Item>;
  readonly #store: ReplicaStore<Item>;
  readonly #log: Log;
  readonly #polling: IntervalJob;
  readonly #listeners = new Set<() => void>();
  #unobserve: (() => void) | null = null;
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

  /** @param name for logs: "ended sessions" */
  constructor(name: string, source: StateSource<Item>, store: ReplicaStore<Item>, log: Log) {
    this.#name = name;
    this.#source = source;
    this.#store = store;
    this.#log = log;
    this.#polling = new IntervalJob(name, intervalMs, () => this.#poll(), log);
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
    if (this.#timer) clearTimeout(this.#timer);
    await this.#polling.stop();
    await this.#reading?.catch(() => undefined);
  }

  async #readFirst(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if (!this.#isFailing)
        this.#log.warn({ err: error }, `${this.#name} could not be read from their owner`);
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
    this.#polling.start();
  }

  /** Fails only when the owner had time to start: processes that start together wait for each other silently. */
  async #poll(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if (this.isKnown || performance.now() - this.#startedAt > startPatienceMs) throw error;
      this.#log.debug({ err: error, state: this.#name }, 'the owner of a state does not answer yet');
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
        await this.#store.apply(page.items, { since, next: page.next });
        hasChanged ||= page.items.length > 0;
        more = page.more && !this.#isClosed;
      }
    } finally {
      // Pages before one that failed have been stored.
      if (hasChanged) for (const listener of this.#listeners) listener();
    }
    if (!this.#isClosed) this.#readAt = beganAt;
  }
}
