import type { PaymentInput } from '@souk/client/generated/operations';
import type { TestClient } from '@souk/testing/test-client';
import { administrator, newUser } from '../support/suite-clients.js';
import { seatStatuses, stockLicences, stockOf, stockSeats } from '../support/shop.js';

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

describe('a declined card', () => {
  it.each([
    ['pm_card_chargeDeclined', 'PAYMENT_DECLINED'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'PAYMENT_DECLINED'],
  ])(
    '%s turns the checkout back step by step; stock and seat are free again',
    async (paymentMethodToken, code) => {
      const app = await stockLicences(admin, 5);
      const concert = await stockSeats(admin, 1, 4);
      const before = [await stockOf(admin, app.offerId), await seatStatuses(admin, concert.listingId)];
      const buyer = await newUser();
      await buyer.addToCart({ offerId: app.offerId, quantity: 2 });
      await buyer.addToCart({ offerId: concert.offerId, quantity: 2, seatIds: concert.seatIds.slice(0, 2) });

      const id = await buyer.checkout({ payment: { method: 'CREDIT_CARD', paymentMethodToken } });
      const checkout = await buyer.untilEnded(id);

      expect(checkout.status).toBe('FAILED');
      expect(checkout.failure).toMatchObject({ code });
      expect(checkout.steps.map(({ status }) => status)).toEqual([
        'COMPLETED',
        'COMPENSATED',
        'FAILED',
        'SKIPPED',
        'SKIPPED',
        'SKIPPED',
        'SKIPPED',
      ]);
      expect(
        checkout.compensations.map(({ name, participant, status }) => [name, participant, status]),
      ).toEqual([['RESERVE_ITEMS', 'CATALOG', 'COMPENSATED']]);
      expect(checkout.order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'FAILED', tokens: [] });
      await expect(
        Promise.all([stockOf(admin, app.offerId), seatStatuses(admin, concert.listingId)]),
      ).resolves.toEqual(before);

      // The cart is as it was, and free: another card buys it.
      const { cart } = (await buyer.run('{ cart { itemCount } }')) as { cart: { itemCount: number } };
      expect(cart.itemCount).toBe(4);
      await expect(buyer.untilEnded(await buyer.checkout())).resolves.toMatchObject({ status: 'COMPLETED' });
    },
  );
});

describe('a payment that waits', () => {
  async function waiting(
    payment: PaymentInput = { method: 'CREDIT_CARD' },
  ): Promise<{ buyer: TestClient; id: string; paymentId: string; pi: string; offerId: string }> {
    const app = await stockLicences(admin, 5);
    const buyer = await newUser();
    await buyer.addToCart({ offerId: app.offerId });
    const id = await buyer.checkout({ payment });
    const seen = await buyer.untilStatus(id, 'AWAITING_PAYMENT');
    expect(seen.expiresAt).not.toBeNull();
    const { payment: found } = (await buyer.run(
      'query ($id: ID!) { payment(id: $id) { clientSecret providerPaymentId status } }',
      { id: seen.order.payment?.id },
    )) as { payment: { clientSecret: string; providerPaymentId: string } };
    expect(found.clientSecret).toContain(found.providerPaymentId);
    return {
      buyer,
      id,
      paymentId: seen.order.payment?.id ?? '',
      pi: found.providerPaymentId,
      offerId: app.offerId,
    };
  }

  const simulate = async (path: string, body: object = {}): Promise<void> => {
    const response = await fetch(`${admin.url}/_simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBeLessThan(300);
  };

  it('is resumed by the signed webhook when the client confirms with its secret', async () => {
    const { buyer, id, pi } = await waiting();
    await simulate(`/payment_intents/${pi}/confirm`, { payment_method: 'pm_card_visa' });
    await expect(buyer.untilEnded(id)).resolves.toMatchObject({
      status: 'COMPLETED',
      order: { paymentStatus: 'PAID' },
    });
  });

  it("is resumed by the buyer's confirmation; a declined try leaves it waiting", async () => {
    const { buyer, id, paymentId } = await waiting();
    const confirm = `mutation ($id: ID!, $token: String!) {
      confirmPayment(id: $id, paymentMethodToken: $token) {
        payment { status }
        userErrors { __typename code ... on PaymentDeclinedError { declineCode } }
      }
    }`;
    const { confirmPayment } = (await buyer.run(confirm, {
      id: paymentId,
      token: 'pm_card_chargeDeclinedInsufficientFunds',
    })) as { confirmPayment: { userErrors: unknown[] } };
    expect(confirmPayment.userErrors).toEqual([
      { __typename: 'PaymentDeclinedError', code: 'PAYMENT_DECLINED', declineCode: 'insufficient_funds' },
    ]);
    await expect(buyer.readCheckout(id)).resolves.toMatchObject({ status: 'AWAITING_PAYMENT' });
    await expect(buyer.mutate(confirm, { id: paymentId, token: 'pm_card_visa' })).resolves.toMatchObject({
      payment: { status: 'SUCCEEDED' },
    });
    await expect(buyer.untilEnded(id)).resolves.toMatchObject({ status: 'COMPLETED' });
  });

  it('that needs the buyer completes after their action, and verifyPayment can be called at any time', async () => {
    const { buyer, id, paymentId, pi } = await waiting({
      method: 'CREDIT_CARD',
      paymentMethodToken: 'pm_card_authenticationRequired',
    });
    await expect(
      buyer.mutate(
        'mutation ($id: ID!) { verifyPayment(id: $id) { payment { status } userErrors { code } } }',
        {
          id: paymentId,
        },
      ),
    ).resolves.toMatchObject({ payment: { status: 'REQUIRES_ACTION' } });
    await simulate(`/payment_intents/${pi}/authenticate`);
    await expect(
      buyer.mutate(
        'mutation ($id: ID!) { verifyPayment(id: $id) { payment { status } userErrors { code } } }',
        {
          id: paymentId,
        },
      ),
    ).resolves.toMatchObject({ payment: { status: 'SUCCEEDED' } });
    await expect(buyer.untilEnded(id)).resolves.toMatchObject({ status: 'COMPLETED' });
  });

  it('holds its stock meanwhile, and locks the cart', async () => {
    const { buyer, offerId } = await waiting();
    await expect(stockOf(admin, offerId)).resolves.toEqual({ available: 4, onHand: 5, reserved: 1 });
    const data = (await buyer.run(
      `mutation ($input: CheckoutInput!) { checkout(input: $input) { checkout { id } userErrors { code } } }`,
      { input: { idempotencyKey: crypto.randomUUID(), payment: { method: 'CREDIT_CARD' } } },
    )) as { checkout: unknown };
    expect(data.checkout).toEqual({ checkout: null, userErrors: [{ code: 'CART_LOCKED' }] });
  });
});
