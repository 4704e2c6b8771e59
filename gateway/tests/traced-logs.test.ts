import { createLog } from '@souk/shared/log';
import { clientSpan } from '../../tests/support/collector.js';
import type { RecordedSpan } from '../../tests/support/recorded-spans.js';
import { recordSpans } from '../../tests/support/recorded-spans.js';
import { until } from '../../tests/support/until.js';
import type { Tick } from './live-gateway.js';
import { streamProtocols, LiveGateway } from './live-gateway.js';
import { Tap } from './live-subgraph.js';

type Line = Record<string, unknown>;

const lines: Line[] = [];
const log = createLog('test', 'warn', { write: (line) => void lines.push(JSON.parse(line) as Line) });
let recorded: Awaited<ReturnType<typeof recordSpans>>;
let tap: Tap<Tick>;
let graph: LiveGateway;

const unnamed = (): string => {
  throw new Error('planned');
};

beforeAll(async () => {
  recorded = await recordSpans();
});
afterAll(() => recorded.stop());
beforeEach(async () => {
  lines.length = 0;
  tap = new Tap();
  graph = await LiveGateway.start({ tap, names: unnamed }, true, { log });
});
afterEach(() => graph.close());

const line = (message: string): Promise<Line> =>
  until(message, () => lines.find(({ msg }) => msg === message));
const spanOf = (traceId: string, name: string): Promise<RecordedSpan> =>
  until(name, () => recorded.spans.find((span) => span.traceId === traceId && span.name === name));

/** Sends a query over a transport with a traceparent. @returns the trace id */
async function executeOver(
  protocol: 'HTTP' | (typeof streamProtocols)[number],
  query: string,
): Promise<string> {
  const { traceId, traceparent } = clientSpan();
  if (protocol === 'HTTP') {
    const headers = { 'content-type': 'application/json', traceparent };
    await fetch(graph.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  } else await graph.watch(protocol, query, { traceparent }).toEnd();
  return traceId;
}

test.each(['HTTP', ...streamProtocols] as const)(
  'a line about a request names its span: %s',
  async (protocol) => {
    const traceId = await executeOver(protocol, 'query Named { now { name } }');
    const { spanId } = await spanOf(traceId, 'Named');
    const written = await line('operation failed');
    expect(written).toMatchObject({ traceId, spanId, requestId: expect.any(String) as string });
  },
);

test.each(['HTTP', ...streamProtocols] as const)(
  'and so does one about an unavailable subgraph: %s',
  async (protocol) => {
    await graph.subgraphs['names']?.close();
    const traceId = await executeOver(protocol, 'query Away { now { name } }');
    const { spanId } = await spanOf(traceId, 'Away');
    expect(await line('subgraph call failed')).toMatchObject({ traceId, spanId, subgraph: 'names' });
  },
);

test.each(streamProtocols)('of an event of a subscription it is the event: %s', async (protocol) => {
  await graph.subgraphs['names']?.close();
  const { traceparent, traceId } = clientSpan();
  const heard = graph.watch(protocol, 'subscription Watch { ticked { name } }', { traceparent });
  await until('the source to be open', () => tap.open === 1);
  tap.push({ id: '1' });
  await heard.atLeast(1);
  const written = await line('subgraph call failed');
  const event = await until('the event', () =>
    recorded.spans.find(({ links }) => links.some((link) => link.traceId === traceId)),
  );
  expect(written).toMatchObject({ traceId: event.traceId, spanId: event.spanId });
  await heard.stop();
});
