import { until } from '../../tests/support/until.js';
import { memoryStore } from '../src/cache/cache-store.js';
import { withHints } from './cached-graph.js';
import { RawSubgraph } from './raw-subgraph.js';
import type { ExecuteOptions, HttpAnswer, SmallGateway, SmallSubgraph } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const shop: SmallSubgraph = {
  sdl: `${withHints}
    type Query { item(id: ID): Item @cacheControl(maxAge: 60) free: Item other: Item @cacheControl(maxAge: 40) }
    type Subscription { item: Item }
    type Item @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! title: String @cacheControl(inheritMaxAge: true) }`,
};
const lists: SmallSubgraph = {
  sdl: 'type Query { liked: [Item] } type Item @key(fields: "id") { id: ID! }',
};

describe('what a subgraph says of its answer', () => {
  let headers: Record<string, string> = {};
  let version = 0;
  let id = 0;
  const seller = new RawSubgraph((request, response) => {
    version += 1;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const caller = request.headers['user-agent'] ?? request.headers['x-forwarded-for'] ?? 'nobody';
    const item = { __typename: 'Item', id: String(id), title: `${String(caller)} ${version}` };
    if (request.headers.accept === 'text/event-stream') {
      response.setHeader('content-type', 'text/event-stream');
      response.write(`event: next\ndata: ${JSON.stringify({ data: { item } })}\n\n`);
      return null;
    }
    if (request.body.includes('slow')) {
      setTimeout(() => response.end(JSON.stringify({ data: { free: item } })), 300);
      return null;
    }
    return JSON.stringify({ data: { item, other: item, free: item, _entities: [item] } });
  });
  const liker = new RawSubgraph(() =>
    JSON.stringify({ data: { liked: [{ __typename: 'Item', id: String(id) }] } }),
  );
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway(
      { shop, lists },
      {
        subgraphs: null,
        urls: { shop: await seller.listen(), lists: await liker.listen() },
        readCache: { store: memoryStore(1_000_000), signals: {} },
        trustedProxies: 1,
      },
    );
  });
  afterAll(async () => {
    await graph.gateway.close();
    await Promise.all([seller.close(), liker.close()]);
  });
  beforeEach(() => {
    // Another entity for each test.
    id += 1;
    headers = {};
    seller.requests.length = 0;
  });

  const item = (): string => `{ item(id: "${id}") { id title } }`;
  const liked = '{ liked { title } }';
  const twice = async (query: string, options?: ExecuteOptions): Promise<[HttpAnswer, HttpAnswer]> => {
    const first = await graph.execute(query, options);
    return [first, await graph.execute(query, options)];
  };
  const controlOf = (answer: HttpAnswer): string | null => answer.headers.get('cache-control');

  test.each([
    ['private', 'private'],
    ['no-store', 'no-store'],
    ['No-Cache', 'no-cache'],
    ['private="title", max-age=60', 'private'],
    ['max-age=60, private, no-store', 'no-store'],
  ])('%s: a response is not kept, and the client is told', async (said, shown) => {
    headers = { 'cache-control': said };
    const [first, second] = await twice(item());
    expect(seller.requests).toHaveLength(2);
    expect(second.data).not.toEqual(first.data);
    expect([controlOf(first), controlOf(second)]).toEqual([shown, shown]);
  });

  test.each(['private', 'no-store', 'no-cache', 'max-age=0', 'max-age=5, private'])(
    '%s: an entity is not kept',
    async (said) => {
      headers = { 'cache-control': said };
      const [first, second] = await twice(liked);
      expect(seller.requests).toHaveLength(2);
      expect(second.data).not.toEqual(first.data);
    },
  );

  test.each([
    [{}, 60],
    [{ 'cache-control': 'max-age=20' }, 20],
    [{ 'cache-control': 'max-age=100' }, 60],
    [{ 'cache-control': 'max-age=20', age: '15' }, 5],
    [{ 'cache-control': 'public, max-age=100, s-maxage=7' }, 7],
  ])('the shorter lifetime counts: %j', async (said, maxAge) => {
    headers = said;
    const [first, second] = await twice(item());
    expect(seller.requests).toHaveLength(1);
    expect([controlOf(first), controlOf(second)]).toEqual(Array(2).fill(`public, max-age=${maxAge}`));
    expect(second.headers.get('cache-status')).toContain('souk; hit');
    // The other answer has the entity, and is no fresher than it.
    const [entity, again] = await twice(liked);
    expect(again.data).toEqual(entity.data);
    expect(seller.requests).toHaveLength(2);
  });

  test('a response with a kept entity ends with it', async () => {
    headers = { 'cache-control': 'max-age=1' };
    const [first, second] = await twice(liked);
    expect(second.data).toEqual(first.data);
    await until('another one', async () => {
      const { data } = await graph.execute(liked);
      return JSON.stringify(data) !== JSON.stringify(first.data);
    });
  });

  test('what is read with a token is kept for others only where the subgraph says so', async () => {
    const mine = { scopes: [] };
    const [own] = await twice(liked, mine);
    expect(seller.requests).toHaveLength(2);
    expect((await graph.execute(liked)).data).not.toEqual(own.data);
    id += 1;
    headers = { 'cache-control': 'public, max-age=60' };
    const [first, second] = await twice(liked, mine);
    expect(second.data).toEqual(first.data);
    expect((await graph.execute(liked)).data).toEqual(first.data);
  });

  test('what is kept is read without what tells clients from each other', async () => {
    const agent = { headers: { 'user-agent': 'one', 'x-forwarded-for': '192.0.2.1' } };
    for (const query of [item(), liked]) {
      const { data } = await graph.execute(query, agent);
      expect(JSON.stringify(data)).toContain('nobody');
      expect(seller.requests.at(-1)?.headers).not.toHaveProperty('x-forwarded-for');
    }
    const { data } = await graph.execute('{ free { title } }', agent);
    expect(JSON.stringify(data)).toContain('one');
  });

  test('queries under way share a run only where subgraphs are told the same', async () => {
    const query = 'query slow { free { title } }';
    await graph.execute(query);
    seller.requests.length = 0;
    const clients = [
      { 'user-agent': 'one', 'x-forwarded-for': '192.0.2.1' },
      { 'user-agent': 'one', 'x-forwarded-for': '192.0.2.1' },
      { 'user-agent': 'two', 'x-forwarded-for': '192.0.2.1' },
      { 'user-agent': 'one', 'x-forwarded-for': '192.0.2.2' },
    ];
    const answers = await Promise.all(clients.map((each) => graph.execute(query, { headers: each })));
    const titles = answers.map(({ data }) => (data as { free: { title: string } }).free.title.split(' ')[0]);
    expect(titles).toEqual(['one', 'one', 'two', 'one']);
    expect(seller.requests).toHaveLength(3);
  });

  test('streams that may be shared are opened without it', async () => {
    const open = async (agent: string): Promise<string> => {
      const response = await fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'user-agent': agent },
        body: '{"query":"subscription { item { title } }"}',
      });
      const reader = response.body?.getReader();
      const text = new TextDecoder().decode((await reader?.read())?.value);
      await reader?.cancel();
      return text;
    };
    expect(await open('one')).toContain('nobody');
    expect(await open('two')).toContain('nobody');
  });
});
