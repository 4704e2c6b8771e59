import type { TestClient } from '@souk/testing/test-client';
import type { Span } from '../../tests/support/collector.js';
import { attributeOf, clientSpan, startCollector } from '../../tests/support/collector.js';
import { redisAvailable, startRedis } from '../../tests/support/redis.js';
import { stockLicences } from '../../tests/support/shop.js';
import type { TestSouk } from '@souk/testing';
import type { Topology } from '@souk/testing/supervisor-messages';
import { startSouk } from '@souk/testing';
import { until } from '../../tests/support/until.js';
import type { StreamTransport } from '@souk/testing/subscription';
import { subscribe } from '@souk/testing/subscription';

const query = `mutation Buy($input: CreateOrderInput!) {
  createOrder(input: $input) { checkout { id } userErrors { code message } }
}`;

/** Buys as a client that traces. @returns the checkout's id */
async function buy(buyer: TestClient, offerId: string, traceparent: string): Promise<string> {
  const payment = { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' };
  const input = { items: [{ offerId }], idempotencyKey: crypto.randomUUID(), payment };
  const answer = await fetch(`${buyer.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${buyer.accessToken ?? ''}`,
      traceparent,
    },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data } = (await answer.json()) as { data: { createOrder: { checkout: { id: string } } } };
  return data.createOrder.checkout.id;
}

const linesOf = (output: string, message: string): string[] =>
  output.split('\n').filter((line) => line.includes(`"msg":"${message}"`));

/** Follows a checkout that has ended, as a client that traces, and sees the spans of that. */
async function follows(
  buyer: TestClient,
  transport: StreamTransport,
  id: string,
  spans: readonly Span[],
): Promise<void> {
  const { url, accessToken } = buyer;
  const { traceId, spanId, traceparent } = clientSpan();
  const query = 'subscription Follow($id: ID!) { checkoutUpdated(id: $id) { id status } }';
  expect(await subscribe({ url, accessToken, traceparent }, transport, query, { id }).toEnd()).toHaveLength(
    1,
  );
  const named = (name: string, parent: string): Promise<Span> =>
    until(name, () => spans.find((span) => span.name === name && span.parentSpanId === parent));
  const start = await named('Follow', spanId);
  expect([start.traceId, attributeOf(start, 'souk.outcome')]).toEqual([traceId, 'begun']);
  await named('order graphql', start.spanId);
  const event = await until('the event is exported', () =>
    spans.find(({ links = [] }) => links.some((link) => link.spanId === start.spanId)),
  );
  expect([event.name, event.traceId === traceId]).toEqual(['Follow event', false]);
}

const steps = [
  'account VALIDATE_USER do',
  'account UPDATE_STATS do',
  'catalog CONFIRM_ITEMS do',
  'catalog RESERVE_ITEMS do',
  'order GENERATE_TOKENS do',
  'payment PROCESS_PAYMENT do',
  'social UPDATE_STATS do',
];

const isStep = ({ name }: Span): boolean => name.endsWith(' do');

/** Names of the executed steps, each once: a slow step is retried. */
const stepsOf = (spans: readonly Span[]): string[] => {
  const done = spans.filter(isStep);
  const named = done.map((span) => `${attributeOf(span, 'souk.saga.participant') ?? ''} ${span.name}`);
  return [...new Set(named)].sort();
};

/** Whether all that is to be looked at has come: each process sends its spans in its own time. */
function isWhole(spans: readonly Span[]): boolean {
  const names = new Set(spans.map(({ name }) => name));
  const advances = spans.filter(({ name }) => name === 'advance checkout');
  return (
    ['Buy', 'order', 'order graphql', 'saga checkout'].every((name) => names.has(name)) &&
    stepsOf(spans).length >= steps.length &&
    advances.length >= steps.length
  );
}

const topologies: readonly { topology: Topology; redis: boolean }[] = [
  { topology: 'standalone', redis: false },
  ...(redisAvailable ? [{ topology: 'distributed' as const, redis: true }] : []),
];

it.each(topologies)(
  'a checkout is one trace, from the client to the last step of its saga: $topology, Redis: $redis',
  async ({ topology, redis: onRedis }) => {
    const collector = await startCollector();
    const redis = onRedis ? await startRedis() : null;
    let souk: TestSouk | null = null;
    try {
      souk = await startSouk({
        topology,
        demo: false,
        log: 'debug',
        environment: {
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          OTEL_BSP_SCHEDULE_DELAY: '200',
          ...(redis ? { REDIS_URL: redis.url } : {}),
        },
      });
      const { offerId } = await stockLicences(await souk.as('admin'), null);
      const buyer = await souk.newBuyer();
      const clients = Array.from({ length: 5 }, clientSpan);
      // Together: their commands share batches, and each belongs to a trace of its own all the same.
      const ids = await Promise.all(clients.map(({ traceparent }) => buy(buyer, offerId, traceparent)));
      await Promise.all(ids.map((id) => buyer.untilEnded(id)));
      const [bought = ''] = ids;
      for (const transport of ['SSE', 'WebSocket'] as const)
        await follows(buyer, transport, bought, collector.spans);
      for (const { traceId, spanId } of clients) {
        const spans = await until('the whole trace is exported', () => {
          const own = collector.spans.filter((span) => span.traceId === traceId);
          return isWhole(own) ? own : null;
        });
        const named = (name: string): Span | undefined => spans.find((span) => span.name === name);
        expect(named('Buy')?.parentSpanId).toBe(spanId);
        expect(named('order')?.parentSpanId).toBe(named('Buy')?.spanId);
        expect(named('order graphql')?.parentSpanId).toBe(named('order')?.spanId);
        expect(stepsOf(spans)).toEqual([...steps].sort());
        for (const span of [...spans.filter(isStep), named('saga checkout')]) {
          expect(span?.parentSpanId).toBe(named('order graphql')?.spanId);
        }
        const output = souk.output.bind(souk);
        const advances = await until('the log has its advances', () => {
          const lines = linesOf(output(), 'saga advanced').filter((line) => line.includes(traceId));
          return lines.length >= steps.length ? lines : null;
        });
        const started = `"spanId":"${named('order graphql')?.spanId ?? ''}"`;
        expect(advances.filter((line) => !line.includes(started))).toEqual([]);
        const sagas = spans.map((span) => attributeOf(span, 'souk.saga.id')).filter(Boolean);
        expect(new Set(sagas).size).toBe(1);
        const services = ['account', 'catalog', 'gateway', 'order', 'payment', 'social'];
        expect([...new Set(spans.map(({ service }) => service))].sort()).toEqual(
          topology === 'standalone' ? ['souk'] : services.map((name) => `souk-${name}`),
        );
      }
    } finally {
      await souk?.stop();
      await redis?.stop();
      await collector.close();
    }
  },
  300_000,
);
