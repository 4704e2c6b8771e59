import type { TestClient } from '@souk/testing/test-client';
import { subscribe } from '@souk/testing/subscription';
import { administrator, anonymous, newUser } from '../support/suite-clients.js';
import { mapWithConcurrency } from '../support/map-with-concurrency.js';
import { seatStatuses, stockSeats } from '../support/shop.js';
import { until } from '../support/until.js';

// Seats from the map into a cart, and from the cart into an order, through the whole graph.

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

interface Cart {
  id: string;
  problems: { code: string }[];
  items: {
    id: string;
    heldUntil: string | null;
    seats: { id: string; status: string; heldByMe: boolean }[];
  }[];
}

interface CartAnswer {
  cart: Cart | null;
  userErrors: { code: string; seatIds?: string[] }[];
}

const cartFields = `cart { id problems { code } items { id heldUntil seats { id status heldByMe } } }
  userErrors { code ... on SeatUnavailableError { seatIds } }`;

async function add(
  client: TestClient,
  item: { offerId: string; seatIds: string[] },
  cartId: string | null = null,
): Promise<CartAnswer> {
  const data = await client.run(
    `mutation ($item: CartItemInput!, $cartId: ID) { addToCart(item: $item, cartId: $cartId) { ${cartFields} } }`,
    { item: { ...item, quantity: item.seatIds.length }, cartId },
  );
  return (data as { addToCart: CartAnswer }).addToCart;
}

async function change(client: TestClient, call: string): Promise<CartAnswer> {
  const data = await client.run(`mutation { change: ${call} { ${cartFields} } }`);
  return (data as { change: CartAnswer }).change;
}

interface SeatChanges {
  since: string | null;
  revision: string;
  changes: [number, number][];
}

it('a guest holds seats, signs in, keeps them, and buys them; everybody sees it on the map', async () => {
  const concert = await stockSeats(admin, 2, 5);
  const { offerId, listingId } = concert;
  const guest = anonymous();
  const { listing } = (await guest.run(
    `query ($id: ID!) { listing(id: $id) { ... on Event { seatMap { revision seats { ids } } seatStates { revision mapRevision states } } } }`,
    { id: listingId },
  )) as {
    listing: {
      seatMap: { revision: number; seats: { ids: string[] } };
      seatStates: { revision: string; mapRevision: number; states: string };
    };
  };
  expect(listing.seatStates).toMatchObject({ mapRevision: listing.seatMap.revision, states: 'AAAA' });
  const stream = subscribe<{ seatsChanged: SeatChanges }>(
    guest,
    'SSE',
    'subscription ($id: ID!, $after: String) { seatsChanged(eventId: $id, after: $after) { since revision changes } }',
    { id: listingId, after: listing.seatStates.revision },
  );
  const seen = (): SeatChanges[] => stream.events.flatMap(({ data }) => data?.seatsChanged ?? []);
  const indexes = [3, 7];
  const seatIds = indexes.map((index) => listing.seatMap.seats.ids[index] ?? '');

  const held = await add(guest, { offerId, seatIds });
  expect(held.userErrors).toEqual([]);
  expect(Date.parse(held.cart?.items[0]?.heldUntil ?? '')).toBeGreaterThan(Date.now() + 60_000);
  await until('the map shows the hold', () => seen().at(-1)?.changes.length === 2);
  expect(seen().flatMap(({ changes }) => changes)).toEqual(indexes.map((index) => [index, 1]));

  const buyer = await newUser();
  expect(await add(buyer, { offerId, seatIds: seatIds.slice(0, 1) })).toMatchObject({
    cart: null,
    userErrors: [{ code: 'SEAT_UNAVAILABLE', seatIds: seatIds.slice(0, 1) }],
  });
  const merged = await change(buyer, `mergeCart(cartId: "${held.cart?.id ?? ''}")`);
  expect(merged.userErrors).toEqual([]);
  expect(merged.cart?.problems).toEqual([]);
  expect(merged.cart?.items[0]?.seats.map(({ status, heldByMe }) => [status, heldByMe])).toEqual([
    ['HELD', true],
    ['HELD', true],
  ]);
  const ended = await buyer.untilEnded(await buyer.checkout());
  expect(ended.status).toBe('COMPLETED');
  expect(await seatStatuses(admin, listingId)).toEqual({ SOLD: 2, AVAILABLE: 8 });
  await until('the map shows the sale', () => {
    const last = new Map(seen().flatMap(({ changes }) => changes));
    return indexes.every((index) => last.get(index) === 2);
  });
  await stream.stop();
});

it("a checkout takes over the seats of a guest's cart that was not merged", async () => {
  const concert = await stockSeats(admin, 1, 3);
  const { cart } = await add(anonymous(), { offerId: concert.offerId, seatIds: concert.seatIds.slice(0, 2) });
  const buyer = await newUser();
  const ended = await buyer.untilEnded(await buyer.checkout({ cartId: cart?.id ?? '' }));
  expect(ended.status).toBe('COMPLETED');
  expect(await seatStatuses(admin, concert.listingId)).toEqual({ SOLD: 2, AVAILABLE: 1 });
});

it('removing a line lets its seats go, and emptying the cart the others', async () => {
  const concert = await stockSeats(admin, 1, 3);
  const guest = anonymous();
  const [one = '', ...others] = concert.seatIds;
  const { cart } = await add(guest, { offerId: concert.offerId, seatIds: [one] });
  await add(guest, { offerId: concert.offerId, seatIds: others }, cart?.id);
  expect(await seatStatuses(admin, concert.listingId)).toEqual({ HELD: 3 });
  await change(guest, `removeCartItem(cartId: "${cart?.id ?? ''}", itemId: "${cart?.items[0]?.id ?? ''}")`);
  expect(await seatStatuses(admin, concert.listingId)).toEqual({ HELD: 2, AVAILABLE: 1 });
  await change(guest, `clearCart(cartId: "${cart?.id ?? ''}")`);
  expect(await seatStatuses(admin, concert.listingId)).toEqual({ AVAILABLE: 3 });
});

it('of 40 guests and buyers at once, each seat goes into one cart', async () => {
  const concert = await stockSeats(admin, 1, 10);
  const buyers = await mapWithConcurrency(5, Array.from({ length: 20 }), () => newUser());
  const clients = [...buyers, ...Array.from({ length: 20 }, () => anonymous())];
  const results = await Promise.all(
    clients.map((client, index) =>
      add(client, {
        offerId: concert.offerId,
        seatIds: [concert.seatIds[index % 10] ?? '', concert.seatIds[(index + 1) % 10] ?? ''],
      }),
    ),
  );
  const held = results.flatMap(
    ({ cart }) => cart?.items.flatMap(({ seats }) => seats.map(({ id }) => id)) ?? [],
  );
  expect(held.length).toBeGreaterThan(0);
  expect(new Set(held).size).toBe(held.length);
  expect((await seatStatuses(admin, concert.listingId))['HELD']).toBe(held.length);
  for (const { cart, userErrors } of results)
    if (!cart) expect(userErrors.map(({ code }) => code)).toEqual(['SEAT_UNAVAILABLE']);
});
