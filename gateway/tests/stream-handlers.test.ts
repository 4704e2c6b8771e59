import type { Identity } from '@souk/shared/auth/identity';
import type { GraphQLFormattedError } from 'graphql';
import { WebSocket } from 'ws';
import { until } from '../../tests/support/until.js';
import type { GatewayOptions } from '../src/options.js';
import type { Tick } from './live-gateway.js';
import { streamProtocols, ended, errorsOf, failureOf, LiveGateway, ticked } from './live-gateway.js';
import { Tap } from './live-subgraph.js';
import { short, verifyToken } from './small-graph.js';

let tap: Tap<Tick>;
let names: (id: string) => string;

beforeEach(() => {
  tap = new Tap();
  names = (id) => `name of ${id}`;
});

const start = (overHttp: boolean, options: Partial<GatewayOptions> = {}): Promise<LiveGateway> =>
  LiveGateway.start({ tap, names: (id) => names(id) }, overHttp, options);

describe('stream handlers', () => {
  let graph: LiveGateway;

  afterEach(() => graph.close());

  test.each(streamProtocols)(
    'a subgraph that disconnects ends the stream with an error: %s',
    async (protocol) => {
      graph = await start(true);
      const heard = graph.watch(protocol, ticked);
      await until('the source to be open', () => tap.open === 1);
      tap.push({ id: '1' });
      await heard.atLeast(1);
      await graph.subgraphs['ticks']?.close();
      await ended(heard);
      expect(short(errorsOf(heard)).map((text) => text.split(' ')[0])).toEqual(['SERVICE_UNAVAILABLE']);
      const refused = graph.watch(protocol, ticked);
      await ended(refused);
      expect(short(errorsOf(refused)).map((text) => text.split(' ')[0])).toEqual(['SERVICE_UNAVAILABLE']);
    },
  );

  test.each(streamProtocols)('queries and mutations are answered too: %s', async (protocol) => {
    graph = await start(false);
    const query = graph.watch(protocol, 'query ($on: Boolean!) { now { id name @include(if: $on) } }', {
      variables: { on: true },
    });
    expect(await query.toEnd()).toEqual([{ data: { now: { id: 'now', name: 'name of now' } } }]);
    const mutation = graph.watch(protocol, 'mutation { tick(id: "a") }');
    expect(await mutation.toEnd()).toEqual([{ data: { tick: 'a' } }]);
    expect((await graph.watch(protocol, '{ mine }', { token: 'valid=' }).toEnd())[0]).toEqual({
      data: { mine: 'mine' },
    });
  });

  test.each([
    ['subscription ($s: Boolean!) { ticked @skip(if: $s) { id } }', { s: false }],
    [
      'subscription ($s: Boolean!) { ...F } fragment F on Subscription { ticked @include(if: $s) { id } }',
      {},
    ],
    ['subscription ($s: Boolean = true) { ... @include(if: $s) { ticked { id } } }', {}],
    ['subscription ($s: Boolean!) { ...F @skip(if: $s) } fragment F on Subscription { ticked { id } }', {}],
    ['subscription { ticked @skip { id } }', {}],
    ['subscription { ticked @skip(if: null) { id } }', {}],
    ['subscription { ticked @skip(if: "a") { id } }', {}],
    ['subscription { ticked @skip(if: true) { id } }', {}],
    ['subscription { ticked { id } guarded @include(if: false) { id } scoped { id } }', {}],
  ])(
    'a root field that is not certain is refused, and other operations go on: %s',
    async (query, variables) => {
      graph = await start(false);
      const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
      const received: { id?: string; type: string; payload?: unknown }[] = [];
      socket.on('message', (data: Buffer) =>
        received.push(JSON.parse(data.toString()) as (typeof received)[number]),
      );
      const send = (message: object): void => socket.send(JSON.stringify(message));
      const of = (id: string): typeof received => received.filter((message) => message.id === id);
      try {
        await new Promise((resolve) => socket.once('open', resolve));
        send({ type: 'connection_init' });
        await until('the connection', () => received.length === 1);
        send({ id: 'other', type: 'subscribe', payload: { query: ticked } });
        await until('the source to be open', () => tap.open === 1);
        send({ id: 'this', type: 'subscribe', payload: { query, variables } });
        await until('the refusal', () => of('this').length === 1);
        const [refusal] = of('this');
        expect(refusal?.type).toBe('error');
        const codes = short(refusal?.payload as GraphQLFormattedError[]);
        expect([...new Set(codes)]).toEqual(['GRAPHQL_VALIDATION_FAILED -']);
        tap.push({ id: '1' });
        await until('the event of the other', () => of('other').length === 1);
      } finally {
        socket.close();
      }
      for (const accept of ['text/event-stream', 'application/json', 'application/graphql-response+json']) {
        const response = await fetch(graph.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept },
          body: JSON.stringify({ query, variables }),
        });
        expect(response.status).toBe(accept.includes('response+json') ? 400 : 200);
        expect(await response.text()).toContain('GRAPHQL_VALIDATION_FAILED');
      }
    },
  );

  test('conditions of constants, and those below the root, are no obstacle', async () => {
    graph = await start(false);
    const query =
      'subscription ($s: Boolean!) { guarded @skip(if: true) { id } ticked @include(if: true) { id name @skip(if: $s) } }';
    const heard = graph.watch('SSE', query, { variables: { s: true } });
    await until('the source to be open', () => tap.open === 1);
    tap.push({ id: '1' });
    await heard.atLeast(1);
    expect(heard.events[0]).toEqual({ data: { ticked: { id: '1' } } });
    await heard.stop();
  });

  test.each(streamProtocols)('the stream ends with its token: %s', async (protocol) => {
    const expiresAt = new Date(Date.now() + 600_000);
    const expiring = async (token: string): Promise<Identity> => ({
      ...(await verifyToken(token)),
      expiresAt,
    });
    graph = await start(false, { verifyToken: expiring });
    const heard = graph.watch(protocol, 'subscription { guarded { id } }', { token: 'valid=' });
    await until('the source to be open', () => tap.open === 1);
    tap.push({ id: '1' });
    await heard.atLeast(1);
    expiresAt.setTime(Date.now());
    await ended(heard);
    if (protocol === 'SSE') expect(short(errorsOf(heard))).toEqual(['UNAUTHENTICATED -']);
    else
      expect(failureOf(heard)).toMatchObject({
        code: 4403,
        reason: 'EXPIRED: The access token has expired.',
      });
    await until('the source to be closed', () => tap.open === 0);
  });

  test.each(streamProtocols)(
    'the stream ends with its session, and those of others go on: %s',
    async (protocol) => {
      const voided = new Set<string>();
      const listeners = new Set<() => void>();
      const identify = async (token: string): Promise<Identity> => ({
        ...(await verifyToken(token)),
        sessionId: token,
      });
      graph = await start(false, {
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
        graph.watch(protocol, guarded, { token: 'valid=a' }),
        graph.watch(protocol, guarded, { token: 'valid=b' }),
      ];
      await until('the sources to be open', () => tap.open === 2);
      voided.add('valid=a');
      for (const listener of listeners) listener();
      await ended(heard);
      if (protocol === 'SSE') expect(short(errorsOf(heard))).toEqual(['UNAUTHENTICATED -']);
      else expect(failureOf(heard)).toMatchObject({ code: 4403 });
      tap.push({ id: '1' });
      await other.atLeast(1);
      await other.stop();
    },
  );

  test.each(streamProtocols)(
    'tokens that the gateway does not read are for subgraphs: %s',
    async (protocol) => {
      graph = await start(false, { verifyToken: null });
      const heard = graph.watch(protocol, 'subscription { ticked { id name } }', { token: 'theirs' });
      await until('the source to be open', () => tap.open === 1);
      tap.push({ id: '1' });
      await heard.atLeast(1);
      const headers = ['ticks', 'names'].map(
        (name) => graph.subgraphs[name]?.requests[0]?.headers['authorization'],
      );
      expect(headers).toEqual(['Bearer theirs', 'Bearer theirs']);
      await heard.stop();
    },
  );

  test.each(streamProtocols)('limits hold, and refusals are coded: %s', async (protocol) => {
    graph = await start(false, { depthLimit: 1, maxCost: 100_000 });
    const codes = async (query: string, variables = {}): Promise<string[]> => {
      const heard = graph.watch(protocol, query, { variables });
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

  test.each(streamProtocols)('values of variables are checked: %s', async (protocol) => {
    graph = await start(false);
    const heard = graph.watch(protocol, 'subscription ($from: Int) { ticked(from: $from) { id } }', {
      variables: { from: 'no number' },
    });
    await ended(heard);
    expect(short(errorsOf(heard))).toEqual(['BAD_USER_INPUT -']);
  });

  test.each(streamProtocols)('starts of streams are counted as requests: %s', async (protocol) => {
    graph = await start(false, {
      // The first query is planned anew: 6 points. A WebSocket connection is one. Another is not enough for a subscription.
      rateLimits: {
        store: { kind: 'memory' },
        perMinute: protocol === 'SSE' ? 7 : 8,
        sensitivePerMinute: 1,
        sensitiveFields: [],
      },
    });
    expect(await graph.watch(protocol, '{ now { id } }').toEnd()).toHaveLength(1);
    const refused = graph.watch(protocol, ticked);
    await ended(refused);
    if (protocol === 'SSE') expect(failureOf(refused)).toMatchObject({ response: { status: 429 } });
    else expect(short(errorsOf(refused))).toEqual(['RATE_LIMITED -']);
  });

  test.each(streamProtocols)('with trusted documents only, others are refused: %s', async (protocol) => {
    graph = await start(false, {
      trustedDocuments: {
        byId: new Map([['5e1ba4f0bb5d5a34cfb1c2fc9b95b3d84e1cb5bbdbe2df76ab2c1ba8bd7fa9c4', ticked]]),
        only: true,
      },
    });
    const heard = graph.watch(protocol, 'subscription { ticked { id } }');
    await ended(heard);
    if (protocol === 'SSE') expect(failureOf(heard)).toMatchObject({ response: { status: 403 } });
    else expect(short(errorsOf(heard))).toEqual(['FORBIDDEN -']);
    expect(tap.open).toBe(0);
  });

  test.each(streamProtocols)('a token that is not valid is refused: %s', async (protocol) => {
    graph = await start(false);
    const heard = graph.watch(protocol, ticked, { token: 'forged' });
    await ended(heard);
    if (protocol === 'SSE') expect(failureOf(heard)).toMatchObject({ response: { status: 401 } });
    else expect(failureOf(heard)).toMatchObject({ code: 4403 });
  });

  test('closing ends streams, and says so', async () => {
    graph = await start(false);
    const [events, socket] = [graph.watch('SSE', ticked), graph.watch('WebSocket', ticked)];
    await until('the sources to be open', () => tap.open === 2);
    await graph.gateway.close(5_000);
    await Promise.all([ended(events), ended(socket)]);
    expect(short(errorsOf(events))).toEqual(['SERVICE_UNAVAILABLE -']);
    expect(failureOf(socket)).toMatchObject({ code: 1001 });
    await until('the sources to be closed', () => tap.open === 0);
  });

  test('no more than so many streams are open', async () => {
    graph = await start(false, { maxStreams: 1 });
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
    graph = await start(false, { corsOrigins: ['https://shop.test'] });
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

  test('EventSource may send queries by URL, and no mutations', async () => {
    graph = await start(false);
    const get = async (query: string): Promise<string> => {
      const address = `${graph.url}?query=${encodeURIComponent(query)}&variables=${encodeURIComponent('{"id":"a"}')}`;
      return (await fetch(address, { headers: { accept: 'text/event-stream' } })).text();
    };
    expect(await get('{ now { id } }')).toBe(
      'event: next\ndata: {"data":{"now":{"id":"now"}}}\n\nevent: complete\ndata:\n\n',
    );
    expect(await get('mutation ($id: ID!) { tick(id: $id) }')).toContain('BAD_REQUEST');
  });

  test('a subscription without a stream gets an error with instructions', async () => {
    graph = await start(false);
    for (let n = 0; n < 2; n += 1) {
      const response = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: ticked }),
      });
      const { errors } = (await response.json()) as { errors: GraphQLFormattedError[] };
      expect(short(errors)).toEqual(['BAD_REQUEST -']);
      // The second time the operation is known from the other transport.
      const heard = graph.watch('SSE', ticked);
      await until('the source to be open', () => tap.open === 1);
      await heard.stop();
      await until('the source to be closed', () => tap.open === 0);
    }
  });

  test('a WebSocket carries many operations, and not too many', async () => {
    graph = await start(false);
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
    const messages: { type: string; id?: string; payload?: unknown }[] = [];
    socket.on('message', (data: Buffer) =>
      messages.push(JSON.parse(data.toString()) as (typeof messages)[number]),
    );
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"type":"connection_init"}');
    await until('the acknowledgement', () => messages[0]?.type === 'connection_ack');
    for (let id = 0; id < 101; id += 1) {
      // Different ones: the same would share a stream.
      const payload = {
        query: 'subscription ($from: Int) { ticked(from: $from) { id } }',
        variables: { from: id },
      };
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
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
    graph = await start(false);
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(4408);
  });

  test('a WebSocket that does not answer pings is dropped', async () => {
    graph = await start(false, { streamPingMs: 100 });
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws', {
      autoPong: false,
    });
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(1006);
  });
  test('subscriptions on WebSockets are streams of their client', async () => {
    graph = await start(false, { maxStreamsPerAddress: 3 });
    const open = async (): Promise<WebSocket> => {
      const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send('{"type":"connection_init"}');
      await new Promise((resolve) => socket.once('message', resolve));
      return socket;
    };
    const socket = await open();
    const messages: { type: string; id?: string; payload?: unknown }[] = [];
    socket.on('message', (data: Buffer) =>
      messages.push(JSON.parse(data.toString()) as (typeof messages)[number]),
    );
    const subscribe = (id: number): void => {
      const query = `subscription { ticked(from: ${id}) { id } }`;
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }));
    };
    for (const id of [1, 2, 3]) subscribe(id);
    const refused = await until('the third to be refused', () => messages.find(({ id }) => id === '3'));
    expect(refused).toMatchObject({
      payload: { errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 5 } }] },
    });
    await until('two to be open', () => tap.open === 2);
    // A second connection has no room either, until one has ended.
    const full = graph.watch('SSE', ticked);
    await ended(full);
    expect(failureOf(full)).toMatchObject({ response: { status: 503 } });
    socket.send('{"id":"1","type":"complete"}');
    await until('one to be closed', () => tap.open === 1);
    subscribe(4);
    await until('another to be open', () => tap.open === 2);
    socket.terminate();
    await until('all to be closed', () => tap.open === 0);
    const next = graph.watch('SSE', ticked);
    await until('a stream to be open', () => tap.open === 1);
    await next.stop();
  });

  test('a subscription that its client ends before it has begun is not left open', async () => {
    graph = await start(false);
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"type":"connection_init"}');
    await new Promise((resolve) => socket.once('message', resolve));
    for (let id = 0; id < 20; id += 1) {
      const query = `subscription { ticked(from: ${id}) { id } }`;
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }));
      socket.send(JSON.stringify({ id: String(id), type: 'complete' }));
    }
    // By the time the last operation is answered, all others have started.
    socket.send(JSON.stringify({ id: 'last', type: 'subscribe', payload: { query: '{ mine }' } }));
    await new Promise((resolve) => socket.once('message', resolve));
    await until('none to be open', () => tap.open === 0);
    socket.terminate();
  });

  test('a WebSocket without an operation is closed, and one with an operation is not', async () => {
    graph = await start(false, { streamPingMs: 50, socketIdleMs: 300 });
    const busy = graph.watch('WebSocket', ticked);
    await until('the source to be open', () => tap.open === 1);
    const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
    const code = new Promise((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    expect(await code).toBe(1001);
    expect(busy.hasEnded).toBe(false);
    tap.push({ id: '1' });
    await busy.atLeast(1);
    await busy.stop();
  });

  test('an event may cost only so much', async () => {
    graph = await start(false, { maxEventCost: 0 });
    const heard = graph.watch('SSE', ticked);
    await ended(heard);
    expect(short(errorsOf(heard))).toEqual(['OPERATION_TOO_LARGE -']);
    expect(tap.open).toBe(0);
  });
});
