import { Redis } from 'ioredis';
import type { Log } from '../log.js';

/** A cached text. */
export interface CachedText {
  text: string;
  topics: readonly string[];
  /** Its age in milliseconds. */
  ageMs: number;
}

/** Texts cached in Redis, each until it expires or one of its topics changes. Calls fail at once, or time out. */
export interface RedisCache {
  /** Reads the entries of the keys, in their order, and the time of the read, which `set` needs. */
  get(keys: readonly string[]): Promise<{ moment: string; entries: (CachedText | null)[] }>;
  /** Stores a text that was read after `moment`, unless a topic has changed since, or there is no space. */
  set(key: string, text: CachedText & { moment: string; lifeMs: number }): Promise<boolean>;
  /** Invalidates the entries that depend on one of the topics; `*` invalidates all. */
  invalidate(topics: readonly string[]): Promise<void>;
  close(): void;
}

/** The cache's size, and the timeout of a call: 100 ms by default. */
export interface RedisCacheOptions {
  maxBytes: number;
  timeoutMs?: number;
}

/** The maximum lifetime of an entry: used space is counted in windows of this length. */
export const longestLifeMs = 300_000;

// All keys carry one hash tag, so that a cluster stores them on one node and a script may read several. Times are
// Redis's own microseconds: clocks of processes may differ. A topic's last change outlives all entries that may depend
// on it.
const prefix = '{souk-read-cache}';
const changeLifeS = (2 * longestLifeMs) / 1_000;

const now = `local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local function changed(topics, moment)
  local names = {'${prefix}:changed:*'}
  for topic in string.gmatch(topics, '[^,]+') do names[#names + 1] = '${prefix}:changed:' .. topic end
  for _, at in ipairs(redis.call('MGET', unpack(names))) do
    if at and tonumber(at) >= moment then return true end
  end
  return false
end
`;

const getScript = `${now}
local found = {string.format('%.0f', now)}
for i, key in ipairs(KEYS) do
  local f = redis.call('HMGET', key, 'text', 'topics', 'born', 'moment')
  if f[1] and not changed(f[2], tonumber(f[4])) then
    found[i + 1] = {f[1], f[2], math.floor((now - f[3]) / 1000)}
  else
    if f[1] then redis.call('DEL', key) end
    found[i + 1] = false
  end
end
return found`;

const setScript = `${now}
local text, topics, moment, age, life, max = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
if changed(topics, moment) then return 0 end
local window = math.floor(now / ${longestLifeMs * 1_000})
local this, last = '${prefix}:room:' .. window, '${prefix}:room:' .. (window - 1)
local size = #text + #topics + 300
local taken = (tonumber(redis.call('GET', this)) or 0) + (tonumber(redis.call('GET', last)) or 0)
if taken + size > max then return 0 end
redis.call('INCRBY', this, size)
redis.call('EXPIRE', this, ${changeLifeS})
redis.call('HSET', KEYS[1], 'text', text, 'topics', topics, 'born', string.format('%.0f', now - age * 1000), 'moment', ARGV[3])
redis.call('PEXPIRE', KEYS[1], life)
return 1`;

const invalidateScript = `${now}
for topic in string.gmatch(ARGV[1], '[^,]+') do
  redis.call('SET', '${prefix}:changed:' .. topic, string.format('%.0f', now), 'EX', ${changeLifeS})
end
return 1`;

/** Commands that ioredis makes of the scripts. */
interface Scripts {
  soukLook(count: number, ...keys: string[]): Promise<[string, ...(null | [string, string, number])[]]>;
  soukKeep(count: 1, key: string, ...values: (string | number)[]): Promise<number>;
  soukChange(count: 0, topics: string): Promise<number>;
}

/** Opens the cache. Redis may be unavailable: calls then fail at once. */
export function openRedisCache(url: string, options: RedisCacheOptions, log: Log): RedisCache {
  const client = new Redis(url, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    connectTimeout: 5_000,
    commandTimeout: options.timeoutMs ?? 100,
    retryStrategy: (tries) => Math.min(tries * 50, 1_000),
  });
  client.on('error', (error: Error) => log.debug({ err: error }, 'redis connection'));
  client.defineCommand('soukLook', { lua: getScript });
  client.defineCommand('soukKeep', { lua: setScript });
  client.defineCommand('soukChange', { lua: invalidateScript });
  const scripts = client as unknown as Scripts;
  const named = (key: string): string => `${prefix}:kept:${key}`;
  return {
    get: async (keys) => {
      const [moment, ...entries] = await scripts.soukLook(keys.length, ...keys.map(named));
      return {
        moment,
        entries: entries.map((found) => {
          if (!found) return null;
          const [text, topics, ageMs] = found;
          return { text, topics: topics === '' ? [] : topics.split(','), ageMs: Math.max(0, ageMs) };
        }),
      };
    },
    set: async (key, { text, topics, moment, ageMs, lifeMs }) => {
      const life = Math.min(longestLifeMs, lifeMs) - Math.round(ageMs);
      if (life <= 0) return false;
      const values = [text, topics.join(), moment, Math.round(ageMs), life, options.maxBytes];
      return (await scripts.soukKeep(1, named(key), ...values)) === 1;
    },
    invalidate: async (topics) => {
      await scripts.soukChange(0, topics.join());
    },
    close: () => client.disconnect(),
  };
}
