import { remindOfCarts } from '@souk/order/domain/cart/cart-reminder';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import { newId, toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
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
const codes = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);

describe("a user's cart", () => {
  it('is created with the first item', async () => {
    await expect(order.cart(buyer)).resolves.toBeNull();
    const { cart } = await order.add({ offerId: offer.id, quantity: 2 }, buyer);
    expect(cart).toMatchObject({
      itemCount: 2,
      total: { amount: 2_000, currency: 'EUR' },
      owner: { id: buyer.id },
      problems: [],
      items: [
        {
          quantity: 2,
          offer: { id: offer.id },
          seats: [],
          unitPrice: { amount: 1_000 },
          subtotal: { amount: 2_000 },
        },
      ],
    });
    await expect(order.cart(buyer)).resolves.toEqual(cart);
    await expect(order.cart(buyer, cart?.id)).resolves.toEqual(cart);
  });

  it.each([
    ['absent', ''],
    ['null', 'cartId: null, '],
  ])('is what updateCartItem changes where cartId is %s', async (_what, cartId) => {
    const { cart } = await order.add({ offerId: offer.id, quantity: 2 }, buyer);
    const item = `itemId: "${cart?.items[0]?.id ?? ''}", quantity: 5`;
    const changed = await order.change(`updateCartItem(${cartId}${item})`, buyer);
    expect(changed).toMatchObject({ cart: { id: cart?.id, itemCount: 5 }, userErrors: [] });
  });

  it('accepts a UPC, and adds one unit by default', async () => {
    const book = order.catalog.offer({ upc: '978-1' });
    const { cart } = await order.add({ upc: '978-1' }, buyer);
    expect(cart?.items).toMatchObject([{ quantity: 1, offer: { id: book.id } }]);
  });

  it('adds units of an unseated offer to its line, at the current price', async () => {
    await order.add({ offerId: offer.id, quantity: 2 }, buyer);
    offer.amount = 1_500;
    const { cart } = await order.add({ offerId: offer.id, quantity: 3 }, buyer);
    expect(cart?.items).toMatchObject([{ quantity: 5, unitPrice: { amount: 1_500 } }]);
  });

  it('has separate lines for a seated offer', async () => {
    const concert = order.catalog.offer({ seated: true });
    const [one, two] = seats(2);
    await order.add({ offerId: concert.id, seatIds: [one] }, buyer);
    const { cart } = await order.add({ offerId: concert.id, seatIds: [two] }, buyer);
    expect(cart?.items.map((item) => item.seats.map(({ id }) => id))).toEqual([[one], [two]]);
  });

  it('is inaccessible to other users', async () => {
    const { cart } = await order.add({ offerId: offer.id }, buyer);
    const thief = order.user();
    await expect(order.cart(thief, cart?.id)).resolves.toBeNull();
    await expect(order.cart(null, cart?.id)).resolves.toBeNull();
    const calls = [
      `clearCart(cartId: "${cart?.id ?? ''}")`,
      `mergeCart(cartId: "${cart?.id ?? ''}")`,
      `removeCartItem(cartId: "${cart?.id ?? ''}", itemId: "${cart?.items[0]?.id ?? ''}")`,
    ];
    for (const call of calls) {
      await expect(order.change(call, thief)).resolves.toMatchObject({
        cart: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['cartId'] }],
      });
    }
    await expect(order.cart(buyer)).resolves.toEqual(cart);
  });

  it('is created once for twenty concurrent first items', async () => {
    const offers = Array.from({ length: 20 }, () => order.catalog.offer());
    const carts = await Promise.all(offers.map(({ id }) => order.add({ offerId: id }, buyer)));
    expect(new Set(carts.map(({ cart }) => cart?.id)).size).toBe(1);
    expect((await order.cart(buyer))?.itemCount).toBe(20);
  });

  it('counts all units of concurrent additions, up to the maximum of one order', async () => {
    offer.maxPerOrder = 15;
    const added = await Promise.all(
      Array.from({ length: 20 }, () => order.add({ offerId: offer.id }, buyer)),
    );
    expect(added.filter(({ cart }) => cart).length).toBe(15);
    expect(new Set(added.flatMap(({ userErrors }) => codes(userErrors)))).toEqual(new Set(['MAX_PER_ORDER']));
    expect((await order.cart(buyer))?.items).toMatchObject([{ quantity: 15 }]);
  });
});

