import { pay, refusal, run } from './simulator-harness.js';
import type { Running } from './simulator-harness.js';

let running: Running;
beforeAll(async () => {
  running = await run();
});
afterAll(() => running.stop());

const eventsOf = async (object: string) =>
  (await running.state()).events.filter((event) => event.object === object).map(({ type }) => type);

test('a disputed charge cannot be refunded until the dispute is won', async () => {
  const { stripe } = running;
  const paid = await pay(stripe, 5000);
  const opened = await running.control(`/payment_intents/${paid.id}/dispute`, { amount: 4000 });
  const { id } = opened.body as { id: string };
  expect(await stripe.disputes.retrieve(id)).toMatchObject({
    object: 'dispute',
    amount: 4000,
    charge: paid.latest_charge,
    payment_intent: paid.id,
    reason: 'fraudulent',
    status: 'needs_response',
    is_charge_refundable: false,
  });
  expect(await stripe.charges.retrieve(paid.latest_charge as string)).toMatchObject({ disputed: true });
  expect(await refusal(stripe.refunds.create({ payment_intent: paid.id }))).toMatchObject({
    code: 'charge_disputed',
  });
  await running.control(`/disputes/${id}/close`, { outcome: 'won' });
  expect(await stripe.disputes.retrieve(id)).toMatchObject({ status: 'won' });
  expect(await stripe.refunds.create({ payment_intent: paid.id })).toMatchObject({ amount: 5000 });
  expect(await eventsOf(id)).toEqual([
    'charge.dispute.closed',
    'charge.dispute.funds_reinstated',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.created',
  ]);
});

test('evidence decides, and what is closed stays closed', async () => {
  const { stripe } = running;
  const paid = await pay(stripe, 2000, 'pm_card_createDisputeProductNotReceived');
  const [dispute] = (await stripe.disputes.list({ payment_intent: paid.id })).data;
  expect(dispute).toMatchObject({
    reason: 'product_not_received',
    evidence_details: { has_evidence: false },
  });
  const id = dispute?.id ?? '';
  const draft = await stripe.disputes.update(id, {
    evidence: { uncategorized_text: 'a letter' },
    submit: false,
  });
  expect(draft).toMatchObject({ status: 'needs_response', evidence_details: { has_evidence: true } });
  const lost = await stripe.disputes.update(id, { evidence: { uncategorized_text: 'losing_evidence' } });
  expect(lost).toMatchObject({ status: 'lost', evidence_details: { submission_count: 1 } });
  expect(await refusal(stripe.disputes.close(id))).toMatchObject({ statusCode: 400, code: 'dispute_closed' });
  expect(await refusal(stripe.refunds.create({ payment_intent: paid.id }))).toMatchObject({
    code: 'charge_disputed',
  });
});

test('an inquiry takes no money', async () => {
  const { stripe } = running;
  const paid = await pay(stripe, 2000, 'pm_card_createDisputeInquiry');
  const [inquiry] = (await stripe.disputes.list({ payment_intent: paid.id })).data;
  expect(inquiry).toMatchObject({ status: 'warning_needs_response', is_charge_refundable: true });
  expect(await eventsOf(inquiry?.id ?? '')).toEqual(['charge.dispute.created']);
  expect((await stripe.refunds.create({ payment_intent: paid.id })).status).toBe('succeeded');
});

test('what was not paid, or is disputed already, cannot be disputed', async () => {
  const open = await running.stripe.paymentIntents.create({ amount: 500, currency: 'eur' });
  expect(await running.control(`/payment_intents/${open.id}/dispute`)).toMatchObject({ status: 400 });
  const paid = await pay(running.stripe, 500, 'pm_card_createDispute');
  expect(await running.control(`/payment_intents/${paid.id}/dispute`)).toMatchObject({ status: 400 });
  expect(await running.control(`/payment_intents/${paid.id}/dispute`, { amount: 501 })).toMatchObject({
    status: 400,
  });
});

test('a refund may fail after it was reported as done, and the money can be sent again', async () => {
  const { stripe } = running;
  const paid = await pay(stripe, 3000, 'pm_card_refundFail');
  const refund = await stripe.refunds.create({ payment_intent: paid.id });
  expect(refund.status).toBe('succeeded');
  await running.control(`/refunds/${refund.id}/settle`, { reason: 'expired_or_canceled_card' });
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
  });
  expect(await stripe.charges.retrieve(paid.latest_charge as string)).toMatchObject({
    amount_refunded: 0,
    refunded: false,
  });
  expect(await eventsOf(refund.id)).toEqual(['refund.failed', 'refund.updated', 'refund.created']);
  expect((await stripe.refunds.create({ payment_intent: paid.id })).amount).toBe(3000);
  expect(await running.control(`/refunds/${refund.id}/settle`)).toMatchObject({ status: 400 });
});

test('a refund may be on its way for a while', async () => {
  const { stripe } = running;
  const paid = await pay(stripe, 3000, 'pm_card_pendingRefund');
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 1000 });
  expect(refund.status).toBe('pending');
  await running.control(`/refunds/${refund.id}/settle`);
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  expect(await running.control(`/refunds/${refund.id}/settle`)).toMatchObject({ status: 400 });
});

test('what a person refunds in the dashboard has no metadata', async () => {
  const { stripe } = running;
  const paid = await pay(stripe, 3000);
  const { body } = await running.control(`/payment_intents/${paid.id}/refund`, { amount: 700 });
  expect(body).toMatchObject({ amount: 700, metadata: {}, status: 'succeeded' });
  expect(await running.control(`/payment_intents/${paid.id}/refund`, { amount: 2301 })).toMatchObject({
    status: 400,
  });
});
