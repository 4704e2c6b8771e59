import type { Identity } from '@souk/shared/auth/identity';
import { createLog } from '@souk/shared/log';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { Heard } from '../../tests/support/events.js';
import { until } from '../../tests/support/until.js';
import type { Gateway, GatewayOptions } from '../src/app.js';
import { createGateway } from '../src/app.js';
import { LiveSubgraph, Tap } from './live-subgraph.js';
import type { SmallSubgraph } from './small-graph.js';
import { composed, gatewaySecret, short, verifyToken } from './small-graph.js';

interface Tick {
  id: string;
  text?: string;
}

let tap: Tap<Tick>;
let names: (id: string) => string;

const sources = (): Record<string, SmallSubgraph> => ({
  ticks: {
    sdl: `type Query { now: Item mine: String @authenticated }
      type Mutation { tick(id: ID!): ID }
      type Subscription { ticked(from: Int = 0): Item! guarded: Item! @authenticated scoped: Item! @requiresScopes(scopes: [["see"]]) }
      type Item @key(fields: "id") { id: ID! text: String }`,
    resolvers: {
      Query: { now: () => ({ id: 'now' }), mine: () => 'mine' },
      Mutation: {
        tick: (_root: unknown, { id }: { id: string }) => {
          tap.push({ id });
          return id;
        },
      },
      Subscription: Object.fromEntries(
        ['ticked', 'guarded', 'scoped'].map((name) => [
          name,
          { subscribe: () => tap.stream(), resolve: (tick: Tick) => tick },
        ]),
      ),
      Item: { __resolveReference: (item: unknown) => item },
    },
  },
  names: {
    sdl: `type Query { unused: Int }
      type Item @key(fields: "id") { id: ID! name: String secret: String @requiresScopes(scopes: [["see"]]) }`,
    resolvers: {
      Item: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        name: ({ id }: { id: string }) => names(id),
        secret: () => 'hidden',
      },
    },
  },
});

/** A gateway with subscriptions, and clients for both of its doors. */
class LiveGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly subgraphs: Record<string, LiveSubgraph>;

  private constructor(gateway: Gateway, port: number, subgraphs: Record<string, LiveSubgraph>) {
    this.gateway = gateway;
    this.url = `http://127.0.0.1:${port}/graphql`;
    this.subgraphs = subgraphs;
  }

  static async start(overHttp: boolean, options: Partial<GatewayOptions> = {}): Promise<LiveGateway> {
    const made = sources();
    const subgraphs = Object.fromEntries(
      Object.entries(made).map(([name, source]) => [name, new LiveSubgraph(source)]),
    );
    const entries = Object.entries(subgraphs);
    const urls = overHttp
      ? Object.fromEntries(
          await Promise.all(
            entries.map(async ([name, subgraph]) => [name, await subgraph.listen()] as const),
          ),
        )
      : {};
    const gateway = await createGateway({
      supergraphSdl: composed(made),
      subgraphs: overHttp ? null : Object.fromEntries(entries.map(([name, { execute }]) => [name, execute])),
      subscribers: Object.fromEntries(entries.map(([name, { subscribe }]) => [name, subscribe])),
      urls,
      verifyToken,
      gatewaySecret,
      log: createLog('test', 'silent'),
      production: true,
      introspection: false,
      port: 0,
      ...options,
    });
    return new LiveGateway(gateway, await gateway.listen(), subgraphs);
  }

  async close(): Promise<void> {
    await this.gateway.close(100);
    await Promise.all(Object.values(this.subgraphs).map((subgraph) => subgraph.close()));
  }

  /** Opens a stream at one of the doors, by the reference client of its protocol. */
  watch(
    door: Door,
    query: string,
    asked: { token?: string; variables?: Record<string, unknown> } = {},
  ): Heard<Event> {
    const authorization = asked.token === undefined ? undefined : `Bearer ${asked.token}`;
    const request = { query, variables: asked.variables ?? {} };
    if (door === 'SSE') {
      const client = createEventClient({
        url: this.url,
        retryAttempts: 0,
        headers: authorization === undefined ? {} : { authorization },
      });
      return new Heard(client.iterate(request) as AsyncIterableIterator<Event>);
    }
    const client = createSocketClient({
      url: this.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: authorization === undefined ? {} : { authorization },
    });
    return new Heard(client.iterate(request) as AsyncIterableIterator<Event>);
  }
}

