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

test('a payment confirmed at once succeeds and leaves a charge', async () => {
  const intent = await pay(stripe, 4250, 'pm_card_visa', {
    metadata: { order: 'order_1', 'a.b': 'ünïcode & more' },
    description: 'Two tickets',
    expand: ['latest_charge'],
  });
  expect(intent).toMatchObject({
    object: 'payment_intent',
    amount: 4250,
    amount_received: 4250,
    amount_capturable: 0,
    currency: 'eur',
    status: 'succeeded',
    livemode: false,
    metadata: { order: 'order_1', 'a.b': 'ünïcode & more' },
    last_payment_error: null,
    next_action: null,
  });
  expect(intent.id).toMatch(/^pi_[A-Za-z0-9]{24}$/);
  expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_[A-Za-z0-9]{25}$`));
  expect(intent.lastResponse.requestId).toMatch(/^req_/);
  const charge = intent.latest_charge as Stripe.Charge;
  expect(charge).toMatchObject({
    amount_captured: 4250,
    captured: true,
    paid: true,
    status: 'succeeded',
    payment_intent: intent.id,
    payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
  });
  expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ id: charge.id, amount: 4250 });
  expect((await stripe.paymentIntents.retrieve(intent.id)).latest_charge).toBe(charge.id);
});

test('a PaymentIntent can be created, updated and confirmed step by step', async () => {
  const created = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'EUR',
    allowed_payment_method_types: ['card', 'klarna'],
    metadata: { keep: '1', drop: '2' },
  });
  expect(created).toMatchObject({
    status: 'requires_payment_method',
    currency: 'eur',
    latest_charge: null,
    allowed_payment_method_types: ['card', 'klarna'],
    payment_method_types: ['card'],
    automatic_payment_methods: null,
  });
  const updated = await stripe.paymentIntents.update(created.id, {
    amount: 1500,
    payment_method: 'pm_card_mastercard',
    metadata: { drop: '', add: '3' },
  });
  expect(updated).toMatchObject({ status: 'requires_confirmation', amount: 1500 });
  expect(updated.metadata).toEqual({ keep: '1', add: '3' });
  const confirmed = await stripe.paymentIntents.confirm(created.id);
  expect(confirmed).toMatchObject({ status: 'succeeded', amount_received: 1500 });
  const again = await refusal(stripe.paymentIntents.confirm(created.id));
  expect(again).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
  expect(again.payment_intent).toMatchObject({ id: created.id, status: 'succeeded' });
});

test.each([
  ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
])('%s is declined, and another card pays after it', async (card, code, declineCode) => {
  const declined = await refusal(pay(stripe, 900, card));
  expect(declined).toMatchObject({
    type: 'StripeCardError',
    statusCode: 402,
    code,
    decline_code: declineCode,
    payment_intent: {
      status: 'requires_payment_method',
      payment_method: null,
      amount_received: 0,
      last_payment_error: { type: 'card_error', code, decline_code: declineCode, charge: declined.charge },
    },
  });
  const id = declined.payment_intent?.id ?? '';
  const held = await stripe.paymentIntents.retrieve(id);
  expect(held.last_payment_error?.payment_method).toMatchObject({ object: 'payment_method', type: 'card' });
  expect(await stripe.charges.retrieve(declined.charge ?? '')).toMatchObject({
    status: 'failed',
    paid: false,
    failure_code: code,
  });
  const paid = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
});

test('a card that needs its buyer waits, and succeeds once they authenticate', async () => {
  const waiting = await pay(stripe, 2000, 'pm_card_authenticationRequired', {
    return_url: 'https://shop.example/back',
  });
  expect(waiting).toMatchObject({
    status: 'requires_action',
    latest_charge: null,
    next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: 'https://shop.example/back' } },
  });
  const played = await running.control(`/payment_intents/${waiting.id}/authenticate`);
  expect(played).toMatchObject({
    status: 200,
    body: { id: waiting.id, status: 'succeeded', next_action: null },
  });
  const twice = await running.control(`/payment_intents/${waiting.id}/authenticate`);
  expect(twice).toMatchObject({ status: 400, body: { error: { code: 'payment_intent_unexpected_state' } } });
});

test('a buyer who fails to authenticate can pay with another card', async () => {
  const waiting = await pay(stripe, 2000, 'pm_card_authenticationRequired');
  expect(waiting.next_action?.type).toBe('use_stripe_sdk');
  await running.control(`/payment_intents/${waiting.id}/authenticate`, { outcome: 'fail' });
  expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'payment_intent_authentication_failure', type: 'invalid_request_error' },
  });
  const played = await running.control(`/payment_intents/${waiting.id}/confirm`, {
    payment_method: 'pm_card_visa',
  });
  expect(played).toMatchObject({ status: 200, body: { status: 'succeeded' } });
});

test('the client confirms with a declined card and gets the decline', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 700, currency: 'eur' });
  const path = `/payment_intents/${intent.id}/confirm`;
  expect(await running.control(path)).toMatchObject({ status: 400 });
  expect(await running.control(path, { payment_method: 'pm_card_chargeDeclined' })).toMatchObject({
    status: 402,
    body: { error: { code: 'card_declined' } },
  });
  expect(await running.control(path, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 200 });
});

test('a card may be declined after its buyer has authenticated', async () => {
  const waiting = await pay(stripe, 2000, 'pm_card_threeDSecureRequiredChargeDeclined');
  expect(await running.control(`/payment_intents/${waiting.id}/authenticate`)).toMatchObject({ status: 402 });
  const held = await stripe.paymentIntents.retrieve(waiting.id);
  expect(held).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'card_declined' },
  });
});

test('without a buyer at hand, a card that needs one is declined', async () => {
  const named = { amount: 2000, currency: 'eur', confirm: true, allowed_payment_method_types: ['card'] };
  for (const absent of [{ off_session: true }, { error_on_requires_action: true }]) {
    const declined = await refusal(
      stripe.paymentIntents.create({ ...named, ...absent, payment_method: 'pm_card_authenticationRequired' }),
    );
    expect(declined).toMatchObject({ statusCode: 402, code: 'authentication_required' });
    expect(declined.payment_intent?.status).toBe('requires_payment_method');
  }
});

test('with manual confirmation the server confirms again after the buyer authenticated', async () => {
  const waiting = await pay(stripe, 2000, 'pm_card_authenticationRequired', {
    confirmation_method: 'manual',
  });
  const played = await running.control(`/payment_intents/${waiting.id}/authenticate`);
  expect(played).toMatchObject({ body: { status: 'requires_confirmation' } });
  expect((await stripe.paymentIntents.confirm(waiting.id)).status).toBe('succeeded');
});

test('a reserved amount is captured in part, and not twice', async () => {
  const reserved = await pay(stripe, 5000, 'pm_card_visa', { capture_method: 'manual' });
  expect(reserved).toMatchObject({ status: 'requires_capture', amount_capturable: 5000, amount_received: 0 });
  const tooMuch = await refusal(stripe.paymentIntents.capture(reserved.id, { amount_to_capture: 5001 }));
  expect(tooMuch).toMatchObject({ code: 'amount_too_large', param: 'amount_to_capture' });
  const captured = await stripe.paymentIntents.capture(reserved.id, { amount_to_capture: 3000 });
  expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 3000 });
  const again = await refusal(stripe.paymentIntents.capture(reserved.id));
  expect(again.code).toBe('payment_intent_unexpected_state');
});

test('what has not been paid can be canceled, what has been cannot', async () => {
  for (const more of [
    { capture_method: 'manual' },
    { payment_method: 'pm_card_authenticationRequired' },
  ] as const) {
    const open = await pay(stripe, 800, 'pm_card_visa', more);
    const canceled = await stripe.paymentIntents.cancel(open.id, {
      cancellation_reason: 'requested_by_customer',
    });
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'requested_by_customer',
      amount_capturable: 0,
      next_action: null,
    });
    expect(canceled.canceled_at).toBeGreaterThanOrEqual(canceled.created);
    expect((await refusal(stripe.paymentIntents.confirm(open.id))).code).toBe(
      'payment_intent_unexpected_state',
    );
  }
  const paid = await pay(stripe, 800);
  const refused = await refusal(stripe.paymentIntents.cancel(paid.id));
  expect(refused).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { id: paid.id } });
});

test('a bank debit is processing until the bank settles it', async () => {
  const debit = {
    currency: 'usd',
    allowed_payment_method_types: ['us_bank_account'],
    payment_method: 'pm_usBankAccount_processing',
  };
  for (const [outcome, status] of [
    ['succeed', 'succeeded'],
    ['fail', 'requires_payment_method'],
  ] as const) {
    const pending = await stripe.paymentIntents.create({ amount: 900, confirm: true, ...debit });
    expect(pending).toMatchObject({ status: 'processing', amount_received: 0 });
    await running.control(`/payment_intents/${pending.id}/settle`, { outcome });
    expect((await stripe.paymentIntents.retrieve(pending.id)).status).toBe(status);
  }
});

test('lists are paged newest first, in both directions, and filtered by time', async () => {
  const other = await run();
  try {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.unshift((await other.stripe.paymentIntents.create({ amount: 100 + count, currency: 'eur' })).id);
    }
    const ids = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id);
    const first = await other.stripe.paymentIntents.list({ limit: 2 });
    expect(first.has_more).toBe(true);
    expect(ids(first)).toEqual(made.slice(0, 2));
    const rest = await other.stripe.paymentIntents.list({ limit: 3, starting_after: made[1] ?? '' });
    expect(ids(rest)).toEqual(made.slice(2));
    expect(rest.has_more).toBe(false);
    const back = await other.stripe.paymentIntents.list({ limit: 2, ending_before: made[4] ?? '' });
    expect(ids(back)).toEqual(made.slice(2, 4));
    expect(back.has_more).toBe(true);
    const walked: string[] = [];
    for await (const intent of other.stripe.paymentIntents.list({ limit: 2 })) walked.push(intent.id);
    expect(walked).toEqual(made);

    const future = Math.floor(Date.now() / 1000) + 60;
    expect(ids(await other.stripe.paymentIntents.list({ created: { gt: future } }))).toEqual([]);
    expect(
      ids(await other.stripe.paymentIntents.list({ created: { gte: future - 120, lt: future } })),
    ).toEqual(made);
    const lost = await refusal(
      other.stripe.paymentIntents.list({ starting_after: 'pi_unknown' }).then((list) => list),
    );
    expect(lost).toMatchObject({ code: 'resource_missing', param: 'starting_after' });
  } finally {
    await other.stop();
  }
});