describe('an item is rejected', () => {
  it.each([
    ['an unknown offer', { offerId: toApiId('offer', newId()) }, 'NOT_FOUND', ['item', 'offerId']],
    ['a malformed offer', { offerId: 'nonsense' }, 'NOT_FOUND', ['item', 'offerId']],
    ['an id of another type', { offerId: toApiId('user', newId()) }, 'NOT_FOUND', ['item', 'offerId']],
    ['an unknown UPC', { upc: '0' }, 'NOT_FOUND', ['item', 'upc']],
    ['an empty UPC', { upc: ' ' }, 'NOT_FOUND', ['item', 'upc']],
    ['no offer at all', {}, 'INVALID', ['item']],
    ['an offer named twice', { offerId: toApiId('offer', newId()), upc: '1' }, 'INVALID', ['item']],
  ])('%s', async (_what, item, code, field) => {
    await expect(order.add(item, buyer)).resolves.toMatchObject({
      cart: null,
      userErrors: [{ code, field }],
    });
    await expect(order.cart(buyer)).resolves.toBeNull();
  });

  it.each([
    ['quantity 0', { quantity: 0 }, {}, 'INVALID', ['item', 'quantity']],
    ['quantity -1', { quantity: -1 }, {}, 'INVALID', ['item', 'quantity']],
    ['more than one order may have', { quantity: 11 }, {}, 'MAX_PER_ORDER', ['item', 'quantity']],
    ['seats where there are none', { seatIds: seats(1) }, {}, 'INVALID', ['item', 'seatIds']],
    ['no seat', {}, { seated: true }, 'SEAT_REQUIRED', ['item', 'seatIds']],
    [
      'a seat too few',
      { quantity: 2, seatIds: seats(1) },
      { seated: true },
      'SEAT_REQUIRED',
      ['item', 'seatIds'],
    ],
    ['a seat too many', { seatIds: seats(2) }, { seated: true }, 'SEAT_REQUIRED', ['item', 'seatIds']],
    ['a malformed seat', { seatIds: ['x'] }, { seated: true }, 'NOT_FOUND', ['item', 'seatIds', '0']],
    [
      'more seats than a list may hold',
      { seatIds: seats(101) },
      { seated: true },
      'INVALID',
      ['item', 'seatIds'],
    ],
    ['a draft', {}, { listingStatus: 'DRAFT' }, 'NOT_ON_SALE', ['item']],
    ['what is not on sale', {}, { status: 'NOT_ON_SALE' }, 'NOT_ON_SALE', ['item']],
    ['a sale that is over', {}, { salesEndAt: '2020-01-01T00:00:00Z' }, 'NOT_ON_SALE', ['item']],
  ])('%s', async (_what, item, over, code, field) => {
    const { id } = order.catalog.offer(over);
    await expect(order.add({ offerId: id, ...item }, buyer)).resolves.toMatchObject({
      cart: null,
      userErrors: [{ code, field }],
    });
    await expect(order.cart(buyer)).resolves.toBeNull();
  });

  it('if the stock is insufficient, with the available quantity', async () => {
    offer.available = 3;
    await order.add({ offerId: offer.id, quantity: 2 }, buyer);
    await expect(order.add({ offerId: offer.id, quantity: 2 }, buyer)).resolves.toMatchObject({
      cart: null,
      userErrors: [
        { __typename: 'InsufficientStockError', code: 'INSUFFICIENT_STOCK', offerId: offer.id, available: 3 },
      ],
    });
  });

  it('if its currency is not that of the cart', async () => {
    await order.add({ offerId: offer.id }, buyer);
    const yen = order.catalog.offer({ currency: 'JPY' });
    await expect(order.add({ offerId: yen.id }, buyer)).resolves.toMatchObject({
      userErrors: [{ code: 'CURRENCY_MISMATCH', field: ['item'] }],
    });
  });

  it('if its seat is already in the cart', async () => {
    const concert = order.catalog.offer({ seated: true });
    const seatIds = seats(1);
    await order.add({ offerId: concert.id, seatIds }, buyer);
    await expect(order.add({ offerId: concert.id, seatIds }, buyer)).resolves.toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['item', 'seatIds'] }],
    });
  });

  it('if its seat is unknown or belongs to another offer', async () => {
    const stalls = order.catalog.offer({ seated: true });
    const balcony = order.catalog.offer({ seated: true });
    const [there, gone] = seats(2);
    order.catalog.missing.add(gone ?? '');
    await expect(
      order.add({ offerId: balcony.id, quantity: 2, seatIds: [there, gone] }, buyer),
    ).resolves.toMatchObject({
      cart: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['item', 'seatIds', '1'] }],
    });
    await expect(order.add({ offerId: stalls.id, seatIds: [there] }, buyer)).resolves.toMatchObject({
      cart: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['item', 'seatIds', '0'] }],
    });
  });

  it('together with an unknown cart', async () => {
    const cartId = toApiId('cart', newId());
    const codesOf = async (item: object): Promise<string[]> =>
      codes((await order.add(item, buyer, cartId)).userErrors);
    await expect(codesOf({ offerId: offer.id, quantity: 0 })).resolves.toEqual(['NOT_FOUND', 'INVALID']);
    await expect(codesOf({ offerId: toApiId('offer', newId()) })).resolves.toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
  });

  it('with all violations together', async () => {
    await order.add({ offerId: offer.id }, buyer);
    const bad = order.catalog.offer({ currency: 'JPY', seated: true, listingStatus: 'ARCHIVED' });
    const { userErrors } = await order.add({ offerId: bad.id, quantity: 11 }, buyer);
    expect(new Set(codes(userErrors))).toEqual(
      new Set(['CURRENCY_MISMATCH', 'MAX_PER_ORDER', 'SEAT_REQUIRED', 'NOT_ON_SALE']),
    );
    const unreadable = await order.add({ offerId: 'x', quantity: 0, seatIds: ['y'] }, buyer);
    expect(codes(unreadable.userErrors)).toEqual(['NOT_FOUND', 'INVALID', 'NOT_FOUND']);
  });

  it('with a quantity past 2^31 by GraphQL itself', async () => {
    const item = { offerId: offer.id, quantity: 2 ** 31 };
    await expect(
      order.errorOf(
        'mutation ($item: CartItemInput!) { addToCart(item: $item) { cart { id } } }',
        { item },
        buyer,
      ),
    ).resolves.toBe('BAD_USER_INPUT');
  });
});

