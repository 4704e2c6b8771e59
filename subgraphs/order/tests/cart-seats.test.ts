import { newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { OrderUnderTest } from './support/order-subgraph.js';

// Seats of carts are held in catalog. Its own tests are those of holdCartSeats.

let order: OrderUnderTest;
let concert: FakeOffer;
let buyer: TestUser;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

beforeEach(() => {
  order.catalog.away = false;
  order.catalog.holds.clear();
  concert = order.catalog.offer({ seated: true, fulfilment: 'TICKET', maxPerOrder: 4 });
  buyer = order.user();
});

const seats = (count: number): string[] => Array.from({ length: count }, () => toApiId('seat', newId()));
const holders = (seatIds: readonly string[]): (string | undefined)[] =>
  seatIds.map((id) => order.catalog.holds.get(id));
const add = (
  seatIds: string[],
  user: TestUser | null = null,
  cartId?: string,
): ReturnType<OrderUnderTest['add']> =>
  order.add({ offerId: concert.id, quantity: seatIds.length, seatIds }, user, cartId);

it('holds seats for a user, and releases them with the line', async () => {
  const wanted = seats(2);
  const { cart } = await add(wanted, buyer);
  expect(holders(wanted)).toEqual([buyer.userId, buyer.userId]);
  expect(cart?.items[0]?.heldUntil).toBe(order.catalog.heldUntil.toISOString());
  const changed = await order.change(`removeCartItem(itemId: "${cart?.items[0]?.id ?? ''}")`, buyer);
  expect(changed.userErrors).toEqual([]);
  expect(holders(wanted)).toEqual([undefined, undefined]);
});

it('holds seats for a guest under a digest of the cart, which nobody else can name', async () => {
  const [one, two] = [seats(1), seats(1)];
  const guest = (await add(one)).cart;
  await add(two, null, guest?.id);
  const [holder, same] = holders([...one, ...two]);
  expect(holder).toBe(same);
  expect(toApiId('cart', holder ?? '')).not.toBe(guest?.id);
  expect((await order.cart(null, guest?.id))?.items.map(({ heldUntil }) => heldUntil)).toEqual([
    order.catalog.heldUntil.toISOString(),
    order.catalog.heldUntil.toISOString(),
  ]);
  const { cart } = await order.change(`clearCart(cartId: "${guest?.id ?? ''}")`);
  expect(cart?.itemCount).toBe(0);
  expect(holders([...one, ...two])).toEqual([undefined, undefined]);
});

it('is refused with the seats that others hold, and holds none', async () => {
  const [free, taken] = seats(2);
  await add([taken!], order.user());
  expect(await add([free!, taken!])).toMatchObject({
    cart: null,
    userErrors: [
      {
        __typename: 'SeatUnavailableError',
        code: 'SEAT_UNAVAILABLE',
        field: ['item', 'seatIds'],
        seatIds: [taken],
      },
    ],
  });
  expect(holders([free!])).toEqual([undefined]);
});

it('is refused where another buyer is faster than the look at the seats', async () => {
  const wanted = seats(2);
  const results = await Promise.all(Array.from({ length: 10 }, () => add(wanted)));
  expect(results.filter(({ cart }) => cart !== null)).toHaveLength(1);
  for (const { cart, userErrors } of results)
    if (!cart) expect(userErrors).toMatchObject([{ code: 'SEAT_UNAVAILABLE', seatIds: wanted }]);
});

it('holds nothing more when the cart refuses the line, and keeps what it held before', async () => {
  const wanted = seats(4);
  const { cart } = await add(wanted, buyer);
  const extra = seats(1);
  expect((await add(extra, buyer)).userErrors).toMatchObject([{ code: 'MAX_PER_ORDER' }]);
  expect((await add(wanted.slice(0, 1), buyer)).userErrors.map(({ code }) => code)).toContain('INVALID');
  // Only the transaction finds that the cart is locked.
  await order.subgraph.dependencies.source.query('UPDATE cart SET locked_by = $1 WHERE owner_id = $2', [
    newId(),
    buyer.userId,
  ]);
  await order.change(`clearCart(cartId: "${cart?.id ?? ''}")`, buyer);
  const other = order.catalog.offer({ seated: true, fulfilment: 'TICKET' });
  const locked = await order.add({ offerId: other.id, quantity: 1, seatIds: extra }, buyer);
  expect(locked.userErrors).toMatchObject([{ code: 'CART_LOCKED' }]);
  expect(holders([...wanted, ...extra])).toEqual([...wanted.map(() => buyer.userId), undefined]);
});

it('moves the holds with the lines of a guest cart, and a checkout names the cart', async () => {
  const [one, two] = seats(2);
  const guest = (await add([one!, two!])).cart;
  const [before] = holders([one!]);
  const merged = await order.change(`mergeCart(cartId: "${guest?.id ?? ''}")`, buyer);
  expect(merged.userErrors).toEqual([]);
  expect(merged.cart).toMatchObject({
    problems: [],
    items: [{ heldUntil: order.catalog.heldUntil.toISOString() }],
  });
  expect(holders([one!, two!])).toEqual([buyer.userId, buyer.userId]);
  const { checkout, userErrors } = await order.checkout(buyer);
  expect(userErrors).toEqual([]);
  await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
  const [command] = order.participants.heard.filter(({ command: name }) => name === 'reserveItems').slice(-1);
  const payload = command?.payload as { userId: string; cartDigests: string[] };
  expect(payload.userId).toBe(buyer.userId);
  expect(payload.cartDigests).toContain(before);
});

it('finds the holds under the guest cart where catalog was away at the merge', async () => {
  const [seat] = seats(1);
  const guest = (await add([seat!])).cart;
  const [before] = holders([seat!]);
  order.catalog.away = true;
  expect((await order.change(`mergeCart(cartId: "${guest?.id ?? ''}")`, buyer)).userErrors).toEqual([]);
  order.catalog.away = false;
  expect(holders([seat!])).toEqual([before]);
  const cart = await order.cart(buyer);
  expect(cart).toMatchObject({ problems: [], items: [{ heldUntil: order.catalog.heldUntil.toISOString() }] });
  await order.change(`removeCartItem(itemId: "${cart?.items[0]?.id ?? ''}")`, buyer);
  expect(holders([seat!])).toEqual([undefined]);
});

it('says nothing of holds while catalog is away, or once they have ended', async () => {
  const [seat] = seats(1);
  await add([seat!], buyer);
  order.catalog.away = true;
  expect((await order.cart(buyer))?.items[0]?.heldUntil).toBeNull();
  order.catalog.away = false;
  order.catalog.holds.clear();
  expect((await order.cart(buyer))?.items[0]?.heldUntil).toBeNull();
});
