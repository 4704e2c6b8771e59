import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { until } from '../../tests/support/until.js';
import type { GatewayOptions } from '../src/options.js';
import type { Tick } from './live-gateway.js';
import { streamProtocols, ended, errorsOf, LiveGateway, ticked } from './live-gateway.js';
import { Tap } from './live-subgraph.js';
import { short } from './small-graph.js';

let tap: Tap<Tick>;
let names: (id: string) => string;

beforeEach(() => {
  tap = new Tap();
  names = (id) => `name of ${id}`;
});

const start = (overHttp: boolean, options: Partial<GatewayOptions> = {}): Promise<LiveGateway> =>
  LiveGateway.start({ tap, names: (id) => names(id) }, overHttp, options);

describe.each([
  ['functions', false],
  ['HTTP', true],
])('subscriptions, subgraphs by %s', (_label, overHttp) => {
  let graph: LiveGateway;

  beforeEach(async () => {
    graph = await start(overHttp, { slowClientMs: 300 });
  });

  afterEach(() => graph.close());

  const opened = (count = 1): Promise<boolean> => until('the source to be open', () => tap.open === count);

  test.each(streamProtocols)(
    'each event has fields of other subgraphs; the stream completes: %s',
    async (protocol) => {
      const heard = graph.watch(protocol, ticked);
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
    },
  );

  test.each(streamProtocols)(
    'a failure of another subgraph is an error of its event: %s',
    async (protocol) => {
      names = (id) => {
        if (id === '1') throw new Error('internal');
        return id;
      };
      const heard = graph.watch(protocol, ticked);
      await opened();
      tap.push({ id: '1' });
      tap.push({ id: '2' });
      await heard.atLeast(2);
      expect(heard.events[0]?.data).toEqual({ ticked: { id: '1', name: null } });
      expect(short(heard.events[0]?.errors ?? [])).toEqual(['INTERNAL_SERVER_ERROR ticked.name']);
      expect(heard.events[0]?.errors?.[0]?.extensions['requestId']).toBeDefined();
      expect(heard.events[1]).toEqual({ data: { ticked: { id: '2', name: '2' } } });
      await heard.stop();
    },
  );

  test.each(streamProtocols)(
    'a client that disconnects ends the stream of the subgraph: %s',
    async (protocol) => {
      const heard = graph.watch(protocol, ticked);
      await opened();
      await heard.stop();
      await until('the source to be closed', () => tap.open === 0);
    },
  );

  test.each(streamProtocols)('a failing source ends the stream with a masked error: %s', async (protocol) => {
    const heard = graph.watch(protocol, ticked);
    await opened();
    tap.fail(new Error('the password is 1234'));
    await ended(heard);
    expect(short(errorsOf(heard)).map((text) => text.split(' ')[0])).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(heard.events)).not.toContain('1234');
    expect(tap.open).toBe(0);
  });

  test.each(streamProtocols)('refused subscriptions do not reach a subgraph: %s', async (protocol) => {
    const heard = graph.watch(protocol, 'subscription { guarded { id } }');
    await ended(heard);
    expect(short(errorsOf(heard))).toEqual(['UNAUTHENTICATED guarded']);
    const lacking = graph.watch(protocol, 'subscription { scoped { id } }', { token: 'valid=other' });
    await ended(lacking);
    expect(short(errorsOf(lacking))).toEqual(['FORBIDDEN scoped']);
    expect(tap.open).toBe(0);
    expect(graph.subgraphs['ticks']?.requests).toEqual([]);
    const allowed = graph.watch(protocol, 'subscription { scoped { id secret } }', { token: 'valid=see' });
    await opened();
    tap.push({ id: '1' });
    expect(await allowed.atLeast(1)).toEqual({ data: { scoped: { id: '1', secret: 'hidden' } } });
    await allowed.stop();
  });

  test.each(streamProtocols)(
    'a field that the caller may not see is null, with an error, in each event: %s',
    async (protocol) => {
      const heard = graph.watch(protocol, 'subscription { ticked { id secret } }');
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

  test('a client that reads nothing is disconnected, and few events are made for it', async () => {
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
