import { loginFields } from '../src/limits/rate-limit.js';
import { account } from './account-subgraphs.js';
import { short, startSmallGateway } from './small-graph.js';

describe('rate limits', () => {
  test('too many requests, and fewer of those that guess', async () => {
    const graph = await startSmallGateway(
      { account },
      {
        rateLimits: {
          store: { kind: 'memory' },
          perMinute: 23,
          sensitivePerMinute: 2,
          sensitiveFields: loginFields,
        },
      },
    );
    try {
      const first = await graph.execute('{ hello }');
      expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=23;w=60');
      // One for the request, 5 for an operation that is planned anew.
      expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=17;t=(59|60)$/);
      expect((await graph.execute('mutation { a: login b: login }')).data).toEqual({ a: 'in', b: 'in' });
      const guess = await graph.execute('mutation { ...f } fragment f on Mutation { login }');
      expect([guess.status, ...short(guess.errors)]).toEqual([429, 'RATE_LIMITED -']);
      expect(guess.errors[0]?.extensions?.['retryAfter']).toEqual(expect.any(Number));
      for (let left = 5; left > 0; left -= 1) expect((await graph.execute('{ hello }')).status).toBe(200);
      const refused = await graph.execute('{ hello }');
      expect([refused.status, ...short(refused.errors)]).toEqual([429, 'RATE_LIMITED -']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      // Users are counted for themselves.
      expect((await graph.execute('{ hello }', { scopes: [] })).status).toBe(200);
    } finally {
      await graph.gateway.close();
    }
  });

  test('too many requests with tokens that are not valid, or from addresses of one network', async () => {
    const perMinute = 6;
    const graph = await startSmallGateway(
      { account },
      {
        trustedProxies: 1,
        rateLimits: {
          store: { kind: 'memory' },
          perMinute,
          sensitivePerMinute: 2,
          sensitiveFields: loginFields,
        },
      },
    );
    const statuses = async (
      requests: readonly Record<string, string>[],
      query = '{ hello }',
    ): Promise<number[]> => {
      const seen: number[] = [];
      for (const headers of requests) seen.push((await graph.execute(query, { headers })).status);
      return seen;
    };
    const from = (...addresses: string[]): Record<string, string>[] =>
      addresses.map((address) => ({ 'x-forwarded-for': address }));
    try {
      // Another client has both operations planned.
      await statuses(from('10.0.0.1'));
      await statuses(from('10.0.0.2'), 'mutation { login }');
      const forged = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((token) => ({
        authorization: `Bearer ${token}`,
      }));
      expect(await statuses(forged)).toEqual([...new Array<number>(6).fill(401), 429]);
      const network = from(
        '2001:db8:0:7::1',
        '2001:DB8:0:7:ffff::2',
        '2001:db8::7:0:0:0:3',
        '2001:0db8:0:0007::4',
      );
      expect(await statuses([...network, ...network])).toEqual([
        ...new Array<number>(6).fill(200),
        ...new Array<number>(2).fill(429),
      ]);
      expect(await statuses(from('2001:db8:0:8::1', '::1', '::', '2001:db8::8', '1.2.3.4'))).toEqual(
        new Array(5).fill(200),
      );
      const mapped = from(
        '::ffff:198.51.100.1',
        '198.51.100.1:4711',
        '::FFFF:c633:6401',
        '"[::ffff:198.51.100.1]:4711"',
      );
      expect(await statuses([...mapped, ...mapped])).toEqual([
        ...new Array<number>(6).fill(200),
        ...new Array<number>(2).fill(429),
      ]);
      // Values that are no address count for the connection's own, which the forged tokens have used up.
      expect(await statuses(from('junk', '_hidden', '1.2.3.4.5'))).toEqual([429, 429, 429]);
      const guesses = from('2001:db8:0:9::1', '2001:db8:0:9::2', '2001:db8:0:9::3');
      expect(await statuses(guesses, 'mutation { login }')).toEqual([200, 200, 429]);
    } finally {
      await graph.gateway.close();
    }
  });
});
