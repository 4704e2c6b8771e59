import Stripe from 'stripe';
import { PaymentFixture } from './support/payment-fixture.js';

// What Stripe may show of a PaymentIntent beside success and decline. Souk asks for automatic confirmation and capture
// by card; these intents are made otherwise, as another version of Souk or a person might, and put in the place of ours.

let fixture: PaymentFixture;
let stripe: Stripe;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
  const { hostname: host, port } = new URL(fixture.simulatorUrl);
  stripe = new Stripe('sk_test_other', { host, port, protocol: 'http', telemetry: false });
});
afterAll(() => fixture.close());

/** A payment that waits, with an intent made from `parameters`. */
async function waiting(parameters: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const payment = await fixture.pay(null, { amount: { amount: 2_500, currency: 'USD' } });
  expect(payment.outcome.kind).toBe('waiting');
  const id = await fixture.idOf(payment);
  const { id: intent } = await stripe.paymentIntents.create({
    amount: 2_500,
    currency: 'usd',
    metadata: { payment: id },
    allowed_payment_method_types: ['card'],
    ...parameters,
  });
  await fixture.services.database.reader.query(
    'UPDATE payment SET provider_payment_id = $1 WHERE saga_id = $2',
    [intent, payment.sagaId],
  );
  return { ...payment, payment, id, intent };
}

async function verify(id: string): Promise<unknown> {
  const { data } = await fixture.subgraph.run(
    `mutation ($id: ID!) { verifyPayment(id: $id) { payment { status clientSecret } userErrors { code } } }`,
    { id },
    fixture.subgraph.user(['ADMIN']),
  );
  return data?.['verifyPayment'];
}

describe('an intent whose bank takes its time', () => {
  async function processing() {
    const payment = await waiting({ allowed_payment_method_types: ['us_bank_account'] });
    await stripe.paymentIntents.confirm(payment.intent, { payment_method: 'pm_usBankAccount_processing' });
    await fixture.untilStatus(payment.sagaId, 'PROCESSING');
    return payment;
  }

  it('is PROCESSING, cannot be paid again meanwhile, and is paid once the bank says so', async () => {
    const { payment, id, sagaId, intent, buyer } = await processing();
    expect(await fixture.events(sagaId)).toEqual(['CREATED', 'ACTION_REQUIRED', 'AUTHORIZED']);
    expect(await verify(id)).toMatchObject({ payment: { status: 'PROCESSING' }, userErrors: [] });
    const { data } = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'CONFLICT', field: ['id'] }] } });
    const secret = await fixture.subgraph.run(`{ payment(id: "${id}") { clientSecret } }`, {}, buyer);
    expect(secret.data).toEqual({ payment: { clientSecret: null } });
    expect(fixture.answers(sagaId)).toEqual([]);

    await fixture.control(`/payment_intents/${intent}/settle`);
    expect((await fixture.untilAnswered(sagaId)).kind).toBe('done');
    expect((await fixture.events(sagaId)).slice(-2)).toEqual(['AUTHORIZED', 'SUCCEEDED']);
  });

  it('waits for another try where the bank says no', async () => {
    const { sagaId, intent } = await processing();
    await fixture.control(`/payment_intents/${intent}/settle`, { outcome: 'fail' });
    await fixture.untilStatus(sagaId, 'PENDING');
    expect((await fixture.events(sagaId)).slice(-3)).toEqual(['AUTHORIZED', 'FAILED', 'ACTION_REQUIRED']);
    expect(await fixture.row(sagaId)).toMatchObject({ failure_code: 'debit_not_authorized' });
    expect(fixture.answers(sagaId)).toEqual([]);
  });

  it('is cancelled by the undo', async () => {
    const { id, sagaId } = await processing();
    expect(await fixture.undo(sagaId)).toEqual({ kind: 'done', output: { refunded: false } });
    expect((await fixture.row(sagaId)).status).toBe('CANCELLED');
    expect((await fixture.atProvider(id)).intents).toContain('canceled');
  });
});

describe('an intent that is captured by hand', () => {
  async function reserved() {
    const payment = await waiting({ capture_method: 'manual' });
    await fixture.control(`/payment_intents/${payment.intent}/confirm`, { payment_method: 'pm_card_visa' });
    await fixture.untilStatus(payment.sagaId, 'PROCESSING');
    return payment;
  }

  it('is not paid while it is reserved, and is once it is captured', async () => {
    const { sagaId, intent } = await reserved();
    expect((await fixture.events(sagaId)).at(-1)).toBe('AUTHORIZED');
    expect(fixture.answers(sagaId)).toEqual([]);
    await stripe.paymentIntents.capture(intent);
    expect((await fixture.untilAnswered(sagaId)).kind).toBe('done');
    expect((await fixture.row(sagaId)).status).toBe('SUCCEEDED');
  });

  it('is released by the undo', async () => {
    const { sagaId, intent } = await reserved();
    expect(await fixture.undo(sagaId)).toEqual({ kind: 'done', output: { refunded: false } });
    expect(await stripe.paymentIntents.retrieve(intent)).toMatchObject({
      status: 'canceled',
      amount_received: 0,
      amount_capturable: 0,
    });
  });
});

describe('an intent that is confirmed by hand', () => {
  it('waits again after its buyer has authenticated, and is paid by the next confirmation', async () => {
    const { payment, id, sagaId, intent } = await waiting({ confirmation_method: 'manual' });
    await fixture.confirm(payment, id, 'pm_card_authenticationRequired');
    expect((await fixture.row(sagaId)).status).toBe('REQUIRES_ACTION');
    await fixture.control(`/payment_intents/${intent}/authenticate`);
    expect((await stripe.paymentIntents.retrieve(intent)).status).toBe('requires_confirmation');
    expect(await verify(id)).toMatchObject({ payment: { status: 'PENDING' }, userErrors: [] });
    const { data } = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { payment: { status: 'SUCCEEDED' }, userErrors: [] } });
    expect((await fixture.untilAnswered(sagaId)).kind).toBe('done');
  });
});

describe('an intent that a person cancels at Stripe', () => {
  it('ends the payment, and turns the checkout back', async () => {
    const { sagaId, intent, id, payment } = await waiting();
    await stripe.paymentIntents.cancel(intent);
    expect(await fixture.untilAnswered(sagaId)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'CONFLICT' },
    });
    expect((await fixture.row(sagaId)).status).toBe('CANCELLED');
    expect((await fixture.events(sagaId)).at(-1)).toBe('CANCELLED');
    const { data } = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'CONFLICT' }] } });
  });
});
