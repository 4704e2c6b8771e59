import { ensureDatabase } from '@souk/shared/postgres';
import type { Log } from '@souk/shared/log';
import { openRedis } from '@souk/shared/redis';
import { Pool } from 'pg';
import type { TestRedis } from '../../../tests/support/redis.js';
import { redisAvailable, startRedis } from '../../../tests/support/redis.js';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';
import { until } from '../../../tests/support/until.js';
import { loginFields, rateLimit } from '../../src/limits/rate-limit.js';
import type { RateStore } from '../../src/limits/request-counter.js';
import { RequestCounter } from '../../src/limits/request-counter.js';
import type { SmallGateway, SmallSubgraph } from '../small-graph.js';
import { short, startSmallGateway } from '../small-graph.js';

const account: SmallSubgraph = {
  sdl: 'type Query { hello: String! } type Mutation { login: String write: Int }',
  resolvers: { Query: { hello: () => 'hello' }, Mutation: { login: () => 'in', write: () => 1 } },
};

/** Keeps what is logged. */
function listening(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const note = (_about: unknown, message: string): void => void lines.push(message);
  return { log: { warn: note, info: note, debug: () => undefined } as unknown as Log, lines };
}

interface Opened {
  store: RateStore;
  close(): Promise<void>;
}

/** Two processes on one store: each has a connection of its own. */
interface Place {
  open(timeoutMs: number): Opened;
  /** Takes the store away, and brings it back. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  remove(): Promise<void>;
}

const { log: silent } = listening();

/** A busy machine is no store that hangs. */
const patienceMs = 5_000;
const shortMs = 500;

function redisAt(url: string, timeoutMs: number): Opened {
  const redis = openRedis(url, silent, timeoutMs);
  return {
    store: { kind: 'redis', client: redis.client },
    close: () => {
      redis.close();
      return Promise.resolve();
    },
  };
}

function postgresAt(url: string, timeoutMs: number): Opened {
  const client = new Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on('error', () => undefined);
  return { store: { kind: 'postgres', client }, close: () => client.end() };
}

async function onRedis(): Promise<Place> {
  const server: TestRedis = await startRedis();
  return {
    open: (timeoutMs) => redisAt(server.url, timeoutMs),
    // It hangs: the worst way to be away.
    leave: () => Promise.resolve(void process.kill(server.pid, 'SIGSTOP')),
    comeBack: () => Promise.resolve(void process.kill(server.pid, 'SIGCONT')),
    remove: () => server.stop(),
  };
}

async function onPostgres(): Promise<Place> {
  const url = freshDatabaseUrl('rates');
  await ensureDatabase(url);
  const keeper = new Pool({ connectionString: url, max: 1 });
  const holding = await keeper.connect();
  return {
    open: (timeoutMs) => postgresAt(url, timeoutMs),
    // Its table is locked: queries wait.
    leave: async () => {
      await holding.query('BEGIN');
      await holding.query('LOCK TABLE gateway_rate_limits IN ACCESS EXCLUSIVE MODE');
    },
    comeBack: async () => {
      await holding.query('ROLLBACK');
    },
    remove: async () => {
      holding.release();
      await keeper.end();
    },
  };
}

describe.each([
  ['Redis', onRedis, redisAvailable],
  ['PostgreSQL', onPostgres, true],
] as const)('requests counted in %s', (name, placeOf, isAvailable) => {
  (isAvailable ? describe : describe.skip)(isAvailable ? '' : '(skipped: no redis-server)', () => {
    let place: Place;
    const opened: Opened[] = [];
    const gateways: SmallGateway[] = [];

    beforeAll(async () => {
      place = await placeOf();
    });
    afterEach(async () => {
      await Promise.all(gateways.splice(0).map(({ gateway }) => gateway.close(100)));
      await Promise.all(opened.splice(0).map((one) => one.close()));
    });
    afterAll(() => place.remove());

    const open = (timeoutMs = patienceMs): Opened => {
      const one = place.open(timeoutMs);
      opened.push(one);
      return one;
    };
    /** Addresses come from X-Forwarded-For, so that each test has its own. */
    const gateway = async (perMinute: number, sensitivePerMinute: number): Promise<SmallGateway> => {
      const one = await startSmallGateway(
        { account },
        {
          trustedProxies: 1,
          rateLimits: { store: open().store, perMinute, sensitivePerMinute, sensitiveFields: loginFields },
        },
      );
      gateways.push(one);
      return one;
    };
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

    /** Two that count together: their connections, and the table, are made behind the scenes. */
    const pair = async (perMinute: number, sensitivePerMinute: number): Promise<SmallGateway[]> => {
      const both = [
        await gateway(perMinute, sensitivePerMinute),
        await gateway(perMinute, sensitivePerMinute),
      ];
      let tries = 0;
      await until('both to count together', async () => {
        const caller = from(`10.9.9.${(tries += 1)}`);
        let refused = 0;
        for (let turn = 0; turn <= sensitivePerMinute; turn += 1) {
          const one = both[turn % 2];
          if ((await one?.execute('mutation { login }', caller))?.status === 429) refused += 1;
        }
        return refused === 1;
      });
      // Points have a counter of their own, which may have opened its table later.
      await until('both to count points together', async () => {
        const left: number[] = [];
        tries += 1;
        for (const [turn, one] of both.entries())
          await one.execute('{ hello }', from(`10.9.${turn}.${tries}`));
        for (const one of both) {
          const { headers } = await one.execute('{ hello }', from(`10.9.7.${tries}`));
          left.push(Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
        }
        return (left[1] ?? 0) < (left[0] ?? 0);
      });
      return both;
    };

    test('two gateways share the count, and report it', async () => {
      const both = await pair(6, 4);
      const left: number[] = [];
      // To plan an operation costs points as well.
      for (const [turn, one] of both.entries()) await one.execute('{ hello }', from(`10.0.0.${turn + 8}`));
      for (const one of [...both, ...both, ...both]) {
        const answer = await one.execute('{ hello }', from('10.0.0.1'));
        expect(answer.status).toBe(200);
        expect(answer.headers.get('ratelimit-policy')).toBe('"requests";q=6;w=60');
        left.push(Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]));
      }
      expect(left).toEqual([5, 4, 3, 2, 1, 0]);
      const [here, there] = both as [SmallGateway, SmallGateway];
      for (const one of both) {
        const refused = await one.execute('{ hello }', from('10.0.0.1'));
        expect([refused.status, ...short(refused.errors)]).toEqual([429, 'RATE_LIMITED -']);
        const retryAfter = Number(refused.headers.get('retry-after'));
        expect(retryAfter).toBeGreaterThan(0);
        expect(retryAfter).toBeLessThanOrEqual(60);
        expect(refused.errors[0]?.extensions?.['retryAfter']).toBe(retryAfter);
        expect(refused.headers.get('ratelimit')).toMatch(/^"requests";r=0;t=\d+$/);
      }
      // Another address, and a user from this one, are counted for themselves.
      expect((await here.execute('{ hello }', from('10.0.0.2'))).status).toBe(200);
      expect((await there.execute('{ hello }', { ...from('10.0.0.1'), scopes: [] })).status).toBe(200);
    });

    test('fields that take a secret have a lower limit together, for all callers and aliases', async () => {
      const [here, there] = (await pair(100, 3)) as [SmallGateway, SmallGateway];
      const caller = from('10.0.1.1');
      expect((await here.execute('mutation { login }', caller)).data).toEqual({ login: 'in' });
      expect((await there.execute('mutation { a: login b: login }', caller)).data).toEqual({
        a: 'in',
        b: 'in',
      });
      for (const one of [here, there]) {
        // The first sight of an operation goes another way than the second.
        for (let turn = 0; turn < 2; turn += 1) {
          const guess = await one.execute('mutation { ...F } fragment F on Mutation { login }', {
            ...caller,
            scopes: [],
          });
          expect([guess.status, ...short(guess.errors)]).toEqual([429, 'RATE_LIMITED -']);
          expect(Number(guess.headers.get('retry-after'))).toBeGreaterThan(0);
        }
        expect((await one.execute('mutation { write }', caller)).data).toEqual({ write: 1 });
      }
      expect((await here.execute('mutation { login }', from('10.0.1.2'))).data).toEqual({ login: 'in' });
    });

    test('more or fewer points apply at once, also to a caller who was refused', async () => {
      let perMinute = 3;
      const { log, lines } = listening();
      const limits = rateLimit(
        { store: open().store, perMinute, sensitivePerMinute: 1, sensitiveFields: loginFields },
        log,
        () => perMinute,
      );
      await until('the store to count', async () => {
        await limits.charge(null, crypto.randomUUID(), null)?.settle();
        return !lines.at(-1)?.includes('unavailable');
      });
      const spend = async (times: number): Promise<string[]> => {
        const outcomes: string[] = [];
        for (let turn = 0; turn < times; turn += 1) {
          const refused = await limits.charge(null, '10.0.3.1', null)?.settle();
          outcomes.push(refused ? 'refused' : 'admitted');
        }
        return outcomes;
      };
      expect((await spend(4)).at(-1)).toBe('refused');
      perMinute = 7;
      expect(await spend(1)).toEqual(['admitted']);
      perMinute = 2;
      expect(await spend(1)).toEqual(['refused']);
    });

    test('while the store hangs each gateway counts by itself, and says so once', async () => {
      const { log, lines } = listening();
      const limits = rateLimit(
        { store: open(shortMs).store, perMinute: 3, sensitivePerMinute: 1, sensitiveFields: loginFields },
        log,
      );
      await until('the store to count', async () => {
        await limits.charge(null, crypto.randomUUID(), null)?.settle();
        return !lines.at(-1)?.includes('unavailable');
      });
      lines.length = 0;
      await place.leave();
      try {
        const begun = performance.now();
        const outcomes: (string | null)[] = [];
        for (let turn = 0; turn < 5; turn += 1) {
          const refused = await limits.charge(null, '10.0.2.1', null)?.settle();
          outcomes.push(refused ? String(refused.extensions['code']) : null);
        }
        expect(outcomes).toEqual([null, null, null, 'RATE_LIMITED', 'RATE_LIMITED']);
        expect(performance.now() - begun).toBeLessThan(10_000);
        expect(lines).toEqual(['rate limit store unavailable: each gateway counts by itself']);
      } finally {
        await place.comeBack();
      }
      await until('the store to be back', async () => {
        await limits.charge(null, crypto.randomUUID(), null)?.settle();
        return lines.includes('rate limit store available again');
      });
      expect(lines).toHaveLength(2);
    });

    test('a gateway may start before its store', async () => {
      const away =
        name === 'Redis'
          ? redisAt('redis://127.0.0.1:1', shortMs)
          : postgresAt('postgresql://127.0.0.1:1/none', shortMs);
      opened.push(away);
      const { log, lines } = listening();
      const counter = new RequestCounter(
        { store: away.store, keyPrefix: 'away', points: 2, seconds: 60 },
        log,
      );
      const left: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) left.push((await counter.spend('key', 1)).remainingPoints);
      expect(left).toEqual([1, 0, -1]);
      expect(lines).toEqual(['rate limit store unavailable: each gateway counts by itself']);
    });
  });
});
