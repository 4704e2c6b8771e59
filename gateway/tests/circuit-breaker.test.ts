import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../tests/support/until.js';
import type { GatewayOptions } from '../src/options.js';
import { LiveSubgraph } from './live-subgraph.js';
import type { HttpAnswer, SmallGateway, SmallSubgraph } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

const waitingQueries = 200;

const order: SmallSubgraph = {
  sdl: `type Query { order: Order }
    type Mutation { checkout: Order }
    type Order @key(fields: "id") { id: ID! state: String }`,
  resolvers: {
    Query: { order: () => ({ id: '1', state: 'PAID' }) },
    Mutation: { checkout: () => ({ id: '1', state: 'PAID' }) },
  },
};
const socialSdl = `type Query { feed(page: Int): [String!] }
  type Order @key(fields: "id") { id: ID! reviews: Int }`;

/** A social that keeps everybody waiting until the test ends it. */
function hangingSocial(): { source: SmallSubgraph; letGo: () => void } {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const feed = async (_root: unknown, { page }: { page: number }): Promise<string[]> => {
    await gate;
    return [`page ${page}`];
  };
  const reviews = (): Promise<number> => gate.then(() => 3);
  const __resolveReference = (one: unknown): unknown => one;
  return {
    letGo,
    source: { sdl: socialSdl, resolvers: { Query: { feed }, Order: { __resolveReference, reviews } } },
  };
}

const feedQuery = 'query ($page: Int) { feed(page: $page) }';
const checkout = 'mutation { checkout { id state } }';
const bought = { checkout: { id: '1', state: 'PAID' } };

/** Queries that only social can answer, each another one; how many have been answered is counted. */
function queryFeeds(graph: SmallGateway): { answers: Promise<HttpAnswer[]>; answered: () => number } {
  let answered = 0;
  const answers = Array.from({ length: waitingQueries }, async (_, page) => {
    const answer = await graph.execute(feedQuery, { variables: { page } });
    answered += 1;
    return answer;
  });
  return { answers: Promise.all(answers), answered: () => answered };
}

/** Reads the value of a line at `/metrics`. */
async function valueOf(graph: SmallGateway, line: string): Promise<number> {
  const text = await (await fetch(`${graph.url}/metrics`)).text();
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return Number(found?.split(' ')[1]);
}

/** Each is answered without social, and says so; none waits for it. */
async function expectDegraded(graph: SmallGateway): Promise<void> {
  const lost = await graph.execute(feedQuery, { variables: { page: -1 } });
  expect([lost.data, ...short(lost.errors)]).toEqual([{ feed: null }, 'SERVICE_UNAVAILABLE -']);
  expect(lost.extensions).toEqual({ degraded: ['social'] });
  const both = await graph.execute('{ order { id state reviews } feed }');
  expect(both.data).toEqual({ order: { id: '1', state: 'PAID', reviews: null }, feed: null });
  expect(new Set(both.errors.map(({ extensions }) => extensions?.['code']))).toEqual(
    new Set(['SERVICE_UNAVAILABLE']),
  );
  expect(both.extensions).toEqual({ degraded: ['social'] });
  const mutation = await graph.execute('mutation { checkout { id state reviews } }');
  expect(mutation.data).toEqual({ checkout: { ...bought.checkout, reviews: null } });
  expect(mutation.extensions).toEqual({ degraded: ['social'] });
}

async function expectCheckout(graph: SmallGateway): Promise<void> {
  const { status, data, errors, extensions } = await graph.execute(checkout);
  expect({ status, data, errors, extensions }).toEqual({
    status: 200,
    data: bought,
    errors: [],
    extensions: undefined,
  });
}

describe.each(['as functions', 'over HTTP'])('a social that never answers; subgraphs %s', (how) => {
  const subgraphs: LiveSubgraph[] = [];
  let graph: SmallGateway;
  let letGo: () => void;

  const start = async (options: Partial<GatewayOptions>): Promise<void> => {
    const hanging = hangingSocial();
    letGo = hanging.letGo;
    const sources = { order, social: hanging.source };
    if (how === 'as functions') {
      graph = await startSmallGateway(sources, options);
      return;
    }
    const [atOrder, atSocial] = [new LiveSubgraph(order), new LiveSubgraph(hanging.source)];
    subgraphs.push(atOrder, atSocial);
    const urls = { order: await atOrder.listen(), social: await atSocial.listen() };
    graph = await startSmallGateway(sources, { ...options, subgraphs: null, urls });
  };

  afterEach(async () => {
    letGo();
    await graph.gateway.close(0);
    await Promise.all(subgraphs.splice(0).map((subgraph) => subgraph.close()));
  });

  test('does not hold a checkout, nor when no more calls of it are taken', async () => {
    const patience = { subgraphTimeoutMs: 60_000, requestTimeoutMs: 60_000 };
    await start({ ...patience, maxSubgraphCalls: waitingQueries });
    const feeds = queryFeeds(graph);
    await until(
      'all of them to be under way',
      async () => (await valueOf(graph, 'souk_gateway_queries_in_flight')) === waitingQueries,
    );
    for (let turn = 0; turn < 3; turn += 1) await expectCheckout(graph);
    expect(feeds.answered()).toBe(0);

    await expectDegraded(graph);
    await expectCheckout(graph);
    expect(feeds.answered()).toBe(0);

    letGo();
    const answers = await feeds.answers;
    expect(answers.map(({ data }) => data)).toEqual(answers.map((_, page) => ({ feed: [`page ${page}`] })));
  });
});

describe('a social that has answered too late too often', () => {
  test('is not called, and checkouts and data of others are answered', async () => {
    const received: string[] = [];
    const silent: Server = createServer((request) => {
      request.on('data', (chunk: Buffer) => received.push(String(chunk)));
      request.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const atOrder = new LiveSubgraph(order);
    const graph = await startSmallGateway(
      { order, social: { sdl: socialSdl } },
      {
        subgraphs: null,
        urls: {
          order: await atOrder.listen(),
          social: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/graphql`,
        },
        subgraphTimeoutMs: 2_000,
        subgraphResetTimeoutMs: 600_000,
      },
    );
    try {
      const feeds = queryFeeds(graph);
      await until('the call to social', () => received.length > 0);
      await expectCheckout(graph);
      // Those that come to the gateway after the circuit has opened do not wait.
      const codes = (await feeds.answers).flatMap(({ errors }) => short(errors));
      expect(codes).toContain('TIMEOUT -');
      expect(codes.filter((code) => !['TIMEOUT -', 'SERVICE_UNAVAILABLE -'].includes(code))).toEqual([]);
      const circuit = 'souk_gateway_circuit_open{subgraph="social"}';
      expect(await valueOf(graph, circuit)).toBe(1);

      await expectDegraded(graph);
      await expectCheckout(graph);
      // Only the first calls have reached it: later ones select page -1 and reviews.
      expect(received.filter((text) => /-1|reviews/.test(text))).toEqual([]);
    } finally {
      await graph.gateway.close(0);
      await atOrder.close();
      silent.close();
      silent.closeAllConnections();
    }
  });
});
