import type { TestClient } from '@souk/testing/test-client';
import { administrator, anonymous, newUser } from '../support/suite-clients.js';
import { seatStatuses, stockEvent, stockLicences, stockOf, stockSeats } from '../support/shop.js';
import { until } from '../support/until.js';

// Attacks that hold seats, stock or checkouts without paying.

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

interface Refusal {
  __typename: string;
  code: string;
  [detail: string]: unknown;
}

interface Payload {
  checkout: { id: string } | null;
  userErrors: Refusal[];
}

const refusal = `__typename code ... on MaxPerOrderError { offerId maximum held }
  ... on TooManyOpenCheckoutsError { limit open }`;

/** Orders at once, to be paid by bank transfer. */
async function transfer(
  buyer: TestClient,
  item: { offerId: string; quantity?: number; seatIds?: string[] },
): Promise<Payload> {
  const data = (await buyer.run(
    `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { checkout { id } userErrors { ${refusal} } } }`,
    { input: { items: [item], idempotencyKey: crypto.randomUUID(), payment: { method: 'BANK_TRANSFER' } } },
  )) as { createOrder: Payload };
  return data.createOrder;
}

async function waiting(buyer: TestClient, item: Parameters<typeof transfer>[1]): Promise<string> {
  const { checkout, userErrors } = await transfer(buyer, item);
  expect(userErrors).toEqual([]);
  const id = checkout?.id ?? '';
  await buyer.untilStatus(id, 'AWAITING_PAYMENT');
  return id;
}

async function hold(buyer: TestClient, seatIds: readonly string[]): Promise<Refusal[]> {
  const data = (await buyer.run(
    `mutation ($seatIds: [ID!]!) { holdSeats(seatIds: $seatIds) { heldUntil userErrors { ${refusal} } } }`,
    { seatIds },
  )) as { holdSeats: { userErrors: Refusal[] } };
  return data.holdSeats.userErrors;
}

it('holds four of 60 seats for one buyer, by hand and in checkouts together', async () => {
  const concert = await stockSeats(admin, 6, 10, { maxPerOrder: 4 });
  const { seatIds, offerId, listingId } = concert;
  const buyer = await newUser();
  expect(await hold(buyer, seatIds.slice(0, 4))).toEqual([]);
  for (let first = 4; first < 60; first += 4) {
    expect(await hold(buyer, seatIds.slice(first, first + 4))).toEqual([
      { __typename: 'MaxPerOrderError', code: 'MAX_PER_ORDER', offerId, maximum: 4, held: 4 },
    ]);
  }
  expect(await seatStatuses(admin, listingId)).toEqual({ HELD: 4, AVAILABLE: 56 });

  // The buyer's held seats join the checkout; rules that only catalog checks make it fail.
  const more = await transfer(buyer, { offerId, quantity: 1, seatIds: seatIds.slice(4, 5) });
  expect((await buyer.untilEnded(more.checkout?.id ?? '')).failure).toMatchObject({
    __typename: 'MaxPerOrderError',
    code: 'MAX_PER_ORDER',
  });
  await waiting(buyer, { offerId, quantity: 4, seatIds: seatIds.slice(0, 4) });
  expect(await hold(buyer, seatIds.slice(4, 5))).toMatchObject([{ code: 'MAX_PER_ORDER', held: 4 }]);
  expect(await hold(await newUser(), seatIds.slice(4, 8))).toEqual([]);
});

