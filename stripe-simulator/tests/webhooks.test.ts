import { createServer } from 'node:net';
import { once } from 'node:events';
import Stripe from 'stripe';
import { eventually, pay, receive, refusal, run, WEBHOOK_SECRET } from './simulator-harness.js';
import type { Receiver, Running } from './simulator-harness.js';

let receiver: Receiver;
let running: Running;

beforeEach(async () => {
  receiver = await receive();
  running = await run({ webhookUrl: receiver.url });
});
afterEach(async () => {
  await running.stop();
  await receiver.stop();
});

const typesOf = (object: string) =>
  receiver
    .events()
    .filter((event) => (event.data.object as { id: string }).id === object)
    .map(({ type }) => type)
    .sort();

test('events are signed so that the real client verifies them, and a tampered one is refused', async () => {
  const paid = await pay(running.stripe, 1000, 'pm_card_visa', { metadata: { name: 'Zoë' } });
  await eventually('both events', () => receiver.received.length === 2);
  const { webhooks } = running.stripe;
  for (const { body, headers } of receiver.received) {
    const signature = headers['stripe-signature'] as string;
    const event = webhooks.constructEvent(body, signature, WEBHOOK_SECRET);
    expect(event).toMatchObject({ object: 'event', livemode: false, data: { object: { id: paid.id } } });
    expect(event.request?.id).toBe(paid.lastResponse.requestId);
    expect(() => webhooks.constructEvent(body.replace('1000', '1'), signature, WEBHOOK_SECRET)).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
    expect(() => webhooks.constructEvent(body, signature, 'whsec_other')).toThrow(/signature/);
  }
  expect(typesOf(paid.id)).toEqual(['payment_intent.created', 'payment_intent.succeeded']);
});

test('each change of a payment is sent as an event', async () => {
  const { stripe } = running;
  const failed = (await refusal(pay(stripe, 1000, 'pm_card_chargeDeclined'))).payment_intent?.id ?? '';
  const waiting = await pay(stripe, 1000, 'pm_card_authenticationRequired');
  await running.control(`/payment_intents/${waiting.id}/authenticate`);
  const reserved = await pay(stripe, 1000, 'pm_card_visa', { capture_method: 'manual' });
  await stripe.paymentIntents.cancel(reserved.id);
  const refund = await stripe.refunds.create({ payment_intent: waiting.id });
  await stripe.refunds.update(refund.id, { metadata: { seen: 'yes' } });
  await eventually('all events', () => receiver.received.length === 11);

  expect(typesOf(failed)).toEqual(['payment_intent.created', 'payment_intent.payment_failed']);
  expect(typesOf(waiting.id)).toEqual([
    'payment_intent.created',
    'payment_intent.requires_action',
    'payment_intent.succeeded',
  ]);
  expect(typesOf(reserved.id)).toEqual([
    'payment_intent.amount_capturable_updated',
    'payment_intent.canceled',
    'payment_intent.created',
  ]);
  expect(typesOf(refund.id)).toEqual(['refund.created', 'refund.updated']);
  expect(typesOf(refund.charge as string)).toEqual(['charge.refunded']);
});

test('an event is sent again until it is taken, and then no more', async () => {
  receiver.answers.push(500, 302);
  const intent = await running.stripe.paymentIntents.create({ amount: 100, currency: 'eur' });
  const [event] = (await running.stripe.events.list({ type: 'payment_intent.created' })).data;
  expect(event).toMatchObject({ pending_webhooks: 1, data: { object: { id: intent.id } } });
  const delivered = await eventually('the delivery', async () => {
    const [delivery] = (await running.state()).deliveries;
    return delivery?.state === 'delivered' ? delivery : undefined;
  });
  expect(delivered).toMatchObject({ event: event?.id, attempts: 3, last_outcome: '200' });
  expect(receiver.events().map(({ id }) => id)).toEqual([event?.id, event?.id, event?.id]);
  expect(await running.stripe.events.retrieve(event?.id ?? '')).toMatchObject({ pending_webhooks: 0 });
});

test('an address that does not answer holds up neither the API nor the others', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  running.simulator.setWebhookUrl(`http://127.0.0.1:${port}/`);
  await pay(running.stripe, 1000);
  // The call was answered while its events are still being delivered.
  expect((await running.state()).deliveries).toMatchObject([
    { state: 'pending', attempts: 0 },
    { state: 'pending', attempts: 0 },
  ]);
  running.simulator.setWebhookUrl(receiver.url);
  const later = await pay(running.stripe, 1000);
  await eventually('the later events', () => typesOf(later.id).length === 2);
  await running.simulator.close();
  silent.close();
});

test('paused events wait, and duplicated ones come twice', async () => {
  await running.control('/webhooks', { paused: true });
  const paid = await pay(running.stripe, 1000);
  const { deliveries } = await running.state();
  expect(deliveries.map(({ state, attempts }) => [state, attempts])).toEqual([
    ['pending', 0],
    ['pending', 0],
  ]);
  expect(receiver.received).toEqual([]);
  await running.control('/webhooks', { paused: false, duplicate: true });
  await eventually('each event twice', () => receiver.received.length === 4);
  expect(typesOf(paid.id)).toEqual([
    'payment_intent.created',
    'payment_intent.created',
    'payment_intent.succeeded',
    'payment_intent.succeeded',
  ]);
});

test('without an address nothing is owed, and events can be listed all the same', async () => {
  const alone = await run();
  try {
    await pay(alone.stripe, 1000);
    expect((await alone.state()).deliveries).toEqual([]);
    const listed = await alone.stripe.events.list({ types: ['payment_intent.succeeded'] });
    expect(listed.data.map(({ type, pending_webhooks: pending }) => [type, pending])).toEqual([
      ['payment_intent.succeeded', 0],
    ]);
  } finally {
    await alone.stop();
  }
});
