import type { CachedText, RedisCache } from '@souk/shared/cache/redis-cache';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import { SizedCache } from './sized-cache.js';
import { InvalidationLog } from './invalidation-log.js';

/** What was found, and the moment of looking, to be handed to `keep`. */
export interface Looked {
  moment: string;
  kept: (CachedText | null)[];
}

/** Where texts are kept. What it cannot do is an error at once, or in time. */
export interface ReadStore {
  /** What is kept under the keys, in their order. */
  get(keys: readonly string[]): Promise<Looked> | Looked;
  /** Keeps what was read after the moment, unless a topic has changed since. */
  set(key: string, text: CachedText & { moment: string; lifeMs: number }): Promise<boolean> | boolean;
  /** Says that topics have changed; `*` is everything. */
  invalidate(topics: readonly string[]): Promise<void> | void;
}

/** A cache in Redis, for all gateways together, or of this process alone. `signals`: of subgraphs that say what changed. */
export function readCacheOn(
  redis: RedisCache | null,
  maxBytes: number,
  signals: ReadCacheOptions['signals'],
): ReadCacheOptions {
  return { store: redis ?? memoryStore(maxBytes), signals };
}

/** The channels of Souk's subgraphs that have public reads, and say what they were read from. */
export function signalsOfReads(signals: (name: string) => ChangeNotifications): ReadCacheOptions['signals'] {
  return Object.fromEntries(['account', 'catalog', 'social'].map((name) => [name, signals(name)]));
}

interface Kept {
  text: string;
  topics: readonly string[];
  /** By `performance.now()`. */
  bornAt: number;
  endsAt: number;
  moment: number;
}

/** Keeps in this process, up to a number of bytes; what was used longest ago makes room. */
export function memoryStore(maxBytes: number): ReadStore {
  const kept = new SizedCache<Kept>(maxBytes);
  const changes = new InvalidationLog();
  return {
    get: (keys) => {
      const now = performance.now();
      return {
        moment: String(changes.version),
        kept: keys.map((key) => {
          const found = kept.get(key);
          if (!found) return null;
          if (found.endsAt > now && changes.isCurrent(found.moment, found.topics)) {
            return { text: found.text, topics: found.topics, ageMs: now - found.bornAt };
          }
          kept.delete(key);
          return null;
        }),
      };
    },
    set: (key, { text, topics, ageMs, moment, lifeMs }) => {
      if (lifeMs <= ageMs || !changes.isCurrent(Number(moment), topics)) return false;
      const bornAt = performance.now() - ageMs;
      const bytes = 300 + key.length + 2 * text.length + topics.reduce((sum, topic) => sum + topic.length, 0);
      kept.set(key, { text, topics, bornAt, endsAt: bornAt + lifeMs, moment: Number(moment) }, bytes);
      return true;
    },
    invalidate: (topics) => {
      if (topics.includes('*')) changes.recordAll();
      else changes.record(topics);
    },
  };
}

/** What a cache of public reads is made of. */
export interface ReadCacheOptions {
  store: ReadStore;
  /** By subgraph, where it says what changed. What a subgraph without them says that depends on changes is not kept. */
  signals: Readonly<Record<string, ChangeNotifications>>;
}
