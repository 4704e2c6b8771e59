import type { PaymentInput } from '@souk/client/generated/operations';
import type { CheckoutState, TestClient } from '@souk/testing/test-client';
import { administrator, newUser } from '../support/suite-clients.js';
import { stockLicences, stockOf } from '../support/shop.js';
import { until } from '../support/until.js';

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

interface Payload {
  payment: { status: string; refunded: { amount: number } } | null;
  replayed: boolean;
  userErrors: { code: string; field: string[] | null }[];
}

async function record(
  reference: string,
  amount: number,
  key: string = crypto.randomUUID(),
): Promise<Payload> {
  const { recordPayment } = (await admin.run(
    `mutation ($reference: String!, $amount: MoneyInput!, $key: String!) {
      recordPayment(reference: $reference, amount: $amount, idempotencyKey: $key) {
        payment { status refunded { amount } } replayed userErrors { code field }
      }
    }`,
    { reference, amount: { amount, currency: 'EUR' }, key },
  )) as { recordPayment: Payload };
  return recordPayment;
}

/** Enough units that the shorter timeout of scarce offers does not apply. */
const plenty = 100;

/** A checkout that waits for its money. */
async function waiting(method: PaymentInput['method']) {
  const app = await stockLicences(admin, plenty);
  const buyer = await newUser();
  await buyer.addToCart({ offerId: app.offerId, quantity: 2 });
  const id = await buyer.checkout({ payment: { method } });
  const seen = await buyer.untilStatus(id, 'AWAITING_PAYMENT');
  const { payment } = (await buyer.run(
    `query ($id: ID!) { payment(id: $id) {
      method provider status reference instructions clientSecret providerPaymentId expiresAt } }`,
    { id: seen.order.payment?.id },
  )) as { payment: Record<string, string> & { reference: string } };
  return { buyer, id, seen, payment, offerId: app.offerId };
}

const refundsOf = async (buyer: TestClient, { order }: CheckoutState) =>
  (
    (await buyer.run(
      'query ($id: ID!) { order(id: $id) { payment { status refunded { amount } } refunds { status amount { amount } } } }',
      { id: order.id },
    )) as { order: object }
  ).order;

describe('a manual payment', () => {
  it.each<[PaymentInput['method'], number]>([
    ['BANK_TRANSFER', 4_320],
    ['VIRTUAL_ACCOUNT', 1_440],
    ['E_WALLET', 60],
  ])(
    '%s waits with its own deadline, and completes the checkout once it is recorded',
    async (method, minutes) => {
      const begun = Date.now();
      const { buyer, id, seen, payment } = await waiting(method);
      expect(payment).toMatchObject({
        method,
        provider: 'MANUAL',
        status: 'PENDING',
        clientSecret: null,
        providerPaymentId: null,
        expiresAt: seen.expiresAt,
      });
      expect(payment['instructions']).toContain(payment.reference);
      // It began to wait between these two moments.
      const waitsSince = Date.parse(seen.expiresAt ?? '') - minutes * 60_000;
      expect(waitsSince).toBeGreaterThanOrEqual(begun);
      expect(waitsSince).toBeLessThanOrEqual(Date.now());

      expect(await record(payment.reference, 1_999)).toMatchObject({
        payment: null,
        userErrors: [{ code: 'AMOUNT_MISMATCH', field: ['amount', 'amount'] }],
      });
      const key = crypto.randomUUID();
      expect(await record(payment.reference, 2_000, key)).toEqual({
        payment: { status: 'SUCCEEDED', refunded: { amount: 0 } },
        replayed: false,
        userErrors: [],
      });
      expect(await record(payment.reference, 2_000, key)).toMatchObject({ replayed: true, userErrors: [] });
      expect(await record(payment.reference, 2_000)).toMatchObject({ userErrors: [{ code: 'CONFLICT' }] });
      const ended = await buyer.untilEnded(id);
      expect(ended).toMatchObject({ status: 'COMPLETED', order: { paymentStatus: 'PAID' } });
      expect(ended.order.tokens).toHaveLength(2);
    },
  );

  it('that arrives after the checkout expired is refunded, and the stock stays released', async () => {
    const { buyer, id, payment, offerId } = await waiting('BANK_TRANSFER');
    await buyer.mutate(
      'mutation ($id: ID!) { cancelCheckout(id: $id) { checkout { id } userErrors { code message } } }',
      { id },
    );
    const ended = await buyer.untilEnded(id);
    expect(ended.status).toBe('FAILED');
    expect(await record(payment.reference, 2_000)).toEqual({
      payment: { status: 'REFUNDED', refunded: { amount: 2_000 } },
      replayed: false,
      userErrors: [],
    });
    expect(await refundsOf(buyer, ended)).toEqual({
      payment: { status: 'REFUNDED', refunded: { amount: 2_000 } },
      refunds: [{ status: 'SUCCEEDED', amount: { amount: 2_000 } }],
    });
    expect(await stockOf(admin, offerId)).toEqual({ available: plenty, onHand: plenty, reserved: 0 });
  });
});