describe('a line of a cart', () => {
  const update = (quantity: number, itemId: string): ReturnType<OrderUnderTest['change']> =>
    order.change(`updateCartItem(itemId: "${itemId}", quantity: ${quantity})`, buyer);
  const lineOf = async (item: object): Promise<string> => {
    const { cart } = await order.add(item, buyer);
    return cart?.items.at(-1)?.id ?? '';
  };

  it('gets a new quantity, and is removed by 0', async () => {
    const itemId = await lineOf({ offerId: offer.id });
    expect((await update(10, itemId)).cart?.items).toMatchObject([{ quantity: 10 }]);
    expect((await update(0, itemId)).cart?.items).toEqual([]);
    await expect(update(1, itemId)).resolves.toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['itemId'] }],
    });
  });

  it.each([
    [-1, 'INVALID'],
    [11, 'MAX_PER_ORDER'],
  ])('cannot have the quantity %d', async (quantity, code) => {
    const itemId = await lineOf({ offerId: offer.id });
    await expect(update(quantity, itemId)).resolves.toMatchObject({
      cart: null,
      userErrors: [{ code, field: ['quantity'] }],
    });
  });

  it('is rejected for an unknown line and a negative quantity together', async () => {
    await lineOf({ offerId: offer.id });
    expect(codes((await update(-1, toApiId('item', newId()))).userErrors)).toEqual(['INVALID', 'NOT_FOUND']);
  });

  it('has as many units as seats', async () => {
    const concert = order.catalog.offer({ seated: true });
    const itemId = await lineOf({ offerId: concert.id, quantity: 2, seatIds: seats(2) });
    for (const quantity of [1, 3]) {
      expect(codes((await update(quantity, itemId)).userErrors)).toEqual(['SEAT_REQUIRED']);
    }
  });

  it('can be removed, alone and with all others', async () => {
    const itemId = await lineOf({ offerId: offer.id });
    await lineOf({ offerId: order.catalog.offer().id });
    expect((await order.change(`removeCartItem(itemId: "${itemId}")`, buyer)).cart?.items).toHaveLength(1);
    expect((await order.change('clearCart', buyer)).cart).toMatchObject({ items: [], total: { amount: 0 } });
    // An empty cart does not restrict the currency.
    const yen = order.catalog.offer({ currency: 'JPY' });
    expect((await order.add({ offerId: yen.id }, buyer)).cart?.total).toEqual({
      amount: 1_000,
      currency: 'JPY',
    });
  });

  it('cannot be changed without a cart', async () => {
    await expect(order.change('clearCart', buyer)).resolves.toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['cartId'] }],
    });
  });
});