type Door = 'SSE' | 'WebSocket';
type Event = FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>;

const doors: readonly Door[] = ['SSE', 'WebSocket'];
const ticked = 'subscription { ticked { id name } }';

/** What a client threw: it need not be an error. */
function failureOf({ failure }: Heard<Event>): unknown {
  return failure?.cause ?? failure;
}

/** The errors of a stream: of its events, or those that it was refused with. */
function errorsOf(heard: Heard<Event>): readonly GraphQLFormattedError[] {
  const failure = failureOf(heard);
  if (Array.isArray(failure)) return failure as GraphQLFormattedError[];
  return heard.events.flatMap(({ errors = [] }) => errors);
}

const ended = (heard: Heard<Event>): Promise<boolean> => until('the stream to end', () => heard.hasEnded);

beforeEach(() => {
  tap = new Tap();
  names = (id) => `name of ${id}`;
});

describe.each([
  ['functions', false],
  ['HTTP', true],
])('subscriptions, subgraphs by %s', (_label, overHttp) => {
  let graph: LiveGateway;

  beforeEach(async () => {
    graph = await LiveGateway.start(overHttp, { slowClientMs: 300 });
  });

  afterEach(() => graph.close());

  const opened = (count = 1): Promise<boolean> => until('the source to be open', () => tap.open === count);

  test.each(doors)('each event has fields of other subgraphs; the end is told: %s', async (door) => {
    const heard = graph.watch(door, ticked);
    await opened();
    tap.push({ id: '1' });
    await heard.atLeast(1);
    tap.push({ id: '2' });
    await heard.atLeast(2);
    tap.end();
    await ended(heard);
    expect(heard.failure).toBeNull();
    expect(heard.events).toEqual([
      { data: { ticked: { id: '1', name: 'name of 1' } } },
      { data: { ticked: { id: '2', name: 'name of 2' } } },
    ]);
  });

  test.each(doors)('what another subgraph fails at is an error of its event: %s', async (door) => {
    names = (id) => {
      if (id === '1') throw new Error('internal');
      return id;
    };
    const heard = graph.watch(door, ticked);
    await opened();
    tap.push({ id: '1' });
    tap.push({ id: '2' });
    await heard.atLeast(2);
    expect(heard.events[0]?.data).toEqual({ ticked: { id: '1', name: null } });
    expect(short(heard.events[0]?.errors ?? [])).toEqual(['INTERNAL_SERVER_ERROR ticked.name']);
    expect(heard.events[0]?.errors?.[0]?.extensions?.['requestId']).toBeDefined();
    expect(heard.events[1]).toEqual({ data: { ticked: { id: '2', name: '2' } } });
    await heard.stop();
  });

  test.each(doors)('a client who goes ends the stream of the subgraph: %s', async (door) => {
    const heard = graph.watch(door, ticked);
    await opened();
    await heard.stop();
    await until('the source to be closed', () => tap.open === 0);
  });

  test.each(doors)('a source that fails ends the stream with a masked error: %s', async (door) => {
    const heard = graph.watch(door, ticked);
    await opened();
    tap.fail(new Error('the password is 1234'));
    await ended(heard);
    expect(short(errorsOf(heard)).map((text) => text.split(' ')[0])).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(heard.events)).not.toContain('1234');
    expect(tap.open).toBe(0);
  });

  test.each(doors)('nothing of what the caller may not watch reaches a subgraph: %s', async (door) => {
    const heard = graph.watch(door, 'subscription { guarded { id } }');
    await ended(heard);
    expect(short(errorsOf(heard))).toEqual(['UNAUTHENTICATED guarded']);
    const lacking = graph.watch(door, 'subscription { scoped { id } }', { token: 'valid=other' });
    await ended(lacking);
    expect(short(errorsOf(lacking))).toEqual(['FORBIDDEN scoped']);
    expect(tap.open).toBe(0);
    expect(graph.subgraphs['ticks']?.requests).toEqual([]);
    const allowed = graph.watch(door, 'subscription { scoped { id secret } }', { token: 'valid=see' });
    await opened();
    tap.push({ id: '1' });
    expect(await allowed.atLeast(1)).toEqual({ data: { scoped: { id: '1', secret: 'hidden' } } });
    await allowed.stop();
  });

  test.each(doors)(
    'a field that the caller may not see is null, with an error, in each event: %s',
    async (door) => {
      const heard = graph.watch(door, 'subscription { ticked { id secret } }');
      await opened();
      tap.push({ id: '1' });
      const event = await heard.atLeast(1);
      expect([event.data, short(event.errors ?? [])]).toEqual([
        { ticked: { id: '1', secret: null } },
        ['UNAUTHENTICATED ticked.secret'],
      ]);
      await heard.stop();
    },
  );

  test('a reader who takes nothing is dropped, and little is made for him', async () => {
    const { port, pathname } = new URL(graph.url);
    const body = JSON.stringify({ query: 'subscription { ticked { id text } }' });
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(
      `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: text/event-stream\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await opened();
    const text = 'x'.repeat(1_000_000);
    for (let n = 0; n < 200; n += 1) tap.push({ id: String(n), text });
    await until('the reader to be dropped', () => tap.open === 0);
    expect(tap.taken).toBeLessThan(60);
    socket.destroy();
  });

  test('a WebSocket that takes nothing is dropped, and little is made for it', async () => {
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
    socket.on('error', () => undefined);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', () => {
      socket.send(
        JSON.stringify({
          id: '1',
          type: 'subscribe',
          payload: { query: 'subscription { ticked { id text } }' },
        }),
      );
      socket.pause();
    });
    await opened();
    const text = 'x'.repeat(1_000_000);
    for (let n = 0; n < 200; n += 1) tap.push({ id: String(n), text });
    await until('the reader to be dropped', () => tap.open === 0);
    expect(tap.taken).toBeLessThan(60);
    socket.terminate();
  });
});

describe('the doors for streams', () => {
  let graph: LiveGateway;

  afterEach(() => graph.close());

  test.each(doors)('a subgraph that goes ends the stream with an error: %s', async (door) => {
    graph = await LiveGateway.start(true);
    const heard = graph.watch(door, ticked);
    await until('the source to be open', () => tap.open === 1);
    tap.push({ id: '1' });
    await heard.atLeast(1);
    await graph.subgraphs['ticks']?.close();
    await ended(heard);
    expect(short(errorsOf(heard)).map((text) => text.split(' ')[0])).toEqual(['SERVICE_UNAVAILABLE']);
    const refused = graph.watch(door, ticked);
    await ended(refused);
    expect(short(errorsOf(refused)).map((text) => text.split(' ')[0])).toEqual(['SERVICE_UNAVAILABLE']);
  });

  test.each(doors)('queries and mutations are answered too: %s', async (door) => {
    graph = await LiveGateway.start(false);
    const query = graph.watch(door, 'query ($on: Boolean!) { now { id name @include(if: $on) } }', {
      variables: { on: true },
    });
    expect(await query.toEnd()).toEqual([{ data: { now: { id: 'now', name: 'name of now' } } }]);
    const mutation = graph.watch(door, 'mutation { tick(id: "a") }');
    expect(await mutation.toEnd()).toEqual([{ data: { tick: 'a' } }]);
    expect((await graph.watch(door, '{ mine }', { token: 'valid=' }).toEnd())[0]).toEqual({
      data: { mine: 'mine' },
    });
  });

  test.each(doors)('the stream ends with its token: %s', async (door) => {
    const expiring = async (token: string): Promise<Identity> => ({
      ...(await verifyToken(token)),
      expiresAt: new Date(Date.now() + 1_000),
    });
    graph = await LiveGateway.start(false, { verifyToken: expiring });
    const heard = graph.watch(door, 'subscription { guarded { id } }', { token: 'valid=' });
    await until('the source to be open', () => tap.open === 1);
    tap.push({ id: '1' });
    await heard.atLeast(1);
    await ended(heard);
    if (door === 'SSE') expect(short(errorsOf(heard))).toEqual(['UNAUTHENTICATED -']);
    else expect(failureOf(heard)).toMatchObject({ code: 4403, reason: 'The access token has expired.' });
    await until('the source to be closed', () => tap.open === 0);
  });

  test.each(doors)('the stream ends with its session, and those of others go on: %s', async (door) => {
    const voided = new Set<string>();
    const listeners = new Set<() => void>();
    const identify = async (token: string): Promise<Identity> => ({
      ...(await verifyToken(token)),
      sessionId: token,
    });
    graph = await LiveGateway.start(false, {
      verifyToken: identify,
      revocations: {
        isEnded: ({ sessionId }) => Promise.resolve(voided.has(sessionId)),
        onEnded: (listener) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
    });
    const guarded = 'subscription { guarded { id } }';
    const [heard, other] = [
      graph.watch(door, guarded, { token: 'valid=a' }),
      graph.watch(door, guarded, { token: 'valid=b' }),
    ];
    await until('the sources to be open', () => tap.open === 2);
    voided.add('valid=a');
    for (const listener of listeners) listener();
    await ended(heard);
    if (door === 'SSE') expect(short(errorsOf(heard))).toEqual(['UNAUTHENTICATED -']);
    else expect(failureOf(heard)).toMatchObject({ code: 4403 });
    tap.push({ id: '1' });
    await other.atLeast(1);
    await other.stop();
  });

  test.each(doors)('limits hold, and refusals are coded: %s', async (door) => {
    graph = await LiveGateway.start(false, { depthLimit: 1, maxCost: 100_000 });
    const codes = async (query: string, variables = {}): Promise<string[]> => {
      const heard = graph.watch(door, query, { variables });
      await ended(heard);
      return short(errorsOf(heard)).map((text) => text.split(' ')[0] ?? '');
    };
    expect(await codes(ticked)).toEqual(['OPERATION_TOO_LARGE']);
    expect(await codes('subscription { nothing }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await codes('subscription {')).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(new Set(await codes('{ __schema { queryType { name } } }'))).toEqual(
      new Set(['GRAPHQL_VALIDATION_FAILED']),
    );
    expect(await codes('query A { mine } query B { mine }')).toEqual(['OPERATION_RESOLUTION_FAILURE']);
  });

  test.each(doors)('values of variables are checked: %s', async (door) => {
    graph = await LiveGateway.start(false);
    const heard = graph.watch(door, 'subscription ($from: Int) { ticked(from: $from) { id } }', {
      variables: { from: 'no number' },
    });
    await ended(heard);
    expect(short(errorsOf(heard))).toEqual(['BAD_USER_INPUT -']);
  });

  test.each(doors)('starts of streams are counted as requests: %s', async (door) => {
    graph = await LiveGateway.start(false, {
      rateLimits: { store: { kind: 'memory' }, perMinute: 1, sensitivePerMinute: 1, sensitiveFields: [] },
    });
    expect(await graph.watch(door, '{ now { id } }').toEnd()).toHaveLength(1);
    const refused = graph.watch(door, ticked);
    await ended(refused);
    if (door === 'SSE') expect(failureOf(refused)).toMatchObject({ response: { status: 429 } });
    else expect(short(errorsOf(refused))).toEqual(['RATE_LIMITED -']);
  });

  test.each(doors)('where only trusted documents are run, others are refused: %s', async (door) => {
    graph = await LiveGateway.start(false, {
      trustedDocuments: {
        byId: new Map([['5e1ba4f0bb5d5a34cfb1c2fc9b95b3d84e1cb5bbdbe2df76ab2c1ba8bd7fa9c4', ticked]]),
        only: true,
      },
    });
    const heard = graph.watch(door, 'subscription { ticked { id } }');
    await ended(heard);
    if (door === 'SSE') expect(failureOf(heard)).toMatchObject({ response: { status: 403 } });
    else expect(short(errorsOf(heard))).toEqual(['FORBIDDEN -']);
    expect(tap.open).toBe(0);
  });

  test.each(doors)('a token that is not valid is refused: %s', async (door) => {
    graph = await LiveGateway.start(false);
    const heard = graph.watch(door, ticked, { token: 'forged' });
    await ended(heard);
    if (door === 'SSE') expect(failureOf(heard)).toMatchObject({ response: { status: 401 } });
    else expect(failureOf(heard)).toMatchObject({ code: 4403 });
  });

  test('closing ends streams, and says so', async () => {
    graph = await LiveGateway.start(false);
    const [events, socket] = [graph.watch('SSE', ticked), graph.watch('WebSocket', ticked)];
    await until('the sources to be open', () => tap.open === 2);
    await graph.gateway.close(5_000);
    await Promise.all([ended(events), ended(socket)]);
    expect(short(errorsOf(events))).toEqual(['SERVICE_UNAVAILABLE -']);
    expect(failureOf(socket)).toMatchObject({ code: 1001 });
    await until('the sources to be closed', () => tap.open === 0);
  });

  test('no more than so many streams are open', async () => {
    graph = await LiveGateway.start(false, { maxStreams: 1 });
    const first = graph.watch('SSE', ticked);
    await until('the source to be open', () => tap.open === 1);
    const [events, socket] = [graph.watch('SSE', ticked), graph.watch('WebSocket', ticked)];
    await Promise.all([ended(events), ended(socket)]);
    expect(failureOf(events)).toMatchObject({ response: { status: 503 } });
    expect(socket.failure).not.toBeNull();
    await first.stop();
    await until('the source to be closed', () => tap.open === 0);
    const next = graph.watch('SSE', ticked);
    await until('another to be open', () => tap.open === 1);
    await next.stop();
  });

  test('pages of foreign origins open neither', async () => {
    graph = await LiveGateway.start(false, { corsOrigins: ['https://shop.test'] });
    const status = async (origin: string): Promise<number> => {
      const { status: answered, body } = await fetch(
        `${graph.url}?query=${encodeURIComponent('{ now { id } }')}`,
        {
          headers: { accept: 'text/event-stream', origin },
        },
      );
      await body?.cancel();
      return answered;
    };
    expect(await status('https://evil.test')).toBe(403);
    expect(await status('https://shop.test')).toBe(200);
    const open = (origin: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws', { origin });
        socket.on('open', () => {
          socket.terminate();
          resolve('open');
        });
        socket.on('error', ({ message }) => resolve(message));
      });
    expect(await open('https://evil.test')).toContain('403');
    expect(await open('https://shop.test')).toBe('open');
    expect(await open(new URL(graph.url).origin)).toBe('open');
  });

  test('EventSource may ask by address, and only read', async () => {
    graph = await LiveGateway.start(false);
    const get = async (query: string): Promise<string> => {
      const address = `${graph.url}?query=${encodeURIComponent(query)}&variables=${encodeURIComponent('{"id":"a"}')}`;
      return (await fetch(address, { headers: { accept: 'text/event-stream' } })).text();
    };
    expect(await get('{ now { id } }')).toBe(
      'event: next\ndata: {"data":{"now":{"id":"now"}}}\n\nevent: complete\ndata:\n\n',
    );
    expect(await get('mutation ($id: ID!) { tick(id: $id) }')).toContain('BAD_REQUEST');
  });

  test('a subscription that asks for no stream is told how to', async () => {
    graph = await LiveGateway.start(false);
    for (let n = 0; n < 2; n += 1) {
      const response = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: ticked }),
      });
      const { errors } = (await response.json()) as { errors: GraphQLFormattedError[] };
      expect(short(errors)).toEqual(['BAD_REQUEST -']);
      // The second time it is known, from another door.
      const heard = graph.watch('SSE', ticked);
      await until('the source to be open', () => tap.open === 1);
      await heard.stop();
      await until('the source to be closed', () => tap.open === 0);
    }
  });

  test('a WebSocket carries many operations, and not too many', async () => {
    graph = await LiveGateway.start(false);
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
    const messages: { type: string; id?: string; payload?: unknown }[] = [];
    socket.on('message', (data: Buffer) =>
      messages.push(JSON.parse(data.toString()) as (typeof messages)[number]),
    );
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"type":"connection_init"}');
    await until('the acknowledgement', () => messages[0]?.type === 'connection_ack');
    for (let id = 0; id < 101; id += 1) {
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query: ticked } }));
    }
    await until('all but one to be open', () => tap.open === 100);
    const refused = await until('the refusal', () => messages.find(({ type }) => type === 'error'));
    expect(refused).toMatchObject({ id: '100', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    socket.send(JSON.stringify({ id: '0', type: 'complete' }));
    await until('one to be closed', () => tap.open === 99);
    socket.terminate();
    await until('all to be closed', () => tap.open === 0);
  });

  test('a WebSocket that says nothing is closed', async () => {
    graph = await LiveGateway.start(false);
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(4408);
  });

  test('a WebSocket that does not answer pings is dropped', async () => {
    graph = await LiveGateway.start(false, { streamPingMs: 100 });
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws', {
      autoPong: false,
    });
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(1006);
  });
});
