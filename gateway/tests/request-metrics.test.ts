import { metricsText } from '@souk/shared/telemetry';
import { until } from '../../tests/support/until.js';
import type { GatewayOptions } from '../src/options.js';
import { streamProtocols, ended, LiveGateway, ticked } from './live-gateway.js';
import type { Tick } from './live-gateway.js';
import { Tap } from './live-subgraph.js';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const source: SmallSubgraph = {
  sdl: `type Query { hello: String broken: String items(first: Int): [Item!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) }
    type Item { id: ID! items: [Item!] }
    type Mutation { login(name: String): String }`,
  resolvers: {
    Query: {
      hello: () => 'hello',
      broken: () => {
        throw new Error('planned');
      },
    },
    Mutation: { login: () => 'in' },
  },
};
const linked = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@listSize"])`;
const sources = { only: { ...source, sdl: `${linked}\n${source.sdl}` } };

const open: SmallGateway[] = [];
afterEach(() => Promise.all(open.splice(0).map(({ gateway }) => gateway.close())));

async function start(options: Partial<GatewayOptions> = {}): Promise<SmallGateway> {
  const graph = await startSmallGateway(sources, options);
  open.push(graph);
  return graph;
}

/** A sample's value; 0 where there is none yet. */
async function valueOf(sample: string): Promise<number> {
  const { text } = await metricsText();
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `));
  return Number(line?.slice(sample.length + 1) ?? 0);
}

const requests = (operation: string, outcome: string): Promise<number> =>
  valueOf(`souk_gateway_request_seconds_count{operation="${operation}",outcome="${outcome}"}`);
const hits = (limit: string): Promise<number> => valueOf(`souk_gateway_limits_hit_total{limit="${limit}"}`);

describe('requests', () => {
  test('are counted by the name of their operation and by how they ended', async () => {
    const graph = await start();
    await graph.execute('query Greet { hello }');
    await graph.execute('query Greet { hello }');
    await graph.execute('query Break { hello broken }');
    await graph.execute('{ hello }');
    await graph.execute('query Greet { nothing }');
    await graph.execute('query Greet { nothing }', { headers: { accept: 'application/json' } });
    await until('the last to be counted', async () => (await requests('(unnamed)', 'refused')) === 2);
    expect(await requests('Greet', 'answered')).toBe(2);
    expect(await requests('Break', 'errors')).toBe(1);
    expect(await requests('(unnamed)', 'answered')).toBe(1);
  });

  test('have no more names than are trusted, and so many more', async () => {
    const trusted = { byId: new Map([['1', 'query Known { hello }']]), only: false };
    const graph = await start({ trustedDocuments: trusted });
    for (let n = 0; n < 205; n += 1) await graph.execute(`query Made${n} { hello }`);
    await graph.execute(`query ${'Long'.repeat(20)} { hello }`);
    await graph.execute('query Known { hello }');
    await until('the last to be counted', async () => (await requests('Known', 'answered')) === 1);
    expect(await requests('Made199', 'answered')).toBe(1);
    expect(await requests('Made200', 'answered')).toBe(0);
    expect(await requests('(other)', 'answered')).toBe(6);
  });
});

describe.each(streamProtocols)('over %s', (protocol) => {
  const tap = new Tap<Tick>();
  let graph: LiveGateway;
  beforeAll(async () => {
    graph = await LiveGateway.start({ tap, names: String }, false);
  });
  afterAll(() => graph.close());

  const starts = (operation: string, outcome: string): Promise<number> =>
    valueOf(`souk_gateway_subscriptions_total{operation="${operation}",outcome="${outcome}"}`);

  test('queries, mutations and invalid operations are requests', async () => {
    const before = await requests('(unnamed)', 'refused');
    await graph.watch(protocol, `query Now${protocol} { now { id } }`).toEnd();
    await graph.watch(protocol, `mutation Tick${protocol} { tick(id: "a") }`).toEnd();
    await graph.watch(protocol, `query Mine${protocol} { now { id } mine }`).toEnd();
    await ended(graph.watch(protocol, 'subscription {'));
    await until(
      'the last to be counted',
      async () => (await requests('(unnamed)', 'refused')) === before + 1,
    );
    expect(await requests(`Now${protocol}`, 'answered')).toBe(1);
    expect(await requests(`Tick${protocol}`, 'answered')).toBe(1);
    expect(await requests(`Mine${protocol}`, 'errors')).toBe(1);
  });

  test('subscriptions are counted by how they began, and by their events', async () => {
    const name = `Ticked${protocol}`;
    const query = `subscription ${name} { ticked { id } }`;
    const heard = graph.watch(protocol, query);
    await until('the source to be open', () => tap.open === 1);
    for (const id of ['1', '2', '3']) tap.push({ id });
    await heard.atLeast(3);
    await until('it to be counted', async () => (await starts(name, 'begun')) === 1);
    expect(await valueOf(`souk_gateway_events_total{operation="${name}"}`)).toBe(3);
    await ended(graph.watch(protocol, `subscription ${name} { guarded { id } }`));
    expect(await starts(name, 'refused')).toBe(1);
    tap.fail(new Error('planned'));
    await ended(heard);
    expect([await starts(name, 'begun'), await starts(name, 'failed')]).toEqual([1, 0]);
    expect(await valueOf(`souk_gateway_events_total{operation="${name}"}`)).toBe(3);
    expect(await requests(name, 'answered')).toBe(0);
    await until('the source to be closed', () => tap.open === 0);
  });
});

describe('limits', () => {
  const perMinute = { store: { kind: 'memory' }, sensitiveFields: ['login'] } as const;

  test.each<[string, string, Partial<GatewayOptions>]>([
    ['body', `{ hello #${'x'.repeat(2_000)}\n }`, { maxBodyBytes: 1_000 }],
    ['tokens', `{ ${'hello '.repeat(4_100)} }`, {}],
    ['depth', '{ items { items { id } } }', { depthLimit: 2 }],
    ['aliases', '{ a: hello }', { countLimits: { aliases: 0, rootFields: 9, directives: 9 } }],
    ['root_fields', '{ hello broken }', { countLimits: { aliases: 9, rootFields: 1, directives: 9 } }],
    [
      'directives',
      '{ hello @skip(if: false) }',
      { countLimits: { aliases: 9, rootFields: 9, directives: 0 } },
    ],
    ['cost', '{ items(first: 100) { id } }', { maxCost: 10 }],
    ['rate', '{ hello }', { rateLimits: { ...perMinute, perMinute: 0, sensitivePerMinute: 9 } }],
    ['logins', 'mutation { login }', { rateLimits: { ...perMinute, perMinute: 9, sensitivePerMinute: 0 } }],
    ['untrusted', '{ hello }', { trustedDocuments: { byId: new Map(), only: true } }],
  ])('that are hit are counted once: %s', async (limit, query, options) => {
    const graph = await start(options);
    const before = await hits(limit);
    expect((await graph.execute(query)).errors).not.toEqual([]);
    expect(await hits(limit)).toBe(before + 1);
  });
});

