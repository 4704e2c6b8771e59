import type { Log } from '@souk/shared/log';
import type { CachedText } from '@souk/shared/cache/redis-cache';
import { cacheEvents } from '@souk/shared/telemetry';
import { InvalidationLog } from './invalidation-log.js';
import { InvalidationListener } from './invalidation-listener.js';
import type { ReadCacheOptions, ReadStore } from './cache-store.js';

/** What is kept: whole answers, or entities as a subgraph told them. */
export type Kind = 'answer' | 'entity';

/** A moment at which the cache was looked at. */
export interface CacheLookup {
  entries: (CachedText | null)[];
  /** Keeps what was read since; at once, and whatever comes of it. */
  set(key: string, text: CachedText, lifeS: number): void;
}

const maxTopics = 500;
const maxTextLength = 1_000_000;

/**
 * Public reads, kept until their time is over or something that they were read from changes. While nobody knows what has
 * changed nothing is kept and nothing given (docs/decisions/0026).
 */
export class ReadCache {
  readonly #store: ReadStore;
  readonly #hearings: readonly InvalidationListener[];
  readonly #heard: ReadonlySet<string>;
  readonly #changes = new InvalidationLog();
  readonly #log: Log;

  constructor({ store, signals }: ReadCacheOptions, log: Log) {
    this.#store = store;
    this.#log = log;
    this.#heard = new Set(Object.keys(signals));
    this.#hearings = Object.entries(signals).map(
      ([subgraph, channel]) => new InvalidationListener(subgraph, channel, (topics) => this.#change(topics)),
    );
  }

  /** Whether a subgraph's changes are heard of. */
  listensTo(subgraph: string): boolean {
    return this.#heard.has(subgraph);
  }

  /** Looks for what is kept under the keys. Null where the cache is of no use at the moment. */
  async get(kind: Kind, keys: readonly string[]): Promise<CacheLookup | null> {
    if (!this.#isSure()) {
      cacheEvents.inc({ kind, event: 'unsure' });
      return null;
    }
    const local = this.#changes.version;
    try {
      const { moment, kept } = await this.#store.get(keys);
      // It may have been lost while Redis was asked.
      if (!this.#isSure()) return null;
      const hits = kept.filter((found) => found !== null).length;
      if (hits > 0) cacheEvents.inc({ kind, event: 'hit' }, hits);
      if (hits < kept.length) cacheEvents.inc({ kind, event: 'miss' }, kept.length - hits);
      return {
        entries: kept,
        set: (key, text, lifeS) => {
          if (!this.#changes.isCurrent(local, text.topics) || !this.#isSure()) return;
          if (text.topics.length > maxTopics || text.text.length > maxTextLength) return;
          void this.#keep(kind, key, { ...text, moment, lifeMs: lifeS * 1_000 });
        },
      };
    } catch (error) {
      cacheEvents.inc({ kind, event: 'failed' });
      this.#log.debug({ err: error }, 'the read cache did not answer');
      return null;
    }
  }

  close(): void {
    for (const hearing of this.#hearings) hearing.close();
  }

  #isSure(): boolean {
    return this.#hearings.every((hearing) => hearing.isSynced);
  }

  async #keep(kind: Kind, key: string, text: Parameters<ReadStore['set']>[1]): Promise<void> {
    try {
      const isKept = await this.#store.set(key, text);
      cacheEvents.inc({ kind, event: isKept ? 'stored' : 'refused' });
    } catch (error) {
      cacheEvents.inc({ kind, event: 'failed' });
      this.#log.debug({ err: error }, 'the read cache did not answer');
    }
  }

  async #change(topics: readonly string[]): Promise<void> {
    if (topics.includes('*')) this.#changes.recordAll();
    else this.#changes.record(topics);
    cacheEvents.inc({ kind: 'topic', event: 'dropped' }, topics.length);
    await this.#store.invalidate(topics);
  }
}