it('holds seats for a guest in their cart only, no more than for a buyer', async () => {
  const concert = await stockSeats(admin, 3, 10, { maxPerOrder: 4 });
  const { offerId, listingId, seatIds } = concert;
  const guest = anonymous();
  const cartId = await guest.addToCart({ offerId, quantity: 2, seatIds: seatIds.slice(0, 2) });
  expect(await seatStatuses(admin, listingId)).toEqual({ HELD: 2, AVAILABLE: 28 });
  const attempts: [string, Record<string, unknown>][] = [
    ['mutation ($ids: [ID!]!) { holdSeats(seatIds: $ids) { heldUntil } }', { ids: seatIds.slice(2, 4) }],
    [
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { replayed } }',
      {
        input: {
          items: [{ offerId, seatIds: seatIds.slice(2, 3) }],
          idempotencyKey: crypto.randomUUID(),
          payment: { method: 'BANK_TRANSFER' },
        },
      },
    ],
  ];
  for (const [mutation, variables] of attempts) {
    const { errors } = await guest.send(mutation, variables);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  }
  // The mutations and fields by which subgraphs hold seats for carts are not in the API.
  for (const operation of [
    'mutation { holdCartSeats(seatIds: ["x"], cartDigests: ["x"]) { heldUntil } }',
    'mutation { releaseCartSeats(seatIds: ["x"], cartDigests: ["x"]) { heldUntil } }',
    '{ listing(id: "x") { ... on Event { seats { holder } } } }',
  ]) {
    const { errors } = await guest.send(operation);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  }
  const more = (await guest.run(
    `mutation ($item: CartItemInput!, $cartId: ID) {
      addToCart(item: $item, cartId: $cartId) { cart { id } userErrors { ${refusal} } } }`,
    { cartId, item: { offerId, quantity: 3, seatIds: seatIds.slice(2, 5) } },
  )) as { addToCart: { cart: null; userErrors: Refusal[] } };
  expect(more.addToCart).toMatchObject({ cart: null, userErrors: [{ code: 'MAX_PER_ORDER' }] });
  expect(await seatStatuses(admin, listingId)).toEqual({ HELD: 2, AVAILABLE: 28 });
});

it('holds no more units in unpaid orders of one buyer than one order may have', async () => {
  const app = await stockLicences(admin, 1_000);
  const buyer = await newUser();
  await waiting(buyer, { offerId: app.offerId, quantity: 7 });
  expect((await transfer(buyer, { offerId: app.offerId, quantity: 4 })).userErrors).toEqual([
    { __typename: 'MaxPerOrderError', code: 'MAX_PER_ORDER', offerId: app.offerId, maximum: 10, held: 7 },
  ]);
  await waiting(buyer, { offerId: app.offerId, quantity: 3 });
  expect(await stockOf(admin, app.offerId)).toMatchObject({ available: 990, reserved: 10 });
});

it('opens ten checkouts for one buyer, others go on, and an administrator ends them all', async () => {
  const app = await stockLicences(admin, 1_000);
  const buyer = await newUser();
  const ids: string[] = [];
  for (let count = 0; count < 10; count += 1) ids.push(await waiting(buyer, { offerId: app.offerId }));
  expect((await transfer(buyer, { offerId: app.offerId })).userErrors).toMatchObject([
    { __typename: 'TooManyOpenCheckoutsError', code: 'TOO_MANY_OPEN_CHECKOUTS', limit: 10, open: 10 },
    { code: 'MAX_PER_ORDER', held: 10 },
  ]);
  const other = await newUser();
  expect((await other.untilEnded(await other.buy([{ offerId: app.offerId }]))).status).toBe('COMPLETED');

  const data = (await admin.run(
    'mutation ($id: ID!) { endCheckouts(userId: $id) { ended checkouts { id } userErrors { code } } }',
    { id: buyer.userId },
  )) as { endCheckouts: { ended: number; checkouts: { id: string }[] } };
  expect(data.endCheckouts.ended).toBe(10);
  expect(data.endCheckouts.checkouts.map(({ id }) => id).sort()).toEqual([...ids].sort());
  for (const id of ids) expect((await buyer.untilEnded(id)).status).toBe('FAILED');
  await until('the stock is free', async () => {
    const { available, reserved } = await stockOf(admin, app.offerId);
    return available === 999 && reserved === 0;
  });
});

it('lets money for an event wait until it begins, and for scarce stock a day', async () => {
  const startsAt = new Date(Date.now() + 2 * 3_600_000);
  const event = await stockEvent(admin, startsAt, 1_000);
  const buyer = await newUser();
  const checkout = await buyer.readCheckout(await waiting(buyer, { offerId: event.offerId }));
  expect(checkout.expiresAt).toBe(startsAt.toISOString());

  const scarce = await stockLicences(admin, 50);
  const begun = Date.now();
  const { expiresAt } = await buyer.readCheckout(await waiting(buyer, { offerId: scarce.offerId }));
  const waitsFor = Date.parse(expiresAt ?? '') - begun;
  expect(waitsFor).toBeGreaterThanOrEqual(24 * 3_600_000);
  expect(waitsFor).toBeLessThan(24 * 3_600_000 + 60_000);
});
