import { administrator, newUser } from '../support/suite-clients.js';
import { stockLicences, stockOf } from '../support/shop.js';

// The limit that README.md names; more than one buyer's share of the limit per address is not tried here.
const declinesPerBuyer = 20;

test('a buyer with too many declined cards is blocked for an hour', async () => {
  const admin = await administrator();
  const app = await stockLicences(admin, 5);
  const buyer = await newUser();
  await buyer.addToCart({ offerId: app.offerId, quantity: 1 });
  const declined = { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_chargeDeclined' } as const;
  for (let tries = 1; tries <= declinesPerBuyer; tries += 1) {
    const { failure } = await buyer.untilEnded(await buyer.checkout({ payment: declined }));
    expect(failure).toMatchObject({ code: 'PAYMENT_DECLINED' });
  }

  const good = { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' } as const;
  const id = await buyer.checkout({ payment: good });
  const { status, order } = await buyer.untilEnded(id);
  expect({ status, order }).toMatchObject({ status: 'FAILED', order: { status: 'CANCELLED', tokens: [] } });
  const { checkout } = (await buyer.run(
    `query ($id: ID!) { checkout(id: $id) {
      failure { __typename code ... on TooManyAttemptsError { retryAt } }
      order { payment { id } } } }`,
    { id },
  )) as { checkout: { failure: { retryAt: string }; order: { payment: unknown } } };
  expect(checkout).toEqual({
    failure: {
      __typename: 'TooManyAttemptsError',
      code: 'TOO_MANY_ATTEMPTS',
      retryAt: expect.any(String) as string,
    },
    order: { payment: null },
  });
  expect(Date.parse(checkout.failure.retryAt)).toBeGreaterThan(Date.now() + 1_800_000);
  await expect(stockOf(admin, app.offerId)).resolves.toMatchObject({ available: 5 });

  // The cards of others are their own.
  const other = await newUser();
  await other.addToCart({ offerId: app.offerId, quantity: 1 });
  await expect(other.untilEnded(await other.checkout({ payment: good }))).resolves.toMatchObject({
    status: 'COMPLETED',
  });
});