describe('problems of a cart', () => {
  it('list everything that prevents a checkout now', async () => {
    const ending = order.catalog.offer();
    await order.add({ offerId: offer.id, quantity: 5 }, buyer);
    await order.add({ offerId: ending.id }, buyer);
    offer.available = 4;
    ending.status = 'NOT_ON_SALE';
    expect((await order.cart(buyer))?.problems).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', available: 4, field: null },
      { code: 'NOT_ON_SALE', field: null },
    ]);
    await order.change('clearCart', buyer);
    expect(codes((await order.cart(buyer))?.problems ?? [])).toEqual(['CART_EMPTY']);
  });

  it('list seats that were sold meanwhile', async () => {
    const concert = order.catalog.offer({ seated: true });
    const [free, sold] = seats(2);
    const { cart } = await order.add({ offerId: concert.id, quantity: 2, seatIds: [free, sold] }, buyer);
    expect(cart?.problems).toEqual([]);
    order.catalog.sold.add(sold ?? '');
    expect((await order.cart(buyer))?.problems).toMatchObject([
      { __typename: 'SeatUnavailableError', code: 'SEAT_UNAVAILABLE', seatIds: [sold], field: null },
    ]);
  });
});

describe('prices of a cart', () => {
  const prices = `currentTotal { amount currency } total { amount }
    items { unitPrice { amount } currentUnitPrice { amount currency } }`;
  const read = (): Promise<object> => order.query(`{ cart { ${prices} } }`, {}, buyer);

  it('are those of the last addition, and those of now', async () => {
    const [book, gone] = [order.catalog.offer({ amount: 900 }), order.catalog.offer({ amount: 50 })];
    await order.add({ offerId: book.id, quantity: 2 }, buyer);
    await order.add({ offerId: gone.id }, buyer);
    book.amount = 950;
    const queries = order.catalog.queries;
    await expect(read()).resolves.toEqual({
      total: { amount: 1_850 },
      currentTotal: { amount: 1_950, currency: 'EUR' },
      items: [
        { unitPrice: { amount: 900 }, currentUnitPrice: { amount: 950, currency: 'EUR' } },
        { unitPrice: { amount: 50 }, currentUnitPrice: { amount: 50, currency: 'EUR' } },
      ],
    });
    expect(order.catalog.queries).toBe(queries + 1);
    order.catalog.offers.delete(gone.uuid);
    await expect(read()).resolves.toMatchObject({
      currentTotal: null,
      items: [{ currentUnitPrice: { amount: 950 } }, { currentUnitPrice: null }],
    });
  });
});

describe('a reminder', () => {
  const hours = 24;
  /** Reminds at a time after now. Returns the events about the buyer's cart. */
  const remind = async (afterHours: number, limit = hours): Promise<object[]> => {
    const events: { name: string; payload: { userId: string } }[] = [];
    const outbox = {
      publish: ({ name }: { name: string }, _aggregate: string, payload: { userId: string }) =>
        events.push({ name, payload }),
    };
    const transact = <T>(work: (manager: EntityManager, outbox: Outbox) => Promise<T>): Promise<T> =>
      order.subgraph.dependencies.source.transaction((manager) => work(manager, outbox as unknown as Outbox));
    const now = new Date(Date.now() + afterHours * 3_600_000);
    await remindOfCarts({ transact } as unknown as Database, limit, now);
    return events.filter(({ payload }) => payload.userId === buyer.userId);
  };

  it('is published once a day after the last change, with the listings of the cart', async () => {
    await order.add({ offerId: offer.id, quantity: 2 }, buyer);
    await expect(remind(23)).resolves.toEqual([]);
    await expect(remind(25, 0)).resolves.toEqual([]);
    const [first, second] = await Promise.all([remind(25), remind(25)]);
    expect([...first, ...second]).toMatchObject([
      { name: 'cartLeft', payload: { listings: [{ id: offer.listingUuid, title: 'A thing: Standard' }] } },
    ]);
    await expect(remind(26)).resolves.toEqual([]);
    await order.add({ offerId: offer.id }, buyer);
    await expect(remind(25)).resolves.toHaveLength(1);
  });

  it('is not published for an empty cart, for one of a guest, or a week later', async () => {
    await order.add({ offerId: offer.id }, buyer);
    await order.change('clearCart', buyer);
    await expect(remind(25)).resolves.toEqual([]);
    await order.add({ offerId: offer.id }, buyer);
    await expect(remind(24 * 9)).resolves.toEqual([]);
    await expect(remind(25)).resolves.toEqual([]);
  });
});

// Must be last: it opens the circuit to catalog for some seconds.
describe('while catalog is unavailable', () => {
  it('carts can be read, but not changed', async () => {
    const { cart } = await order.add({ offerId: offer.id }, buyer);
    order.catalog.away = true;
    const queries = order.catalog.queries;
    const { data, errors } = await order.run(
      'mutation ($item: CartItemInput!) { addToCart(item: $item) { cart { id } } }',
      { item: { offerId: offer.id } },
      buyer,
    );
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 3 } }]);
    expect(order.catalog.queries).toBe(queries + 2);
    await expect(order.cart(buyer)).resolves.toEqual(cart);
  });
});
