import { compactVerify, createLocalJWKSet } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { TestClient } from '@souk/testing/test-client';
import { administrator, newUser } from '../support/suite-clients.js';
import { seatStatuses, stockGoods, stockLicences, stockOf, stockSeats, stockTour } from '../support/shop.js';
import { until } from '../support/until.js';

const listOfSteps = [
  ['VALIDATE_USER', 'ACCOUNT'],
  ['RESERVE_ITEMS', 'CATALOG'],
  ['PROCESS_PAYMENT', 'PAYMENT'],
  ['CONFIRM_ITEMS', 'CATALOG'],
  ['GENERATE_TOKENS', 'ORDER'],
  ['UPDATE_STATS', 'ACCOUNT'],
  ['UPDATE_STATS', 'SOCIAL'],
];

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

async function address(user: TestClient): Promise<string> {
  const payload = (await user.mutate(
    `mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } userErrors { code message field } } }`,
    {
      input: {
        recipient: 'Test Buyer',
        line1: '1 Test Street',
        city: 'Lisbon',
        postalCode: '1000-001',
        countryCode: 'PT',
      },
    },
  )) as { address: { id: string } };
  return payload.address.id;
}

it('sells a tour, a concert seat, a licence and a book in one checkout, with tokens and QR codes', async () => {
  const [tour, concert, app, book] = [
    await stockTour(admin, 10),
    await stockSeats(admin, 2, 5),
    await stockLicences(admin, null),
    await stockGoods(admin, 7),
  ];
  const buyer = await newUser();
  const follower = await newUser('follower');
  await buyer.mutate('mutation { setActivitySharing(enabled: true) { ok userErrors { code message } } }');
  await follower.mutate(
    'mutation ($id: ID!) { follow(userId: $id) { user { id } userErrors { code message } } }',
    {
      id: buyer.userId,
    },
  );
  await buyer.mutate('mutation { setActivitySharing(enabled: true) { ok userErrors { code message } } }');
  const [seat = ''] = concert.seatIds;
  await buyer.mutate(
    'mutation ($ids: [ID!]!) { holdSeats(seatIds: $ids) { heldUntil userErrors { code message } } }',
    { ids: [seat] },
  );
  await buyer.addToCart({ offerId: tour.offerId, quantity: 2 });
  await buyer.addToCart({ offerId: concert.offerId, quantity: 1, seatIds: [seat] });
  await buyer.addToCart({ offerId: app.offerId });
  await buyer.addToCart({ upc: book.upc, quantity: 3 });

  const id = await buyer.checkout({
    shippingAddressId: await address(buyer),
    expectedTotal: { amount: 7_000, currency: 'EUR' },
  });
  const checkout = await buyer.untilEnded(id);

  expect(checkout.failure).toBeNull();
  expect(checkout.status).toBe('COMPLETED');
  expect(checkout.transactionId).toMatch(/^SAGA-[A-Z0-9]{6,}$/);
  expect(checkout.steps.map(({ name, participant }) => [name, participant])).toEqual(listOfSteps);
  expect(
    checkout.steps.every(
      ({ status, attempts, durationMs }) => status === 'COMPLETED' && attempts >= 1 && durationMs !== null,
    ),
  ).toBe(true);
  expect(checkout.compensations).toEqual([]);

  const { order } = checkout;
  // The books are still to be shipped: the order is paid, not completed.
  expect(order).toMatchObject({
    status: 'PAID',
    paymentStatus: 'PAID',
    total: { amount: 7_000, currency: 'EUR', formatted: '€70.00' },
  });
  expect(order.payment).toMatchObject({
    status: 'SUCCEEDED',
    amount: { amount: 7_000 },
    refunded: { amount: 0 },
  });
  expect(order.tokens.map(({ kind }) => kind).sort()).toEqual(['LICENCE', 'TICKET', 'TOUR', 'TOUR']);
  expect(new Set(order.tokens.map(({ code }) => code)).size).toBe(4);
  const prefixes: Record<string, string> = { TOUR: 'TPT', TICKET: 'TKT', LICENCE: 'LIC' };
  const { tokenVerificationKeys } = (await buyer.run('{ tokenVerificationKeys }')) as {
    tokenVerificationKeys: JSONWebKeySet;
  };
  for (const token of order.tokens) {
    expect(token.code).toMatch(new RegExp(`^${prefixes[token.kind] ?? ''}-[0-9A-HJKMNP-TV-Z]{12}$`));
    expect(token.status).toBe('ACTIVE');
    expect(token.qrCode).toMatch(/^data:image\/svg\+xml/);
    const { payload, protectedHeader } = await compactVerify(
      token.signedPayload ?? '',
      createLocalJWKSet(tokenVerificationKeys),
    );
    expect(protectedHeader.alg).toBe('EdDSA');
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ jti: token.id, code: token.code });
  }
  expect(order.tokens.find(({ kind }) => kind === 'TICKET')?.seat?.id).toBe(seat);

  await expect(stockOf(admin, tour.offerId)).resolves.toEqual({ available: 8, onHand: 8, reserved: 0 });
  await expect(stockOf(admin, book.offerId)).resolves.toEqual({ available: 4, onHand: 4, reserved: 0 });
  await expect(seatStatuses(admin, concert.listingId)).resolves.toEqual({ AVAILABLE: 9, SOLD: 1 });
  const { cart } = (await buyer.run('{ cart { itemCount items { id } } }')) as {
    cart: { itemCount: number } | null;
  };
  expect(cart?.itemCount ?? 0).toBe(0);

  const seen = (await buyer.run(
    `{ me { socialStatistics { purchases toursTaken eventsAttended } notifications { nodes { type } } unreadNotifications
            tokens { id } orders { nodes { id } totalCount } followersCount } }`,
  )) as { me: Record<string, unknown> };
  expect(seen.me).toMatchObject({
    socialStatistics: { purchases: 7, toursTaken: 2, eventsAttended: 1 },
    orders: { nodes: [{ id: order.id }], totalCount: 1 },
    followersCount: 1,
  });
  expect(seen.me['tokens']).toHaveLength(4);
  expect(seen.me['notifications']).toMatchObject({
    nodes: expect.arrayContaining([{ type: 'ORDER_PAID' }]) as unknown,
  });
  await until('the follower is notified', async () => {
    const { me } = (await follower.run('{ me { notifications { nodes { type } } } }')) as {
      me: { notifications: { nodes: { type: string }[] } };
    };
    return me.notifications.nodes.some(({ type }) => type === 'FOLLOWED_PURCHASED');
  });
});

