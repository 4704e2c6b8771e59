import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '../../tests/support/client.js';
import { redisAvailable, startRedis } from '../../tests/support/redis.js';
import { stockLicences } from '../../tests/support/shop.js';
import type { TestSouk, Topology } from '../../tests/support/souk.js';
import { admin, startSouk } from '../../tests/support/souk.js';
import { until } from '../../tests/support/until.js';

interface Span {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string } }[];
}

interface Received {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue: string } }[] };
    scopeSpans: { spans: Omit<Span, 'service'>[] }[];
  }[];
}

/** A collector as OpenTelemetry's exporter needs one: OTLP over HTTP, in JSON. */
async function startCollector(): Promise<{ url: string; spans: Span[]; close: () => Promise<void> }> {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/v1/traces') throw new Error(`Nothing is at ${String(request.url)}.`);
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as Received;
      for (const { resource, scopeSpans } of resourceSpans) {
        const service =
          resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
        for (const scope of scopeSpans) spans.push(...scope.spans.map((span) => ({ ...span, service })));
      }
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const query = `mutation Buy($input: CreateOrderInput!) {
  createOrder(input: $input) { checkout { id } userErrors { code message } }
}`;

/** Buys as a client that traces. @returns the checkout's id */
async function buy(buyer: Client, offerId: string, traceparent: string): Promise<string> {
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

const hex = (bytes: number): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');

const steps = [
  'VALIDATE_USER do',
  'RESERVE_ITEMS do',
  'PROCESS_PAYMENT do',
  'CONFIRM_ITEMS do',
  'GENERATE_TOKENS do',
  'UPDATE_STATS do',
  'UPDATE_STATS do',
];

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
        environment: {
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          OTEL_BSP_SCHEDULE_DELAY: '200',
          ...(redis ? { REDIS_URL: redis.url } : {}),
        },
      });
      const { url } = souk;
      const { offerId } = await stockLicences(await new Client(url).login(admin.email, admin.password), null);
      const buyer = await new Client(url).register();
      const clients = Array.from({ length: 5 }, () => ({ traceId: hex(16), spanId: hex(8) }));
      // Together: their commands share batches, and each belongs to a trace of its own all the same.
      const ids = await Promise.all(
        clients.map(({ traceId, spanId }) => buy(buyer, offerId, `00-${traceId}-${spanId}-01`)),
      );
      await Promise.all(ids.map((id) => buyer.ended(id)));
      for (const { traceId, spanId } of clients) {
        const own = (): Span[] => collector.spans.filter((span) => span.traceId === traceId);
        await until('the end of the trace', () => own().some(({ name }) => name === 'saga checkout'));
        await until('all its steps', () => own().filter(({ name }) => name.endsWith(' do')).length >= 7);
        const spans = own();
        const named = (name: string): Span | undefined => spans.find((span) => span.name === name);
        expect(named('Buy')?.parentSpanId).toBe(spanId);
        expect(named('order')?.parentSpanId).toBe(named('Buy')?.spanId);
        expect(named('order graphql')?.parentSpanId).toBe(named('order')?.spanId);
        const done = spans.filter(({ name }) => name.endsWith(' do'));
        expect(done.map(({ name }) => name).sort()).toEqual([...steps].sort());
        for (const span of [...done, named('saga checkout')]) {
          expect(span?.parentSpanId).toBe(named('order graphql')?.spanId);
        }
        expect(spans.filter(({ name }) => name === 'advance checkout').length).toBeGreaterThanOrEqual(7);
        const sagas = spans.flatMap(({ attributes }) =>
          attributes.flatMap(({ key, value }) => (key === 'souk.saga.id' ? [value.stringValue] : [])),
        );
        expect(new Set(sagas).size).toBe(1);
        const services = ['account', 'catalog', 'gateway', 'order', 'payment', 'social'];
        expect([...new Set(spans.map(({ service }) => service))].sort()).toEqual(
          topology === 'standalone' ? ['souk'] : services.map((name) => `souk-${name}`),
        );
      }
    } finally {
      await souk?.stop();
      await souk?.clean();
      await redis?.stop();
      await collector.close();
    }
  },
  300_000,
);
