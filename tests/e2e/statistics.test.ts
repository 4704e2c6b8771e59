import type { TestClient } from '@souk/testing/test-client';
import { checkoutDeadlineMs } from '@souk/testing/test-client';
import { becomeSeller } from '../support/new-seller.js';
import { stockLicences } from '../support/shop.js';
import { administrator, newUser } from '../support/suite-clients.js';
import { until } from '../support/until.js';

const sales =
  'sales { orders units gross { amount currency } refunded { amount currency } validTokens redeemed }';

interface Figures {
  listing: { sales: object; partner: { sales: object } };
}

const salesOf = async (client: TestClient, id: string): Promise<Figures['listing']> =>
  (
    (await client.run(`query ($id: ID!) { listing(id: $id) { ${sales} partner { ${sales} } } }`, {
      id,
    })) as Figures
  ).listing;

const euros = (amount: number): object[] => (amount === 0 ? [] : [{ amount, currency: 'EUR' }]);

async function newSeller(admin: TestClient): Promise<TestClient> {
  const seller = await newUser();
  await becomeSeller(seller, admin, { name: `Shop ${crypto.randomUUID().slice(0, 8)}` });
  return seller;
}

it('shows buyers, sellers and analysts their sales, redemptions and refunds', async () => {
  const [admin, buyer] = await Promise.all([administrator(), newUser()]);
  const [seller, other] = await Promise.all([newSeller(admin), newSeller(admin)]);
  const app = await stockLicences(seller, null);
  const platform = '{ platformAnalytics { orders completedOrders conversion redeemed checkoutP50Ms } }';
  const before = (await admin.run(platform)) as { platformAnalytics: Record<string, number> };
  const orders = [];
  for (const quantity of [2, 3]) {
    const checkoutId = await buyer.buy([{ offerId: app.offerId, quantity }]);
    orders.push((await buyer.untilEnded(checkoutId)).order);
  }
  const [first, second] = orders;
  const { redeemToken } = (await seller.run(
    'mutation ($code: String!) { redeemToken(code: $code, nonce: "1") { admitted } }',
    { code: first?.tokens[0]?.code },
  )) as { redeemToken: { admitted: boolean } };
  expect(redeemToken.admitted).toBe(true);
  await buyer.run(
    'mutation ($id: ID!) { cancelOrder(id: $id, reason: "A test.", idempotencyKey: "statistics") { replayed } }',
    { id: second?.id },
  );
  const expected = {
    orders: 1,
    units: 2,
    gross: euros(5 * app.price),
    refunded: euros(3 * app.price),
    validTokens: 2,
    redeemed: 1,
  };
  await until(
    'the figures of the cancellation',
    async () => {
      const listing = await salesOf(seller, app.listingId);
      return JSON.stringify(listing.sales) === JSON.stringify(expected);
    },
    checkoutDeadlineMs,
  );
  expect(await salesOf(seller, app.listingId)).toEqual({ sales: expected, partner: { sales: expected } });
  expect(await salesOf(admin, app.listingId)).toEqual({ sales: expected, partner: { sales: expected } });
  const purchases =
    'purchaseStatistics { orders completedOrders cancelledOrders units spent { amount currency } }';
  expect(await buyer.run(`{ me { ${purchases} } }`)).toEqual({
    me: {
      purchaseStatistics: {
        orders: 2,
        completedOrders: 1,
        cancelledOrders: 1,
        units: 2,
        spent: euros(2 * app.price),
      },
    },
  });
  const after = (await admin.run(platform)) as typeof before;
  // Other suites buy meanwhile.
  expect(after.platformAnalytics['orders']).toBeGreaterThanOrEqual(
    (before.platformAnalytics['orders'] ?? 0) + 2,
  );
  expect(after.platformAnalytics['redeemed']).toBeGreaterThan(before.platformAnalytics['redeemed'] ?? 0);
  expect(after.platformAnalytics['checkoutP50Ms']).toBeGreaterThan(0);
  const refused = await other.send(`query ($id: ID!) { listing(id: $id) { ${sales} } }`, {
    id: app.listingId,
  });
  expect(refused).toMatchObject({
    data: { listing: { sales: null } },
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
});
