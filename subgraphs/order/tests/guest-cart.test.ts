import { newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;
let offer: FakeOffer;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

beforeEach(() => {
  order.catalog.away = false;
  buyer = order.user();
  offer = order.catalog.offer();
});

const seats = (count: number): string[] => Array.from({ length: count }, () => toApiId('seat', newId()));

describe('a guest cart', () => {
  it('is accessible by its unguessable id alone', async () => {
    const { cart } = await order.add({ offerId: offer.id });
    expect(cart?.owner).toBeNull();
    await expect(order.cart(null)).resolves.toBeNull();
    await expect(order.cart(null, cart?.id)).resolves.toEqual(cart);
    const other = await order.add({ offerId: offer.id });
    // Not a UUIDv7: two consecutive ones would share the first ten characters.
    expect(other.cart?.id.slice(0, 15)).not.toBe(cart?.id.slice(0, 15));
    const more = await order.add({ offerId: offer.id }, null, cart?.id);
    expect(more.cart).toMatchObject({ id: cart?.id, itemCount: 2 });
  });

  it('is not created for an invented id', async () => {
    await expect(order.add({ offerId: offer.id }, null, toApiId('cart', newId()))).resolves.toMatchObject({
      cart: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['cartId'] }],
    });
  });

  it("is merged into a user's cart, and units of the same offer are added", async () => {
    const concert = order.catalog.offer({ seated: true });
    const guest = (await order.add({ offerId: offer.id, quantity: 2 })).cart;
    await order.add({ offerId: concert.id, seatIds: seats(1) }, null, guest?.id);
    await order.add({ offerId: offer.id, quantity: 3 }, buyer);
    const { cart } = await order.change(`mergeCart(cartId: "${guest?.id ?? ''}")`, buyer);
    // Oldest first: the user's line of the offer is the newest and stays in place.
    expect(cart?.items).toMatchObject([
      { quantity: 1, offer: { id: concert.id } },
      { quantity: 5, offer: { id: offer.id } },
    ]);
    expect((await order.cart(null, guest?.id))?.items).toEqual([]);
    // A repeated merge moves nothing.
    const again = await order.change(`mergeCart(cartId: "${guest?.id ?? ''}")`, buyer);
    expect(again.cart?.itemCount).toBe(6);
  });

  it('is merged with a cart that has some of its seats: each seat is there once', async () => {
    const concert = order.catalog.offer({ seated: true });
    const [one, two, three] = seats(3);
    await order.add({ offerId: concert.id, quantity: 2, seatIds: [one, two] }, buyer);
    // The holds end, so the guest can have a seat that is still in the user's cart.
    order.catalog.holds.clear();
    const guest = (await order.add({ offerId: concert.id, quantity: 2, seatIds: [two, three] })).cart;
    await order.add({ offerId: offer.id }, null, guest?.id);
    const merge = `mergeCart(cartId: "${guest?.id ?? ''}")`;
    const { cart, userErrors } = await order.change(merge, buyer);
    expect(userErrors).toEqual([]);
    expect(cart?.items.flatMap((item) => item.seats.map(({ id }) => id)).toSorted()).toEqual(
      [one, two, three].toSorted(),
    );
    expect(cart).toMatchObject({ itemCount: 4, problems: [], total: { amount: 4_000 } });
    expect((await order.cart(null, guest?.id))?.items).toEqual([]);
  });

  it('is merged with a cart that has all of its seats', async () => {
    const concert = order.catalog.offer({ seated: true });
    const [seat] = seats(1);
    await order.add({ offerId: concert.id, seatIds: [seat] }, buyer);
    order.catalog.holds.clear();
    const guest = (await order.add({ offerId: concert.id, seatIds: [seat] })).cart;
    const { cart, userErrors } = await order.change(`mergeCart(cartId: "${guest?.id ?? ''}")`, buyer);
    expect([userErrors, cart?.itemCount]).toEqual([[], 1]);
    expect((await order.cart(null, guest?.id))?.itemCount).toBe(0);
  });

  it('becomes the first cart of a user who has none', async () => {
    const guest = (await order.add({ offerId: offer.id })).cart;
    const { cart } = await order.change(`mergeCart(cartId: "${guest?.id ?? ''}")`, buyer);
    expect(cart).toMatchObject({ owner: { id: buyer.id }, itemCount: 1 });
    await expect(order.cart(buyer)).resolves.toMatchObject({ id: cart?.id });
  });

  it('is unchanged if it cannot be merged, with all violations together', async () => {
    const guest = (await order.add({ offerId: offer.id, quantity: 6 })).cart;
    await order.add({ offerId: offer.id, quantity: 6 }, buyer);
    const merge = `mergeCart(cartId: "${guest?.id ?? ''}")`;
    await expect(order.change(merge, buyer)).resolves.toMatchObject({
      cart: null,
      userErrors: [{ code: 'MAX_PER_ORDER', field: ['cartId'] }],
    });
    expect((await order.cart(null, guest?.id))?.itemCount).toBe(6);
    expect((await order.cart(buyer))?.itemCount).toBe(6);
  });

  it('is merged once by ten concurrent requests', async () => {
    const guest = (await order.add({ offerId: offer.id, quantity: 2 })).cart;
    const merge = `mergeCart(cartId: "${guest?.id ?? ''}")`;
    const merged = await Promise.all(Array.from({ length: 10 }, () => order.change(merge, buyer)));
    expect(merged.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect((await order.cart(buyer))?.itemCount).toBe(2);
  });

  it('cannot be merged by an anonymous caller', async () => {
    await expect(order.errorOf('mutation { mergeCart(cartId: "x") { cart { id } } }')).resolves.toBe(
      'UNAUTHENTICATED',
    );
  });
});
