import { WebSocket } from 'ws';
import type { GatewayOptions } from '../src/options.js';
import type { RateLimits } from '../src/limits/rate-limit.js';
import { loginFields } from '../src/limits/rate-limit.js';
import type { ExecuteOptions, HttpAnswer, SmallGateway, SmallSubgraph } from './small-graph.js';
import { answerOf, short, startSmallGateway, verifyToken } from './small-graph.js';

const shop: SmallSubgraph = {
  sdl: `type Query { hello: String things(first: Int): [Thing] } type Thing { id: ID }
    type Mutation { login: String }`,
  resolvers: {
    Query: { hello: () => 'hello', things: () => [{ id: '1' }] },
    Mutation: { login: () => 'in' },
  },
};
const hello = '{ hello }';
const things = 'query ($n: Int) { things(first: $n) { id } }';
/** Of a request, of a document that is new, and of a plan that is new. */
const newOperation = 1 + 2 + 3;

let graph: SmallGateway;
afterEach(() => graph.gateway.close());

const limits = (some: Partial<RateLimits>): RateLimits => ({
  store: { kind: 'memory' },
  perMinute: 100,
  costPerPoint: 10,
  sensitivePerMinute: 3,
  sensitiveFields: loginFields,
  ...some,
});
/** Each user is called by their token: "Bearer of=<user>". */
const start = async (
  some: Partial<RateLimits> = {},
  options: Partial<GatewayOptions> = {},
): Promise<void> => {
  graph = await startSmallGateway(
    { shop },
    {
      trustedProxies: 1,
      rateLimits: limits(some),
      verifyToken: async (token) => {
        const identity = await verifyToken(token.startsWith('of=') ? 'valid=' : token);
        return { ...identity, userId: token };
      },
      ...options,
    },
  );
};
const from = (address: string, user?: string): Record<string, string> => ({
  'x-forwarded-for': address,
  ...(user !== undefined && { authorization: `Bearer of=${user}` }),
});
const execute = (
  query: string,
  headers: Record<string, string>,
  options: ExecuteOptions = {},
): Promise<HttpAnswer> => graph.execute(query, { ...options, headers });
const left = ({ headers }: HttpAnswer, name = 'requests'): number =>
  Number(new RegExp(`"${name}";r=(\\d+)`).exec(headers.get('ratelimit') ?? '')?.[1]);

describe('a request', () => {
  test('costs a point, and more where its operation is planned anew', async () => {
    await start();
    expect(left(await execute(hello, from('10.0.0.1')))).toBe(100 - newOperation);
    expect(left(await execute(hello, from('10.0.0.1')))).toBe(100 - newOperation - 1);
    expect(left(await execute(hello, from('10.0.0.2')))).toBe(99);
    // Callers with another grant have a plan of their own, of a document that is known.
    expect(left(await execute(hello, from('10.0.0.2', 'ada')))).toBe(100 - 1 - 3);
    expect(left(await execute(hello, from('10.0.0.2', 'ben')))).toBe(99);
  });

  test('costs more the more its operation may cost, whichever way it comes', async () => {
    await start();
    const variables = { n: 250 };
    await execute(things, from('10.0.0.9'), { variables });
    const cost = 1 + 25;
    expect(left(await execute(things, from('10.0.0.1'), { variables: { n: 9 } }))).toBe(99);
    expect(left(await execute(things, from('10.0.0.2'), { variables }))).toBe(100 - cost);
    const search = `?query=${encodeURIComponent(things)}&variables=${encodeURIComponent('{"n":250}')}`;
    const get = await fetch(`${graph.url}/graphql${search}`, {
      headers: { ...from('10.0.0.3'), 'apollo-require-preflight': '1' },
    });
    expect(left(await answerOf(get))).toBe(100 - cost);
    const events = await fetch(`${graph.url}/graphql${search}`, {
      headers: { ...from('10.0.0.4'), accept: 'text/event-stream' },
    });
    expect(left(await answerOf(events))).toBe(100 - cost);
  });

  test('without the points for it is not run', async () => {
    await start();
    await execute(things, from('10.0.0.9'), { variables: { n: 1 } });
    const received = graph.subgraphs['shop']?.requests;
    received?.splice(0);
    const refused = await execute(things, from('10.0.0.1'), { variables: { n: 1_000 } });
    expect([refused.status, ...short(refused.errors)]).toEqual([429, 'RATE_LIMITED -']);
    expect(Number(refused.headers.get('retry-after'))).toBe(refused.errors[0]?.extensions?.['retryAfter']);
    expect(received).toEqual([]);
    // So is what comes after it, before its body is read.
    expect((await graph.post('{', from('10.0.0.1'))).status).toBe(429);
    expect((await execute(hello, from('10.0.0.2'))).status).toBe(200);
  });

  test('with a document that is not valid, or no document, costs points too', async () => {
    await start();
    expect(left(await execute('{ nothing }', from('10.0.0.1')))).toBe(97);
    expect(left(await graph.post('{}', from('10.0.0.2')))).toBe(99);
    expect(left(await graph.post('{', from('10.0.0.3')))).toBe(99);
    const large = JSON.stringify({ query: hello, variables: { pad: 'x'.repeat(200_000) } });
    await execute(hello, from('10.0.0.4'));
    expect(left(await graph.post(large, from('10.0.0.5')))).toBe(95);
  });
});

