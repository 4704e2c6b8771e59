import * as fc from 'fast-check';
import Stripe from 'stripe';
import { newId } from '@souk/shared/ids';
import { countJobs } from '@souk/shared/queue/schedule';
import { until } from '../../../tests/support/until.js';
import { PaymentFixture, webhookSecret } from './support/payment-fixture.js';

// Bodies with a valid signature that are not events, or unusual ones. The endpoint may be configured for another API
// version or kind of event; and a leaked secret must not allow an attacker to block other webhooks.

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterAll(() => fixture.close());

const stripe = new Stripe('sk_test_x');

/** Sends a body with a valid signature. */
async function send(body: string | Buffer): Promise<{ status: number; error: string | undefined }> {
  const payload = body.toString();
  const response = await fetch(fixture.webhookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'stripe-signature': stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret }),
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const { error } = (await response.json()) as { error?: string };
  return { status: response.status, error };
}

const event = (overrides: object = {}): object => ({
  object: 'event',
  id: `evt_${newId()}`,
  type: 'payment_intent.succeeded',
  api_version: '2026-10-28.endive',
  created: 1_770_000_000,
  data: { object: { id: 'pi_unknown', metadata: {} } },
  ...overrides,
});

const about = (object: unknown): object => event({ data: { object } });
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const refused: [string, string | Buffer][] = [
  ['text that is no JSON', 'payment_intent.succeeded'],
  ['half a document', JSON.stringify(event()).slice(0, -5)],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['null', 'null'],
  ['a number', '1e999'],
  ['a text', '"evt_1"'],
  ['an empty list', '[]'],
  ['a list of events', JSON.stringify([event()])],
  ['an empty object', '{}'],
  ['lists in lists', nested(100_000)],
  ['an object that is no event', JSON.stringify(event({ object: 'charge' }))],
  ['a thin event of the v2 API', JSON.stringify(event({ object: 'v2.core.event', data: undefined }))],
  ['no id', JSON.stringify(event({ id: undefined }))],
  ['a number as id', JSON.stringify(event({ id: 17 }))],
  ['NUL in the id', JSON.stringify(event({ id: 'evt_\0' }))],
  ['half a surrogate pair in the id', JSON.stringify(event({ id: 'evt_\ud83d' }))],
  ['a path as id', JSON.stringify(event({ id: '../events' }))],
  ['an id without end', JSON.stringify(event({ id: `evt_${'x'.repeat(10_000)}` }))],
  ['no type', JSON.stringify(event({ type: undefined }))],
  ['an object as type', JSON.stringify(event({ type: {} }))],
  ['NUL in the type', JSON.stringify(event({ type: 'charge\0' }))],
  ['a time without end', JSON.stringify(event()).replace('1770000000', '1e300')],
  ['a negative time', JSON.stringify(event({ created: -1 }))],
  ['a fraction as time', JSON.stringify(event({ created: 1.5 }))],
  ['a text as time', JSON.stringify(event({ created: 'yesterday' }))],
  ['no data', JSON.stringify(event({ data: undefined }))],
  ['data that is null', JSON.stringify(event({ data: null }))],
  ['data without an object', JSON.stringify(event({ data: {} }))],
  ['an object that is null', JSON.stringify(about(null))],
  ['an object that is a list', JSON.stringify(about([]))],
  ['an object that is a text', JSON.stringify(about('pi_1'))],
  ["a number as the object's id", JSON.stringify(about({ id: 2 ** 60 }))],
  ["NUL in the object's id", JSON.stringify(about({ id: 'pi_\0' }))],
  ["half a surrogate pair in the object's id", JSON.stringify(about({ id: 'pi_\udc00' }))],
  ["a path as the object's id", JSON.stringify(about({ id: '../../v1/refunds' }))],
  ['a list as intent', JSON.stringify(about({ id: 'ch_1', payment_intent: ['pi_1'] }))],
];

const ignored: [string, object][] = [
  ['another API version', event({ api_version: '2019-05-16' })],
  ['an unknown type', event({ type: 'climate.order.created' })],
  ['an object without an id', event({ type: 'balance.available', data: { object: { object: 'balance' } } })],
  ['metadata that are null', about({ id: 'pi_unknown', metadata: null })],
  ['metadata that are a list', about({ id: 'pi_unknown', metadata: [1] })],
  ['metadata with an object as payment', about({ id: 'pi_unknown', metadata: { payment: {} } })],
  ['metadata that name no id', about({ id: 'pi_unknown', metadata: { payment: 'payment_\0\ud83d' } })],
  [
    'metadata that name an odd UUID',
    about({ id: 'pi_unknown', metadata: { payment: `payment_7${'z'.repeat(25)}` } }),
  ],
  [
    'amounts beyond all bounds',
    about({ id: 'pi_unknown', amount: 2 ** 60, amount_received: -1, metadata: {} }),
  ],
  ['text that PostgreSQL does not take', about({ id: 'pi_unknown', description: '\0 \ud83d', metadata: {} })],
];

describe('a signed body', () => {
  it.each(refused)('that is %s is rejected with a reason', async (_what, body) => {
    const { status, error } = await send(body);
    expect({ status, error }).toEqual({ status: 400, error: expect.stringMatching(/^.{5,150}$/) as string });
  });

  it.each(ignored)('with %s is accepted and ignored', async (_what, body) => {
    expect(await send(JSON.stringify(body))).toEqual({ status: 200, error: undefined });
  });

  it('of any shape never causes a fault, and never blocks other events', async () => {
    const odd = fc.oneof(
      { weight: 2, arbitrary: fc.anything({ withNullPrototype: false, maxDepth: 3 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('\0', '\ud83d', 'x'.repeat(5_000), 2 ** 60, -1, 1e308, [], {}, null, ''),
      },
    );
    const field = fc.constantFrom('object', 'id', 'type', 'created', 'data', 'api_version');
    const body = fc.oneof(
      odd,
      fc.tuple(field, odd).map(([name, value]) => event({ [name]: value })),
      fc
        .tuple(fc.constantFrom('id', 'metadata', 'payment_intent', 'amount'), odd)
        .map(([name, value]) => about({ id: 'pi_unknown', [name]: value })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 8 }), async (bodies) => {
        const good = event({ type: 'customer.created' });
        const sent = [...bodies.map((each) => JSON.stringify([each]).slice(1, -1)), JSON.stringify(good)];
        const statuses = (await Promise.all(sent.map(send))).map(({ status }) => status);
        expect(statuses.at(-1)).toBe(200);
        expect(statuses.filter((status) => status !== 200 && status !== 400)).toEqual([]);
      }),
      { numRuns: 60, ...(process.env['CI'] ? { seed: 1 } : {}) },
    );
  });

  it('does not block the event of a successful payment', async () => {
    const payment = await fixture.pay(null);
    const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
    await fixture.control('/webhooks', { paused: true });
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
    const event = about({ id: intent, metadata: { payment: await fixture.idOf(payment) } });
    const sent = [...refused.slice(0, 30).map(([, body]) => body), JSON.stringify(event)];
    expect((await Promise.all(sent.map(send))).at(-1)).toEqual({ status: 200, error: undefined });
    await fixture.untilStatus(payment.sagaId, 'SUCCEEDED');
  });

  it('that is not an event queues no failing message', async () => {
    const queue = fixture.subgraph.dependencies.queues.queue('payment');
    await until('all messages to be handled', async () => (await countJobs(queue)) === 0);
    expect(await queue.getJobCounts('failed')).toEqual({ failed: 0 });
    await queue.close();
  });
});
