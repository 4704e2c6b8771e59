import type { CachedText, RedisCache } from '@souk/shared/cache/redis-cache';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import { LRUCache } from 'lru-cache';
import { InvalidationLog } from './invalidation-log.js';

/** Found entries, and the version at which they were read, which `set` needs. */
export interface StoreLookup {
  moment: string;
  entries: (FoundText | null)[];
}

/** A cached text. */
export interface FoundText extends CachedText {
  /** The entry in memory that holds the text; left out where the text comes from another process. */
  owner?: object;
}

/** Stores cached texts. Operations fail fast when the store is unavailable. */
export interface ReadStore {
  /** The entries of the keys, in the order of the keys. */
  get(keys: readonly string[]): Promise<StoreLookup> | StoreLookup;
  /** Stores a text that was read after `moment`, unless one of its topics has changed since. */
  set(key: string, text: CachedText & { moment: string; lifeMs: number }): Promise<boolean> | boolean;
  /** Invalidates topics; `*` is all of them. */
  invalidate(topics: readonly string[]): Promise<void> | void;
}

/** A cache in Redis, shared by all gateways, or in this process. `signals` are the change notifications by subgraph. */
export function readCacheOn(
  redis: RedisCache | null,
  maxBytes: number,
  signals: ReadCacheOptions['signals'],
): ReadCacheOptions {
  return { store: redis ?? memoryStore(maxBytes), signals };
}

/** The change notifications of Souk's subgraphs that report the topics of public reads. */
export function signalsOfReads(signals: (name: string) => ChangeNotifications): ReadCacheOptions['signals'] {
  return Object.fromEntries(['account', 'catalog', 'social'].map((name) => [name, signals(name)]));
}

interface CacheEntry {
  text: string;
  topics: readonly string[];
  /** By `performance.now()`. */
  bornAt: number;
  endsAt: number;
  moment: number;
}

/** Stores texts in this process, up to a number of bytes. Evicts the least recently used. */
export function memoryStore(maxBytes: number): ReadStore {
  const cache = new LRUCache<string, CacheEntry>({ maxSize: maxBytes });
  const changes = new InvalidationLog();
  return {
    get: (keys) => {
      const now = performance.now();
      return {
        moment: String(changes.version),
        entries: keys.map((key) => {
          const found = cache.get(key);
          if (!found) return null;
          if (found.endsAt > now && changes.isCurrent(found.moment, found.topics)) {
            return { text: found.text, topics: found.topics, ageMs: now - found.bornAt, owner: found };
          }
          cache.delete(key);
          return null;
        }),
      };
    },
    set: (key, { text, topics, ageMs, moment, lifeMs }) => {
      if (lifeMs <= ageMs || !changes.isCurrent(Number(moment), topics)) return false;
      const bornAt = performance.now() - ageMs;
      // Two bytes a character: most texts take one, and their compressed forms fit into the rest.
      const bytes = 300 + key.length + 2 * text.length + topics.reduce((sum, topic) => sum + topic.length, 0);
      cache.set(
        key,
        { text, topics, bornAt, endsAt: bornAt + lifeMs, moment: Number(moment) },
        { size: bytes },
      );
      return true;
    },
    invalidate: (topics) => {
      if (topics.includes('*')) changes.recordAll();
      else changes.record(topics);
    },
  };
}

/** Dependencies of the read cache. */
export interface ReadCacheOptions {
  store: ReadStore;
  /** Change notifications by subgraph. Data of other subgraphs that depends on topics is not cached. */
  signals: Readonly<Record<string, ChangeNotifications>>;
}