describe('the users of one address', () => {
  const refusals = async (
    users: number,
    each: number,
    addressOf: (user: number) => string,
  ): Promise<number> => {
    let refused = 0;
    for (let user = 0; user < users; user += 1) {
      for (let turn = 0; turn < each; turn += 1) {
        const address = addressOf(user);
        const { status } = await execute(hello, from(address, `user-${user}-${address.slice(0, 6)}`));
        if (status === 429) refused += 1;
      }
    }
    return refused;
  };

  test('have a total of five times the points of one user', async () => {
    await start({ perMinute: 10 });
    await execute(hello, from('10.0.0.9', 'first'));
    const answer = await execute(hello, from('10.0.0.1', 'second'));
    expect(answer.headers.get('ratelimit-policy')).toBe('"requests";q=10;w=60, "address";q=50;w=60');
    expect([left(answer), left(answer, 'address')]).toEqual([9, 49]);
    // 49 of 60 requests, though each user has points left; of IPv6 a network is an address.
    expect(await refusals(6, 10, () => '10.0.0.1')).toBe(11);
    expect(await refusals(6, 10, (user) => `2001:db8:0:7::${user}`)).toBe(10);
    expect(await refusals(6, 10, (user) => `10.0.1.${user}`)).toBe(0);
    // Anonymous callers of the address are counted for themselves.
    expect((await execute(hello, from('10.0.0.1'))).status).toBe(200);
  });
});

describe('a WebSocket', () => {
  const connect = (params: Record<string, unknown>): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(graph.url.replace('http', 'ws') + '/graphql', 'graphql-transport-ws');
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: params })));
      socket.on('message', () => {
        socket.close();
        resolve(0);
      });
      socket.on('close', (code) => resolve(code));
      socket.on('error', () => resolve(-1));
    });

  test('costs a point, also with a token that is not valid', async () => {
    await start({ perMinute: 3 }, { trustedProxies: 0 });
    const codes: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) codes.push(await connect({ authorization: 'Bearer forged' }));
    expect(codes).toEqual([4403, 4403, 4403, 1013]);
    expect(await connect({})).toBe(1013);
  });
});

test('signing in to the queues is bounded like logins', async () => {
  const board = { handler: () => undefined, close: () => Promise.resolve() };
  await start({}, { queueBoard: board });
  const signIn = async (address: string): Promise<number> =>
    (
      await fetch(`${graph.url}/admin/queues/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...from(address) },
        body: '{"accessToken":"forged"}',
      })
    ).status;
  const statuses: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) statuses.push(await signIn('10.0.0.1'));
  expect(statuses).toEqual([401, 401, 401, 429]);
  expect(await signIn('10.0.0.2')).toBe(401);
  expect((await execute('mutation { login }', from('10.0.0.1'))).status).toBe(429);
});

describe('other endpoints', () => {
  const statusOf = async (path: string, address: string): Promise<number> =>
    (await fetch(`${graph.url}${path}`, { headers: from(address), redirect: 'manual' })).status;

  test('have limits of their own, for each address', async () => {
    let answered = 0;
    const router = (_request: unknown, response: { end: () => void }): void => {
      answered += 1;
      response.end();
    };
    await start({}, { routers: [{ path: '/.well-known/jwks.json', router: router as never }] });
    const statuses: number[] = [];
    for (let turn = 0; turn < 62; turn += 1) statuses.push(await statusOf('/metrics', '10.0.0.1'));
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.slice(60)).toEqual([429, 429]);
    expect(await statusOf('/metrics', '10.0.0.2')).toBe(200);
    const keys = await Promise.all(
      Array.from({ length: 310 }, () => statusOf('/.well-known/jwks.json', '10.0.0.1')),
    );
    expect(keys.filter((status) => status === 429)).toHaveLength(10);
    expect(answered).toBe(300);
    expect(await statusOf('/health/live', '10.0.0.1')).toBe(200);
  });

  test('are not limited where requests are not', async () => {
    graph = await startSmallGateway({ shop });
    for (let turn = 0; turn < 65; turn += 1) expect(await statusOf('/metrics', '10.0.0.1')).toBe(200);
  });

  test('probes of many are one probe of the subgraphs', async () => {
    await start();
    for (let turn = 0; turn < 20; turn += 1) await statusOf('/health/ready', '10.0.0.1');
    expect(graph.subgraphs['shop']?.requests.length).toBeLessThanOrEqual(3);
  });
});