test('plans are found again, and weighed', async () => {
  const graph = await start();
  const lookups = (result: string): Promise<number> =>
    valueOf(`souk_gateway_plan_lookups_total{result="${result}"}`);
  const [hit, miss] = [await lookups('hit'), await lookups('miss')];
  await graph.execute('query Once { hello }');
  await graph.execute('query Once { hello }');
  expect([await lookups('hit'), await lookups('miss')]).toEqual([hit + 1, miss + 1]);
  expect(await valueOf('souk_gateway_plans')).toBe(1);
  expect(await valueOf('souk_gateway_plan_bytes')).toBeGreaterThan(100);
});

test('queries that share a run are counted, and runs under way', async () => {
  const graph = await start();
  const { only } = graph.subgraphs;
  if (!only) throw new Error('There is no such subgraph.');
  await graph.execute('{ hello }');
  const before = await valueOf('souk_gateway_queries_shared_total');
  let answer = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (answer = resolve));
  only.answer = async () => {
    await waiting;
    return { data: { hello: 'late' } };
  };
  const requests = [graph.execute('{ hello }'), graph.execute('{ hello }'), graph.execute('{ hello }')];
  await until('two to join', async () => (await valueOf('souk_gateway_queries_shared_total')) === before + 2);
  expect(await valueOf('souk_gateway_queries_in_flight')).toBe(1);
  answer();
  await Promise.all(requests);
  expect(await valueOf('souk_gateway_queries_in_flight')).toBe(0);
});

test.each(streamProtocols)('open streams are counted: %s', async (protocol) => {
  const tap = new Tap<Tick>();
  const graph = await LiveGateway.start({ tap, names: String }, false);
  const sample = `souk_gateway_open_streams{protocol="${protocol.toLowerCase()}"}`;
  try {
    const streams = [graph.watch(protocol, ticked), graph.watch(protocol, ticked)];
    await until('both to be open', async () => tap.open === 1 && (await valueOf(sample)) === 2);
    await Promise.all(streams.map((stream) => stream.stop()));
    await until('both to be closed', async () => (await valueOf(sample)) === 0);
  } finally {
    await graph.close();
  }
});
