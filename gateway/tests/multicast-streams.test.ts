import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { until } from '../../tests/support/until.js';
import type { GatewayOptions } from '../src/options.js';
import type { Tick } from './live-gateway.js';
import { streamProtocols, ended, errorsOf, LiveGateway, ticked } from './live-gateway.js';
import { Tap } from './live-subgraph.js';
import { composed, short } from './small-graph.js';

let tap: Tap<Tick>;
let names: (id: string) => string;
let graph: LiveGateway;

beforeEach(() => {
  tap = new Tap();
  tap.isConflatable = true;
  names = (id) => `name of ${id}`;
});

afterEach(() => graph.close());

const start = async (overHttp: boolean, options: Partial<GatewayOptions> = {}): Promise<void> => {
  graph = await LiveGateway.start({ tap, names: (id) => names(id) }, overHttp, options);
};
const gauge = async (name: string): Promise<number> => {
  const text = await (await fetch(new URL('/metrics', graph.url))).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
};
/** Waits until so many clients listen, and so many streams are open at the subgraph. */
const listening = (clients: number, sources: number): Promise<boolean> =>
  until(
    `${clients} clients to share ${sources} streams`,
    async () => tap.open === sources && (await gauge('souk_gateway_stream_riders')) === clients,
  );

describe.each([
  ['functions', false],
  ['HTTP', true],
])('identical subscriptions, subgraphs by %s', (_label, overHttp) => {
  test.each(streamProtocols)(
    'share one stream and one run of the plan; the last who goes ends it: %s',
    async (protocol) => {
      await start(overHttp);
      const all = Array.from({ length: 20 }, () => graph.watch(protocol, ticked));
      await listening(20, 1);
      expect(await gauge('souk_gateway_upstream_streams')).toBe(1);
      tap.push({ id: '1' });
      for (const heard of all) {
        expect(await heard.atLeast(1)).toEqual({ data: { ticked: { id: '1', name: 'name of 1' } } });
      }
      expect(graph.subgraphs['names']?.requests).toHaveLength(1);
      expect(graph.subgraphs['ticks']?.requests).toHaveLength(1);
      await Promise.all(all.slice(1).map((heard) => heard.stop()));
      await listening(1, 1);
      await all[0]?.stop();
      await listening(0, 0);
      expect(await gauge('souk_gateway_upstream_streams')).toBe(0);
    },
  );

  test('others than identical ones of one caller share nothing', async () => {
    await start(overHttp);
    const guarded = 'subscription { guarded { id } }';
    const byVariable = 'subscription ($from: Int) { ticked(from: $from) { id } }';
    const all = [
      graph.watch('WebSocket', ticked),
      graph.watch('WebSocket', `${ticked} `),
      graph.watch('WebSocket', ticked, { token: 'valid=' }),
      graph.watch('WebSocket', guarded, { token: 'valid=' }),
      graph.watch('WebSocket', guarded, { token: 'valid=see' }),
      graph.watch('WebSocket', byVariable, { variables: { from: 1 } }),
      graph.watch('WebSocket', byVariable, { variables: { from: 2 } }),
    ];
    // By fetch, whose Accept-Language is "*".
    all.push(graph.watch('SSE', ticked));
    await listening(8, 8);
    await Promise.all(all.map((heard) => heard.stop()));
  });

  test('a client that comes after a change joins, and receives the next one', async () => {
    await start(overHttp);
    const first = graph.watch('WebSocket', ticked);
    await listening(1, 1);
    tap.push({ id: '1' });
    await first.atLeast(1);
    const second = graph.watch('WebSocket', ticked);
    await listening(2, 1);
    tap.push({ id: '2' });
    await Promise.all([first.atLeast(2), second.atLeast(1)]);
    expect(second.events).toEqual([{ data: { ticked: { id: '2', name: 'name of 2' } } }]);
    await Promise.all([first.stop(), second.stop()]);
  });

  test('a client that joins a live query late receives the current state', async () => {
    tap.isConflatable = false;
    let now = 1;
    tap.present = () => ({ id: String(now) });
    await start(overHttp);
    const first = graph.watch('WebSocket', ticked);
    await first.atLeast(1);
    now = 2;
    tap.push({ id: '2' });
    await first.atLeast(2);
    const second = graph.watch('WebSocket', ticked);
    expect(await second.atLeast(1)).toEqual({ data: { ticked: { id: '2', name: 'name of 2' } } });
    await Promise.all([first.stop(), second.stop()]);
  });

  test.each(streamProtocols)(
    'each receives the end, and an error with the id of its own request: %s',
    async (protocol) => {
      await start(overHttp);
      const ending = [graph.watch(protocol, ticked), graph.watch(protocol, ticked)];
      await listening(2, 1);
      tap.end();
      for (const heard of ending) expect(await heard.toEnd()).toEqual([]);
      const failing = [graph.watch(protocol, ticked), graph.watch(protocol, ticked)];
      await listening(2, 1);
      tap.fail(new Error('the password is 1234'));
      await Promise.all(failing.map(ended));
      const errors = failing.flatMap(errorsOf);
      expect(short(errors).map((text) => text.split(' ')[0])).toEqual([
        'INTERNAL_SERVER_ERROR',
        'INTERNAL_SERVER_ERROR',
      ]);
      expect(new Set(errors.map(({ extensions }) => extensions?.['requestId'])).size).toBe(2);
    },
  );

  test('those of a session that ends go, and others stay', async () => {
    const endAll: (() => void)[] = [];
    const voided = new Set<string>();
    await start(overHttp, {
      revocations: {
        isEnded: ({ sessionId }) => Promise.resolve(voided.has(sessionId)),
        onEnded: (listener) => {
          endAll.push(listener);
          return () => undefined;
        },
      },
    });
    const [one, same] = [
      graph.watch('SSE', ticked, { token: 'valid=' }),
      graph.watch('SSE', ticked, { token: 'valid=' }),
    ];
    const other = graph.watch('SSE', ticked);
    await listening(3, 2);
    voided.add('018f0000-0000-7000-8000-000000000002');
    for (const end of endAll) end();
    await Promise.all([ended(one), ended(same)]);
    expect(short([...errorsOf(one), ...errorsOf(same)])).toEqual(['UNAUTHENTICATED -', 'UNAUTHENTICATED -']);
    await listening(1, 1);
    tap.push({ id: '1' });
    await other.atLeast(1);
    await other.stop();
  });

  test('closing ends all of them', async () => {
    await start(overHttp);
    const all = [graph.watch('SSE', ticked), graph.watch('SSE', ticked)];
    await listening(2, 1);
    await graph.gateway.close(5_000);
    await Promise.all(all.map(ended));
    expect(short(all.flatMap(errorsOf))).toEqual(['SERVICE_UNAVAILABLE -', 'SERVICE_UNAVAILABLE -']);
    await until('the source to be closed', () => tap.open === 0);
  });
});

