import Stripe from 'stripe';
import { PaymentFixture } from './support/payment-fixture.js';

// PaymentIntent statuses besides success and decline. Payment uses automatic confirmation and capture of cards; these
// intents are created with other parameters, as another version or a person might, and replace the payment's intent.

let fixture: PaymentFixture;
let stripe: Stripe;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
  const { hostname: host, port } = new URL(fixture.simulatorUrl);
  stripe = new Stripe('sk_test_other', { host, port, protocol: 'http', telemetry: false });
});
afterAll(() => fixture.close());

/** A waiting payment with an intent created from `parameters`. */
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

describe('an intent that the bank is processing', () => {
  async function processing() {
    const payment = await waiting({ allowed_payment_method_types: ['us_bank_account'] });
    await stripe.paymentIntents.confirm(payment.intent, { payment_method: 'pm_usBankAccount_processing' });
    await fixture.untilStatus(payment.sagaId, 'PROCESSING');
    return payment;
  }

  it('is PROCESSING, cannot be confirmed meanwhile, and succeeds when the bank confirms', async () => {
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

  it('waits for another attempt if the bank declines', async () => {
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

describe('an intent with manual capture', () => {
  async function reserved() {
    const payment = await waiting({ capture_method: 'manual' });
    await fixture.control(`/payment_intents/${payment.intent}/confirm`, { payment_method: 'pm_card_visa' });
    await fixture.untilStatus(payment.sagaId, 'PROCESSING');
    return payment;
  }

  it('is unpaid while it is authorized, and paid once it is captured', async () => {
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

describe('an intent with manual confirmation', () => {
  it('waits again after authentication, and succeeds with the next confirmation', async () => {
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

describe('an intent that is cancelled in the Stripe dashboard', () => {
  it('ends the payment and rejects the step', async () => {
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