describe('a refund', () => {
  const requestRefund = async (paymentId: string, amount: number | null) =>
    (
      (await admin.run(
        `mutation ($input: RefundInput!) { refundPayment(input: $input) {
          refund { id status amount { amount } payment { status order { id } } }
          userErrors { code field ... on RefundExceedsPaymentError { refundable { amount currency } } } } }`,
        {
          input: {
            paymentId,
            amount: amount === null ? null : { amount, currency: 'EUR' },
            reason: 'It was late.',
            idempotencyKey: crypto.randomUUID(),
          },
        },
      )) as { refundPayment: object }
    ).refundPayment;

  it('of a part and then of the rest appears on the order and never exceeds the payment', async () => {
    const app = await stockLicences(admin, 5);
    const buyer = await newUser();
    const ended = await buyer.untilEnded(await buyer.buy([{ offerId: app.offerId, quantity: 2 }]));
    const paymentId = ended.order.payment?.id ?? '';
    expect(await requestRefund(paymentId, 700)).toMatchObject({
      refund: {
        status: 'SUCCEEDED',
        payment: { status: 'PARTIALLY_REFUNDED', order: { id: ended.order.id } },
      },
      userErrors: [],
    });
    expect(await requestRefund(paymentId, 1_301)).toMatchObject({
      refund: null,
      userErrors: [{ code: 'REFUND_EXCEEDS_PAYMENT', refundable: { amount: 1_300, currency: 'EUR' } }],
    });
    expect(await requestRefund(paymentId, null)).toMatchObject({ refund: { amount: { amount: 1_300 } } });
    expect(await refundsOf(buyer, ended)).toMatchObject({
      payment: { status: 'REFUNDED', refunded: { amount: 2_000 } },
      refunds: expect.arrayContaining([
        { status: 'SUCCEEDED', amount: { amount: 700 } },
        { status: 'SUCCEEDED', amount: { amount: 1_300 } },
      ]) as unknown[],
    });
  });

  it('made on the simulator’s page, as on Stripe’s dashboard, is recorded', async () => {
    const app = await stockLicences(admin, 5);
    const buyer = await newUser();
    const ended = await buyer.untilEnded(await buyer.buy([{ offerId: app.offerId }]));
    const { payment } = (await admin.run('query ($id: ID!) { payment(id: $id) { providerPaymentId } }', {
      id: ended.order.payment?.id,
    })) as { payment: { providerPaymentId: string } };
    const response = await fetch(
      `${admin.url}/_simulator/payment_intents/${payment.providerPaymentId}/refund`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"amount":400}',
      },
    );
    expect(response.status).toBe(200);
    await until('the refund is FAILED', async () => {
      const { order } = await buyer.readCheckout(ended.id);
      return order.payment?.status === 'PARTIALLY_REFUNDED' && order.payment.refunded.amount === 400;
    });
  });
});

it('the first reader of the reconciliation runs it', async () => {
  const query = '{ reconciliation { balanced checkedPayments ranAt differences { kind message } } }';
  const { reconciliation } = (await admin.run(query)) as { reconciliation: { ranAt: string } };
  expect(Date.parse(reconciliation.ranAt)).toBeLessThanOrEqual(Date.now() + 1_000);
});