/** Opens a stream and reads nothing of it. */
function openUnread(query: string): Socket {
  const { port, pathname } = new URL(graph.url);
  const body = JSON.stringify({ query });
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nhost: x\r\naccept-language: *\r\ncontent-type: application/json\r\n` +
      `accept: text/event-stream\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

describe('riders that lag', () => {
  const texts = 'subscription { ticked { id text } }';
  const text = 'x'.repeat(500_000);

  test('a client that keeps up misses no change, and a client that reads nothing is disconnected', async () => {
    // The quick one lives in this process too: what holds it up on a busy machine is to be no slowness of its own.
    await start(true, { slowClientMs: 3_000 });
    const quick = graph.watch('SSE', texts);
    const slow = openUnread(texts);
    await listening(2, 1);
    for (let n = 1; n <= 60; n += 1) tap.push({ id: String(n), text });
    await quick.atLeast(60);
    await listening(1, 1);
    expect(tap.taken).toBe(60);
    slow.destroy();
    await quick.stop();
  });

  test('of other events too, and it is counted', async () => {
    tap.isConflatable = false;
    await start(true, { slowClientMs: 60_000 });
    const quick = graph.watch('SSE', texts);
    const slow = openUnread(texts);
    await listening(2, 1);
    for (let n = 1; n <= 60; n += 1) tap.push({ id: String(n), text });
    await quick.atLeast(60);
    await listening(1, 1);
    expect(await gauge('souk_gateway_limits_hit_total\\{limit="lag"\\}')).toBe(1);
    expect(quick.events.map(({ data }) => (data as { ticked: Tick }).ticked.id)).toEqual(
      Array.from({ length: 60 }, (_, n) => String(n + 1)),
    );
    slow.destroy();
    await quick.stop();
  });
});

test('a stream of another supergraph is not joined', async () => {
  await start(false);
  const before = graph.watch('WebSocket', ticked);
  await listening(1, 1);
  await graph.gateway.reload(composed(graph.sources));
  const after = graph.watch('WebSocket', ticked);
  await listening(2, 2);
  tap.push({ id: '1' });
  await Promise.all([before.atLeast(1), after.atLeast(1)]);
  await Promise.all([before.stop(), after.stop()]);
});

test('where nothing is shared each has a stream of its own', async () => {
  await start(false, { shareQueries: false });
  const all = [graph.watch('WebSocket', ticked), graph.watch('WebSocket', ticked)];
  await listening(2, 2);
  await Promise.all(all.map((heard) => heard.stop()));
});
