import type Stripe from 'stripe';
import { pay, refusal, run } from './simulator-harness.js';
import type { Running } from './simulator-harness.js';

let running: Running;
let stripe: Stripe;

beforeAll(async () => {
  running = await run();
  stripe = running.stripe;
});
afterAll(() => running.stop());

test('a payment is refunded in parts, and never above what was paid', async () => {
  const paid = await pay(stripe, 10_000);
  const part = await stripe.refunds.create({
    payment_intent: paid.id,
    amount: 4000,
    reason: 'requested_by_customer',
    metadata: { refund: 'refund_1' },
  });
  expect(part).toMatchObject({
    object: 'refund',
    amount: 4000,
    currency: 'eur',
    status: 'succeeded',
    charge: paid.latest_charge,
    payment_intent: paid.id,
    reason: 'requested_by_customer',
    metadata: { refund: 'refund_1' },
  });
  const tooMuch = await refusal(stripe.refunds.create({ payment_intent: paid.id, amount: 6001 }));
  expect(tooMuch).toMatchObject({ statusCode: 400, param: 'amount' });
  expect(tooMuch.message).toBe('Refund amount (€60.01) is greater than unrefunded amount on charge (€60.00)');

  const rest = await stripe.refunds.create({ charge: paid.latest_charge as string });
  expect(rest.amount).toBe(6000);
  expect(await stripe.charges.retrieve(paid.latest_charge as string)).toMatchObject({
    amount_refunded: 10_000,
    refunded: true,
  });
  const again = await refusal(stripe.refunds.create({ payment_intent: paid.id }));
  expect(again).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });

  const listed = await stripe.refunds.list({ payment_intent: paid.id });
  expect(listed.data.map(({ id }) => id)).toEqual([rest.id, part.id]);
  expect(await stripe.refunds.retrieve(part.id)).toMatchObject({ id: part.id, amount: 4000 });
});

test('more than was paid in the first place is refused with the charge amount', async () => {
  const paid = await pay(stripe, 500);
  const error = await refusal(stripe.refunds.create({ payment_intent: paid.id, amount: 501 }));
  expect(error.message).toBe('Refund amount (€5.01) is greater than charge amount (€5.00)');
});

test('of a partial capture only what was captured can be refunded', async () => {
  const reserved = await pay(stripe, 5000, 'pm_card_visa', { capture_method: 'manual' });
  await stripe.paymentIntents.capture(reserved.id, { amount_to_capture: 3000 });
  const refund = await stripe.refunds.create({ payment_intent: reserved.id });
  expect(refund.amount).toBe(3000);
});

test('what was never collected cannot be refunded', async () => {
  const reserved = await pay(stripe, 5000, 'pm_card_visa', { capture_method: 'manual' });
  const declined = (await refusal(pay(stripe, 900, 'pm_card_chargeDeclined'))).payment_intent;
  for (const id of [reserved.id, declined?.id ?? '']) {
    const error = await refusal(stripe.refunds.create({ payment_intent: id }));
    expect(error.message).toBe(`This PaymentIntent (${id}) does not have a successful charge to refund.`);
  }
  expect(await refusal(stripe.refunds.create({}))).toMatchObject({ code: 'parameter_missing' });
});

test('twenty concurrent refunds of the whole amount refund it once', async () => {
  const paid = await pay(stripe, 7000);
  const refunds = Array.from({ length: 20 }, () =>
    stripe.refunds.create({ payment_intent: paid.id, amount: 7000 }),
  );
  const outcomes = await Promise.allSettled(refunds);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('totals tell what was charged and refunded, by currency', async () => {
  const other = await run();
  try {
    const paid = await pay(other.stripe, 10_000);
    await pay(other.stripe, 5000, 'pm_card_visa', { capture_method: 'manual' });
    await refusal(pay(other.stripe, 700, 'pm_card_chargeDeclined'));
    await other.stripe.refunds.create({ payment_intent: paid.id, amount: 2500 });
    await pay(other.stripe, 3000, 'pm_card_visa', { currency: 'jpy' });
    expect((await other.state()).totals).toEqual({
      eur: { charged: 10_000, refunded: 2500, net: 7500 },
      jpy: { charged: 3000, refunded: 0, net: 3000 },
    });
  } finally {
    await other.stop();
  }
});