it('completes an order with nothing to ship by itself', async () => {
  const app = await stockLicences(admin, 5);
  const buyer = await newUser();
  const checkout = await buyer.untilEnded(await buyer.buy([{ offerId: app.offerId, quantity: 2 }]));
  expect(checkout).toMatchObject({
    status: 'COMPLETED',
    order: { status: 'COMPLETED', paymentStatus: 'PAID' },
  });
  expect(checkout.order.tokens).toHaveLength(2);
});

it("moves a guest's cart to the buyer who signs in", async () => {
  const app = await stockLicences(admin, 5);
  const guest = await newUser();
  const { accessToken } = guest;
  guest.useToken(null);
  const cartId = await guest.addToCart({ offerId: app.offerId });
  guest.useToken(accessToken);
  await guest.mutate(
    'mutation ($id: ID!) { mergeCart(cartId: $id) { cart { id } userErrors { code message } } }',
    { id: cartId },
  );
  await expect(guest.untilEnded(await guest.checkout())).resolves.toMatchObject({ status: 'COMPLETED' });
});

it("keeps a buyer's order, checkout and tokens from others", async () => {
  const app = await stockLicences(admin, 5);
  const buyer = await newUser();
  const other = await newUser('other');
  const { id, order } = await buyer.untilEnded(await buyer.buy([{ offerId: app.offerId }]));
  const query = `query ($checkout: ID!, $order: ID!, $code: String!) {
    checkout(id: $checkout) { id } order(id: $order) { id } purchaseToken(code: $code) { id }
  }`;
  const variables = { checkout: id, order: order.id, code: order.tokens[0]?.code };
  await expect(other.run(query, variables)).resolves.toEqual({
    checkout: null,
    order: null,
    purchaseToken: null,
  });
  await expect(buyer.run(query, variables)).resolves.toMatchObject({
    checkout: { id },
    order: { id: order.id },
  });
});
