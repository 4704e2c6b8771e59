import type { Log } from '@souk/shared/log';
import type { CachedText } from '@souk/shared/cache/redis-cache';
import { cacheEvents } from '@souk/shared/telemetry';
import { InvalidationLog } from './invalidation-log.js';
import { InvalidationListener } from './invalidation-listener.js';
import type { FoundText, ReadCacheOptions, ReadStore } from './cache-store.js';

/** The kinds of cached values: whole responses, and single entities. */
export type Kind = 'answer' | 'entity';

/** The result of a lookup. */
export interface CacheLookup {
  entries: (FoundText | null)[];
  /** Stores data that was read since the lookup. Does not wait, and ignores failures. */
  set(key: string, text: CachedText, lifeS: number): void;
}

const maxTopics = 500;
const maxTextLength = 1_000_000;

/**
 * Caches public reads until they expire or one of their topics changes. While notifications may have been missed,
 * nothing is stored and nothing returned (docs/decisions/0026).
 */
export class ReadCache {
  readonly #store: ReadStore;
  readonly #listeners: readonly InvalidationListener[];
  readonly #subgraphs: ReadonlySet<string>;
  readonly #invalidations = new InvalidationLog();
  readonly #log: Log;

  constructor({ store, signals }: ReadCacheOptions, log: Log) {
    this.#store = store;
    this.#log = log;
    this.#subgraphs = new Set(Object.keys(signals));
    this.#listeners = Object.entries(signals).map(
      ([subgraph, channel]) => new InvalidationListener(subgraph, channel, (topics) => this.#change(topics)),
    );
  }

  /** Whether the cache receives the change notifications of a subgraph. */
  listensTo(subgraph: string): boolean {
    return this.#subgraphs.has(subgraph);
  }

  /** Looks the keys up. Null while the cache is unavailable. */
  async get(kind: Kind, keys: readonly string[]): Promise<CacheLookup | null> {
    if (!this.#isSynced()) {
      cacheEvents.labels(kind, 'unsure').inc();
      return null;
    }
    const local = this.#invalidations.version;
    try {
      const { moment, entries } = await this.#store.get(keys);
      // The connection may have been lost during the lookup.
      if (!this.#isSynced()) return null;
      const hits = entries.filter((found) => found !== null).length;
      if (hits > 0) cacheEvents.labels(kind, 'hit').inc(hits);
      if (hits < entries.length) cacheEvents.labels(kind, 'miss').inc(entries.length - hits);
      return {
        entries,
        set: (key, text, lifeS) => {
          if (!this.#invalidations.isCurrent(local, text.topics) || !this.#isSynced()) return;
          if (text.topics.length > maxTopics || text.text.length > maxTextLength) return;
          void this.#keep(kind, key, { ...text, moment, lifeMs: lifeS * 1_000 });
        },
      };
    } catch (error) {
      cacheEvents.labels(kind, 'failed').inc();
      this.#log.debug({ err: error }, 'read cache lookup failed');
      return null;
    }
  }

  close(): void {
    for (const listener of this.#listeners) listener.close();
  }

  #isSynced(): boolean {
    return this.#listeners.every((listener) => listener.isSynced);
  }

  async #keep(kind: Kind, key: string, text: Parameters<ReadStore['set']>[1]): Promise<void> {
    try {
      const isStored = await this.#store.set(key, text);
      cacheEvents.labels(kind, isStored ? 'stored' : 'refused').inc();
    } catch (error) {
      cacheEvents.labels(kind, 'failed').inc();
      this.#log.debug({ err: error }, 'read cache lookup failed');
    }
  }

  async #change(topics: readonly string[]): Promise<void> {
    if (topics.includes('*')) this.#invalidations.recordAll();
    else this.#invalidations.record(topics);
    cacheEvents.labels('topic', 'dropped').inc(topics.length);
    await this.#store.invalidate(topics);
  }
}
