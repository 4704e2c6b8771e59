import { becomeSeller } from '../support/new-seller.js';
import type { TestClient } from '@souk/testing/test-client';
import { stockLicences } from '../support/shop.js';
import { administrator, anonymous, newUser } from '../support/suite-clients.js';
import { until } from '../support/until.js';

// Everywhere within five seconds, also where a response has been cached.
const deadlineMs = 5_000;

const page = `query ($id: ID!) { listing(id: $id) { title offers { id title availability { status } } } }`;
const payment = { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' };

interface Refusal {
  userErrors: { code: string }[];
}

async function newSeller(admin: TestClient): Promise<{ seller: TestClient; partnerId: string }> {
  const seller = await newUser('seller');
  const partnerId = await becomeSeller(seller, admin, { name: `Seller ${crypto.randomUUID().slice(0, 8)}` });
  return { seller, partnerId };
}

async function codesOf(
  client: TestClient,
  mutation: string,
  variables: Record<string, unknown>,
): Promise<string[]> {
  const [payload] = Object.values((await client.run(mutation, variables)) as Record<string, Refusal>);
  return (payload?.userErrors ?? []).map(({ code }) => code);
}

const lists = `query ($partner: ID!) { newest: listings(first: 100) { nodes { id } }
  own: partner(id: $partner) { listings { nodes { id } } } }`;

interface Lists {
  newest: List;
  /** Null while the seller is suspended. */
  own: { listings: List } | null;
}

interface List {
  nodes: { id: string }[];
}

/** Whether the shop's lists have the listing: the newest, and those of its seller. */
async function listed(listingId: string, partnerId: string): Promise<boolean[]> {
  const { newest, own } = (await anonymous().run(lists, { partner: partnerId })) as Lists;
  return [newest, own?.listings].map((list) => list?.nodes.some(({ id }) => id === listingId) ?? false);
}

it('stops the sales of a suspended seller everywhere within five seconds; orders and open checkouts stay', async () => {
  const admin = await administrator();
  await stockLicences(admin, 1);
  const { seller, partnerId } = await newSeller(admin);
  const { listingId, offerId } = await until('the seller to be known to catalog', () =>
    stockLicences(seller, 100).catch(() => null),
  );
  const [buyer, other] = [await newUser(), await newUser()];
  const paid = await buyer.untilEnded(await buyer.buy([{ offerId }]));
  expect(paid.status).toBe('COMPLETED');
  const waiting = await other.buy([{ offerId }], 'pm_card_authenticationRequired');
  const { order } = await other.untilStatus(waiting, 'AWAITING_PAYMENT');
  await buyer.addToCart({ offerId });
  // Often enough that the gateway caches the page and the lists.
  for (let round = 0; round < 4; round += 1) {
    await expect(anonymous().run(page, { id: listingId })).resolves.toMatchObject({
      listing: { offers: [{ availability: { status: 'IN_STOCK' } }] },
    });
    await expect(listed(listingId, partnerId)).resolves.toEqual([true, true]);
  }

  await admin.mutate(
    'mutation ($id: ID!) { suspendPartner(id: $id, reason: "Complaints") { partner { id } userErrors { code message } } }',
    { id: partnerId },
  );
  const isNotOnSale = (codes: readonly string[]): boolean => codes.includes('NOT_ON_SALE');
  await Promise.all([
    until(
      'the page to say so',
      async () => JSON.stringify(await anonymous().run(page, { id: listingId })).includes('NOT_ON_SALE'),
      deadlineMs,
    ),
    until(
      'lists to leave it out',
      async () => (await listed(listingId, partnerId)).every((isListed) => !isListed),
      deadlineMs,
    ),
    until(
      'addToCart to refuse it',
      async () =>
        isNotOnSale(
          await codesOf(
            other,
            'mutation ($item: CartItemInput!) { addToCart(item: $item) { userErrors { code } } }',
            { item: { offerId } },
          ),
        ),
      deadlineMs,
    ),
    until(
      'createOrder to refuse it',
      async () =>
        isNotOnSale(
          await codesOf(
            other,
            'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { userErrors { code } } }',
            { input: { items: [{ offerId }], idempotencyKey: crypto.randomUUID(), payment } },
          ),
        ),
      deadlineMs,
    ),
    until(
      'the cart to say so',
      async () => {
        const { cart } = (await buyer.run('{ cart { problems { code } } }')) as {
          cart: { problems: { code: string }[] };
        };
        return isNotOnSale(cart.problems.map(({ code }) => code));
      },
      deadlineMs,
    ),
  ]);
  const countOrders = async (): Promise<unknown> =>
    ((await buyer.run('{ me { orders { totalCount } } }')) as { me: { orders: { totalCount: number } } }).me
      .orders.totalCount;
  expect(await countOrders()).toBe(1);
  expect(
    await codesOf(
      buyer,
      'mutation ($input: CheckoutInput!) { checkout(input: $input) { checkout { id } userErrors { code } } }',
      { input: { idempotencyKey: crypto.randomUUID(), payment } },
    ),
  ).toEqual(['NOT_ON_SALE']);
  expect(await countOrders()).toBe(1);
  await expect(buyer.readCheckout(paid.id)).resolves.toMatchObject({
    status: 'COMPLETED',
    order: { status: 'COMPLETED', tokens: [{ status: 'ACTIVE' }] },
  });
  // Its price and its units were promised before the suspension, and the buyer may have paid already.
  await other.mutate(
    'mutation ($id: ID!) { confirmPayment(id: $id, paymentMethodToken: "pm_card_visa") { userErrors { code message } } }',
    { id: order.payment?.id },
  );
  expect((await other.untilEnded(waiting)).status).toBe('COMPLETED');
});

it('returns what checkout needs to know of up to 100 offers in one call', async () => {
  const admin = await administrator();
  const offers = await Promise.all([stockLicences(admin, 3), stockLicences(admin, 3)]);
  await admin.mutate(
    'mutation ($id: ID!) { archiveListing(id: $id) { listing { id } userErrors { code message } } }',
    { id: offers[1].listingId },
  );
  const unknown = 'offer_01h455vb4pex5vsknk084sn02q';
  await expect(
    anonymous().run('query ($ids: [ID!]!) { offers(ids: $ids) { id availability { status available } } }', {
      ids: [...offers.map(({ offerId }) => offerId), unknown],
    }),
  ).resolves.toEqual({
    offers: [
      { id: offers[0].offerId, availability: { status: 'LOW_STOCK', available: 3 } },
      { id: offers[1].offerId, availability: { status: 'NOT_ON_SALE', available: 3 } },
      null,
    ],
  });
});
