import { createLog } from '@souk/shared/log';
import type { RedisCache } from '@souk/shared/cache/redis-cache';
import { openRedisCache } from '@souk/shared/cache/redis-cache';
import { connectNotifications } from '@souk/shared/notifications/notification-connection';
import type { TestRedis } from '../../tests/support/redis.js';
import { redisAvailable, startRedis } from '../../tests/support/redis.js';
import { until } from '../../tests/support/until.js';
import { readCacheOn } from '../src/cache/cache-store.js';
import type { Stock } from './cached-graph.js';
import { startCachedShop, TestSignals } from './cached-graph.js';
import type { HttpAnswer } from './small-graph.js';

type CachedShop = Awaited<ReturnType<typeof startCachedShop>>;

const log = createLog('test', 'silent');
const maxBytes = 1_000_000;
const item = 'query ($id: ID!) { item(id: $id) { id title } }';
const one = { variables: { id: '1' } };

const status = ({ headers }: HttpAnswer): string | null => headers.get('cache-status');
const isHit = (answer: HttpAnswer): boolean => status(answer)?.startsWith('souk; hit') ?? false;

describe.each([
  ['in memory', true],
  [`on Redis${redisAvailable ? '' : ' (skipped: no redis-server on this machine)'}`, redisAvailable],
])('the read cache %s', (name, isAvailable) => {
  const suite = isAvailable ? describe : describe.skip;
  suite('', () => {
    let server: TestRedis | null = null;
    let redis: RedisCache | null = null;
    let signals: TestSignals;
    let stock: Stock;
    let graph: CachedShop;

    beforeAll(async () => {
      if (name !== 'in memory') server = await startRedis();
    });
    afterAll(() => server?.stop());
    beforeEach(async () => {
      signals = new TestSignals();
      stock = { title: 'Tea', topics: ['content:1'], isPrivate: false };
      redis = server ? openRedisCache(server.url, { maxBytes, timeoutMs: 2_000 }, log) : null;
      graph = await startCachedShop(stock, readCacheOn(redis, maxBytes, { shop: signals }));
      // The first synchronized listener drops the entries of earlier tests.
      await until('the cache to be sure', async () => {
        const answer = await graph.execute('{ items { id } }');
        return status(answer) === 'souk; fwd=uri-miss' || isHit(answer);
      });
    });
    afterEach(async () => {
      await graph.gateway.close(100);
      redis?.close();
    });

    /** Repeats the query until it is a hit: storing does not wait. */
    const cached = (
      query: string,
      options: Parameters<CachedShop['execute']>[1] = {},
    ): Promise<HttpAnswer> => {
      let last: HttpAnswer;
      return until('a hit', async () => isHit((last = await graph.execute(query, options)))).then(() => last);
    };
    const calls = (): number => graph.shop.requests.length;

    test('the second time no subgraph is called; the headers say so', async () => {
      const first = await graph.execute(item, one);
      expect(status(first)).toBe('souk; fwd=uri-miss');
      const hit = await cached(item, one);
      const before = calls();
      const again = await graph.execute(item, one);
      expect(calls()).toBe(before);
      expect(again.text).toBe(first.text);
      expect(hit.headers.get('cache-control')).toBe('public, max-age=60');
      expect(hit.headers.get('vary')).toBe('accept, authorization, accept-language, accept-encoding');
      expect(Number(hit.headers.get('age'))).toBeLessThan(10);
      expect(status(hit)).toMatch(/^souk; hit; ttl=\d+$/);
    });

    test('by the long way as by the short way', async () => {
      await cached(item, one);
      const long = await graph.execute(item, { ...one, headers: { accept: 'text/html, application/json' } });
      expect(isHit(long)).toBe(true);
      expect(long.data).toEqual({ item: { id: '1', title: 'Tea 1' } });
    });

    test('other variables, another language and another operation are other answers', async () => {
      await cached(item, one);
      expect(isHit(await graph.execute(item, { variables: { id: '2' } }))).toBe(false);
      expect(isHit(await graph.execute(item, { ...one, headers: { 'accept-language': 'de' } }))).toBe(false);
      expect(isHit(await graph.execute('{ item(id: "1") { title } }'))).toBe(false);
      expect(isHit(await graph.execute(item, { variables: { id: '1', other: 2 } }))).toBe(true);
    });

    test.each([
      ['a root field without a hint', '{ plain { id title } }'],
      ['a private field', '{ item(id: "1") { mine } }'],
      ["a field of another subgraph's", '{ item(id: "1") { title likes } }'],
      ['a field for some', '{ item(id: "1") { hidden } }'],
      ['a field for those who are known', '{ guarded { id } }'],
      ['an error', '{ broken { id } }'],
      ['the schema', '{ __schema { queryType { name } } item(id: "1") { id } }'],
    ])('%s is not cached', async (_what, query) => {
      for (let round = 0; round < 3; round += 1) {
        const answer = await graph.execute(query);
        expect([answer.headers.get('cache-control'), isHit(answer)]).toEqual([null, false]);
      }
    });

    test('authenticated callers neither receive nor store whole responses', async () => {
      await cached(item, one);
      const before = calls();
      const known = await graph.execute(item, { ...one, scopes: [] });
      expect([status(known), calls()]).toEqual([null, before + 1]);
      const other = { variables: { id: '7' } };
      await graph.execute(item, { ...other, scopes: [] });
      expect(isHit(await graph.execute(item, other))).toBe(false);
    });

    test('data that a subgraph marks as private is not cached', async () => {
      stock.isPrivate = true;
      for (let round = 0; round < 3; round += 1) {
        const answer = await graph.execute(item, one);
        expect([answer.headers.get('cache-control'), isHit(answer)]).toEqual([null, false]);
      }
    });

    test('a change invalidates its dependents only', async () => {
      await cached(item, one);
      stock.topics = ['content:2'];
      await cached(item, { variables: { id: '2' } });
      stock.title = 'Coffee';
      signals.publish(['content:1']);
      await until('the new title', async () => {
        const { data } = await graph.execute(item, one);
        return JSON.stringify(data).includes('Coffee');
      });
      expect((await cached(item, { variables: { id: '2' } })).data).toEqual({
        item: { id: '2', title: 'Tea 2' },
      });
    });

    test('data read before a change is not stored after it', async () => {
      const plain = graph.shop.answer;
      graph.shop.answer = async (request) => {
        const result = await plain(request);
        signals.publish(['content:1']);
        return result;
      };
      await graph.execute(item, one);
      graph.shop.answer = plain;
      expect(isHit(await graph.execute(item, one))).toBe(false);
    });

    test('while signals are not heard nothing is given, and nothing old afterwards', async () => {
      await cached(item, one);
      signals.lose();
      stock.title = 'Coffee';
      const lost = await graph.execute(item, one);
      expect([status(lost), lost.data]).toEqual([
        'souk; fwd=bypass',
        { item: { id: '1', title: 'Coffee 1' } },
      ]);
      signals.find();
      expect((await cached(item, one)).data).toEqual({ item: { id: '1', title: 'Coffee 1' } });
    });

    test('data with unknown change notifications is not cached', async () => {
      const deaf = await startCachedShop(stock, readCacheOn(null, maxBytes, {}));
      try {
        for (let round = 0; round < 3; round += 1) expect(isHit(await deaf.execute(item, one))).toBe(false);
        stock.topics = [];
        await deaf.execute(item, one);
        expect(isHit(await deaf.execute(item, one))).toBe(true);
      } finally {
        await deaf.gateway.close(100);
      }
    });

    test('the cost of a cached response is reported too, and not cached', async () => {
      await cached(item, one);
      const withCost = await graph.execute(item, { ...one, headers: { 'x-souk-cost': '1' } });
      expect(withCost.extensions).toEqual({ cost: { estimate: 1, actual: 1 } });
      expect((await graph.execute(item, one)).extensions).toBeUndefined();
    });

    describe('entities', () => {
      const liked = '{ liked { id title } }';
      const entities = (): number =>
        graph.shop.requests.filter(({ query }) => query.includes('_entities')).length;

      const warm = (): Promise<unknown> =>
        until('the entities to be cached', async () => {
          const before = entities();
          await graph.execute(liked, { scopes: [] });
          return entities() === before;
        });

      test('are cached for all callers, each by itself', async () => {
        await warm();
        const before = entities();
        const answers = [await graph.execute(liked), await graph.execute(liked, { scopes: ['see'] })];
        expect(entities()).toBe(before);
        for (const { data } of answers) {
          expect(data).toEqual({
            liked: ['1', '2', '1'].map((id) => ({ id, title: `Tea ${id}` })),
          });
        }
      });

      test('that are private are not cached', async () => {
        stock.isPrivate = true;
        await graph.execute(liked, { scopes: [] });
        const before = entities();
        await graph.execute(liked, { scopes: ['see'] });
        await graph.execute(liked);
        expect(entities()).toBe(before + 2);
      });

      test('with restricted or private fields are not cached', async () => {
        for (const field of ['hidden', 'mine']) {
          const query = `{ liked { ${field} } }`;
          await graph.execute(query, { scopes: ['see'] });
          const before = entities();
          await graph.execute(query, { scopes: ['see'] });
          expect(entities()).toBe(before + 1);
        }
        expect((await graph.execute('{ liked { hidden } }')).data).toEqual({
          liked: [{ hidden: null }, { hidden: null }, { hidden: null }],
        });
      });

      test('are dropped by changes', async () => {
        await warm();
        stock.title = 'Coffee';
        signals.publish(['content:1']);
        await until('the new title', async () => {
          const { data } = await graph.execute(liked, { scopes: [] });
          return JSON.stringify(data).includes('Coffee 1');
        });
      });

      test('users that have just written read fresh data', async () => {
        await warm();
        stock.title = 'Coffee';
        // For one second: a later query on a busy machine proves nothing.
        await until('an answer in time', async () => {
          const begun = performance.now();
          await graph.execute('mutation { touch { id } }', { scopes: [] });
          const { data } = await graph.execute(liked, { scopes: [] });
          if (performance.now() - begun > 1_000) return false;
          expect(JSON.stringify(data)).toContain('Coffee 1');
          return true;
        });
      });

      test('a mutation reads fresh data, not the cache', async () => {
        await warm();
        stock.title = 'Coffee';
        const { data } = await graph.execute('mutation { touch { title likes } }', { scopes: [] });
        expect(data).toEqual({ touch: { title: 'Coffee 1', likes: 5 } });
      });
    });
  });
});

