import { readTraceparent } from '@souk/shared/tracing';
import { WebSocket } from 'ws';
import { clientSpan } from '../../tests/support/collector.js';
import type { RecordedSpan } from '../../tests/support/recorded-spans.js';
import { recordSpans } from '../../tests/support/recorded-spans.js';
import { until } from '../../tests/support/until.js';
import type { Tick } from './live-gateway.js';
import { streamProtocols, ended, LiveGateway } from './live-gateway.js';
import { Tap } from './live-subgraph.js';

let recorded: Awaited<ReturnType<typeof recordSpans>>;
let tap: Tap<Tick>;
let graph: LiveGateway;

beforeAll(async () => {
  recorded = await recordSpans();
});
afterAll(() => recorded.stop());
beforeEach(async () => {
  tap = new Tap();
  graph = await LiveGateway.start({ tap, names: String }, false);
});
afterEach(() => graph.close());

/** One that has ended, or will soon. */
const span = (what: string, isIt: (span: RecordedSpan) => boolean): Promise<RecordedSpan> =>
  until(what, () => recorded.spans.find(isIt));
const below = (parent: RecordedSpan, name: string): Promise<RecordedSpan> =>
  span(`${name} below ${parent.name}`, (one) => one.name === name && one.parent === parent.spanId);
/** The traceparent headers that a subgraph received. */
const traceparentsAt = (name: string): (string | undefined)[] =>
  graph.subgraphs[name]?.requests.map(({ headers }) => headers['traceparent']) ?? [];
const traceparentOf = ({ traceId, spanId }: RecordedSpan): string => `00-${traceId}-${spanId}-01`;

describe.each(streamProtocols)('traces over %s', (protocol) => {
  test.each([
    ['query Now { now { id name } }', 'Now', ['ticks', 'names'], 'answered'],
    ['mutation Tick { tick(id: "a") }', 'Tick', ['ticks'], 'answered'],
  ])('%s is a span of its client, and its fetches are below', async (query, name, fetched, outcome) => {
    const client = clientSpan();
    await graph.watch(protocol, query, { traceparent: client.traceparent }).toEnd();
    const request = await span(name, ({ parent }) => parent === client.spanId);
    expect([request.name, request.traceId]).toEqual([name, client.traceId]);
    expect(request.attributes['souk.outcome']).toBe(outcome);
    for (const subgraph of fetched) {
      const fetch = await below(request, subgraph);
      expect(traceparentsAt(subgraph)).toEqual([traceparentOf(fetch)]);
    }
  });

  test('refusals are marked', async () => {
    const client = clientSpan();
    await ended(graph.watch(protocol, '{ nothing }', { traceparent: client.traceparent }));
    const request = await span('the request', ({ parent }) => parent === client.spanId);
    expect([request.name, request.attributes['souk.outcome']]).toEqual(['graphql', 'refused']);
  });

  test('a subscription is a span until its first answer, and each event a trace linked to it', async () => {
    const client = clientSpan();
    const heard = graph.watch(protocol, 'subscription Watch { ticked { id name } }', {
      traceparent: client.traceparent,
    });
    await until('the source to be open', () => tap.open === 1);
    tap.push({ id: '1' });
    await heard.atLeast(1);
    const start = await span('the start', ({ parent }) => parent === client.spanId);
    expect([start.name, start.attributes['souk.outcome']]).toEqual(['Watch', 'begun']);
    expect(traceparentsAt('ticks')).toEqual([traceparentOf(start)]);
    tap.push({ id: '2' });
    await heard.atLeast(2);
    const ofStream = ({ links }: RecordedSpan): boolean =>
      links.some(({ spanId }) => spanId === start.spanId);
    await until('two events', () => recorded.spans.filter(ofStream).length === 2);
    const events = recorded.spans.filter(ofStream);
    const traces = new Set([start, ...events].map(({ traceId }) => traceId));
    expect([traces.size, ...events.map(({ name }) => name)]).toEqual([3, 'Watch event', 'Watch event']);
    const fetches = await Promise.all(events.map((event) => below(event, 'names')));
    expect(traceparentsAt('names')).toEqual(fetches.map(traceparentOf));
    const ids = new Set([start, ...events].map((one) => one.attributes['souk.request.id']));
    expect(ids.size).toBe(1);
    await heard.stop();
  });

  test('a subscription that is silent has begun, and its span has ended', async () => {
    const client = clientSpan();
    const heard = graph.watch(protocol, 'subscription Silent { ticked { id } }', {
      traceparent: client.traceparent,
    });
    const start = await span('the start', ({ parent }) => parent === client.spanId);
    expect([start.name, start.attributes['souk.outcome']]).toEqual(['Silent', 'begun']);
    await heard.stop();
  });

  test.each([
    ['refused', 'subscription Guarded { guarded { id } }'],
    ['failed', 'subscription Broken { ticked { id } }'],
  ])('a subscription that is %s', async (outcome, query) => {
    const client = clientSpan();
    // From the begin: a stream that is silent for a second has begun well.
    tap.failure = new Error('planned');
    const heard = graph.watch(protocol, query, { traceparent: client.traceparent });
    await ended(heard);
    const start = await span('the start', ({ parent }) => parent === client.spanId);
    expect(start.attributes['souk.outcome']).toBe(outcome);
  });

  test('unsampled traces are not recorded, and are forwarded', async () => {
    const client = clientSpan();
    const traceparent = client.traceparent.replace(/01$/, '00');
    const heard = graph.watch(protocol, 'subscription { ticked { name } }', { traceparent });
    await until('the source to be open', () => tap.open === 1);
    tap.push({ id: '1' });
    await heard.atLeast(1);
    const received = [...traceparentsAt('ticks'), ...traceparentsAt('names')];
    expect(received.map((one) => one?.replace(/-[\da-f]{16}-/, '-'))).toEqual(
      Array(2).fill(`00-${client.traceId}-00`),
    );
    // Its spans would have arrived before those of a later request.
    const later = clientSpan();
    await graph.watch(protocol, '{ now { id } }', { traceparent: later.traceparent }).toEnd();
    await span('a later one', ({ traceId }) => traceId === later.traceId);
    const links = recorded.spans.flatMap((one) => one.links);
    expect([...recorded.spans, ...links].filter(({ traceId }) => traceId === client.traceId)).toEqual([]);
    await heard.stop();
  });
});

test('operations of a WebSocket belong to its upgrade where they name no trace of their own', async () => {
  const [upgrade, own] = [clientSpan(), clientSpan()];
  const { traceparent } = upgrade;
  const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws', {
    headers: { traceparent },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const send = (message: object): void => socket.send(JSON.stringify(message));
  let done = 0;
  socket.on('message', (data: Buffer) => {
    if (data.toString().includes('"complete"')) done += 1;
    if (!data.toString().includes('connection_ack')) return;
    const named = (id: string, extensions?: object): void =>
      send({ id, type: 'subscribe', payload: { query: `query ${id} { now { id } }`, extensions } });
    named('Bare');
    named('Wrong', { traceparent: 'no trace' });
    named('Odd', { traceparent: 7 });
    named('Own', { traceparent: own.traceparent });
  });
  send({ type: 'connection_init' });
  await until('all answers', () => done === 4);
  socket.terminate();
  for (const name of ['Bare', 'Wrong', 'Odd']) {
    expect((await span(name, (one) => one.name === name)).parent).toBe(upgrade.spanId);
  }
  expect((await span('Own', ({ name }) => name === 'Own')).parent).toBe(own.spanId);
  expect(traceparentsAt('ticks').map((traceparent) => readTraceparent(traceparent))).not.toContain(null);
});