(redisAvailable ? describe : describe.skip)('two gateways on one Redis', () => {
  test('share the cache and its invalidations; without Redis each answers by itself', async () => {
    const server = await startRedis();
    const stock: Stock = { title: 'Tea', topics: ['content:1'], isPrivate: false };
    const sender = connectNotifications({ redisUrl: server.url }, log);
    const open = async () => {
      const redis = openRedisCache(server.url, { maxBytes, timeoutMs: 2_000 }, log);
      const connection = connectNotifications({ redisUrl: server.url }, log);
      const graph = await startCachedShop(
        stock,
        readCacheOn(redis, maxBytes, { shop: connection.changes('shop') }),
      );
      return {
        graph,
        close: async () => {
          await graph.gateway.close(100);
          await connection.close();
          redis.close();
        },
      };
    };
    const [here, there] = [await open(), await open()];
    try {
      await until('a hit here', async () => isHit(await here.graph.execute(item, one)));
      await until('a hit there', async () => isHit(await there.graph.execute(item, one)));
      await here.graph.execute(item, one);
      await until('a hit there again', async () => {
        const before = there.graph.shop.requests.length;
        if (!isHit(await there.graph.execute(item, one))) return false;
        expect(there.graph.shop.requests.length).toBe(before);
        return true;
      });
      stock.title = 'Coffee';
      sender.changes('shop').publish(['content:1']);
      for (const { graph } of [here, there]) {
        await until('the new title', async () =>
          JSON.stringify((await graph.execute(item, one)).data).includes('Coffee'),
        );
      }
      await server.crash();
      stock.title = 'Cocoa';
      for (const { graph } of [here, there]) {
        await until('the title of now', async () =>
          JSON.stringify((await graph.execute(item, one)).data).includes('Cocoa'),
        );
        await until('hits again', async () => isHit(await graph.execute(item, one)));
      }
    } finally {
      await Promise.all([here.close(), there.close(), sender.close()]);
      await server.stop();
    }
  });
});
