import { newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { OrderUnderTest, terms } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;
let offer: FakeOffer;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

beforeEach(() => {
  order.participants.reset();
  order.catalog.away = false;
  buyer = order.user();
  offer = order.catalog.offer();
});

afterEach(() => jest.restoreAllMocks());

const codes = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);
const ordersOf = async (user: TestUser): Promise<number> =>
  (
    await order.query<[{ orders: { totalCount: number } }]>(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { orders { totalCount } } } }',
      { of: [{ __typename: 'User', id: user.id }] },
      user,
    )
  )[0].orders.totalCount;

describe('an idempotency key', () => {
  it('creates one order for twenty concurrent requests', async () => {
    await order.add({ offerId: offer.id }, buyer);
    const input = terms();
    const answers = await Promise.all(Array.from({ length: 20 }, () => order.checkout(buyer, input)));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(answers.map(({ checkout }) => checkout?.id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(ordersOf(buyer)).resolves.toBe(1);
    await order.reached(answers[0]?.checkout?.id ?? '', buyer, 'COMPLETED');
    // The cart is empty now; the first result is returned.
    const late = await order.checkout(buyer, input);
    expect(late).toMatchObject({
      replayed: true,
      checkout: { id: answers[0]?.checkout?.id },
      userErrors: [],
    });
  });

  it('creates one order without a cart for twenty concurrent requests, also while catalog is unavailable', async () => {
    const input = { ...terms(), items: [{ offerId: offer.id, quantity: 2 }] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => order.createOrder(buyer, input)));
    expect(new Set(answers.map(({ checkout }) => checkout?.id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(ordersOf(buyer)).resolves.toBe(1);
    order.catalog.away = true;
    await expect(order.createOrder(buyer, input)).resolves.toMatchObject({ replayed: true });
  });

  it('is rejected with other arguments', async () => {
    await order.add({ offerId: offer.id }, buyer);
    const input = terms();
    await order.checkout(buyer, input);
    const other = { ...input, expectedTotal: { amount: 1, currency: 'EUR' } };
    await expect(order.checkout(buyer, other)).resolves.toMatchObject({
      checkout: null,
      userErrors: [
        {
          __typename: 'IdempotencyConflictError',
          code: 'IDEMPOTENCY_CONFLICT',
          field: ['input', 'idempotencyKey'],
          idempotencyKey: input.idempotencyKey,
        },
      ],
    });
  });

  it('is not consumed by a rejection, and belongs to one caller', async () => {
    const input = terms();
    expect(codes((await order.checkout(buyer, input)).userErrors)).toEqual(['CART_EMPTY']);
    await order.add({ offerId: offer.id }, buyer);
    await expect(order.checkout(buyer, input)).resolves.toMatchObject({ replayed: false, userErrors: [] });
    const other = order.user();
    expect(codes((await order.checkout(other, input)).userErrors)).toEqual(['CART_EMPTY']);
  });

  it('has 1 to 200 characters', async () => {
    await order.add({ offerId: offer.id }, buyer);
    for (const idempotencyKey of ['', 'x'.repeat(201)]) {
      await expect(order.checkout(buyer, { idempotencyKey })).resolves.toMatchObject({
        userErrors: [{ code: 'INVALID', field: ['input', 'idempotencyKey'] }],
      });
    }
  });
});

describe('a checkout is rejected immediately', () => {
  it('while another checkout of the cart is running; one of two concurrent ones is rejected', async () => {
    order.participants.on('processPayment', () => null);
    await order.add({ offerId: offer.id }, buyer);
    const both = await Promise.all([order.checkout(buyer), order.checkout(buyer)]);
    expect(both.filter(({ checkout }) => checkout)).toHaveLength(1);
    expect(both.flatMap(({ userErrors }) => codes(userErrors))).toEqual(['CART_LOCKED']);
    await expect(ordersOf(buyer)).resolves.toBe(1);
    for (const call of [
      'clearCart',
      `updateCartItem(itemId: "x", quantity: 1)`,
      `removeCartItem(itemId: "x")`,
    ]) {
      expect(codes((await order.change(call, buyer)).userErrors)).toEqual(['CART_LOCKED']);
    }
    expect(codes((await order.add({ offerId: offer.id }, buyer)).userErrors)).toEqual(['CART_LOCKED']);
    const guest = (await order.add({ offerId: offer.id })).cart;
    expect(codes((await order.change(`mergeCart(cartId: "${guest?.id ?? ''}")`, buyer)).userErrors)).toEqual([
      'CART_LOCKED',
    ]);
  });

  it("for another user's cart, and for an unknown cart", async () => {
    const { cart } = await order.add({ offerId: offer.id }, buyer);
    for (const cartId of [cart?.id, toApiId('cart', newId()), 'nonsense']) {
      await expect(order.checkout(order.user(), { cartId })).resolves.toMatchObject({
        checkout: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['input', 'cartId'] }],
      });
    }
    const payment = { method: 'CREDIT_CARD', paymentMethodToken: '4242 4242' };
    const { userErrors } = await order.checkout(buyer, { cartId: 'nonsense', payment });
    expect(userErrors.map(({ code, field }) => `${code} ${field?.join('.') ?? ''}`)).toEqual([
      'NOT_FOUND input.cartId',
      'INVALID input.payment.paymentMethodToken',
    ]);
  });

  it('with all violations together', async () => {
    const salesEnd = Date.now() + 60_000;
    const book = order.catalog.offer({
      fulfilment: 'SHIPMENT',
      salesEndAt: new Date(salesEnd).toISOString(),
    });
    await order.add({ offerId: book.id }, buyer);
    jest.spyOn(order.subgraph.dependencies.clock, 'now').mockReturnValue(new Date(salesEnd));
    const { userErrors, checkout } = await order.checkout(buyer, {
      expectedTotal: { amount: 1_000, currency: 'JPY' },
      payment: { method: 'CREDIT_CARD', paymentMethodToken: '4242 4242', returnUrl: 'javascript:alert(1)' },
    });
    expect(checkout).toBeNull();
    expect(userErrors.map(({ code, field }) => `${code} ${field?.join('.') ?? ''}`)).toEqual([
      'NOT_ON_SALE input.cartId',
      'ADDRESS_REQUIRED input.shippingAddressId',
      'CURRENCY_MISMATCH input.expectedTotal.currency',
      'INVALID input.payment.paymentMethodToken',
      'INVALID input.payment.returnUrl',
    ]);
    await expect(ordersOf(buyer)).resolves.toBe(0);
    expect((await order.cart(buyer))?.problems.map(({ code }) => code)).toEqual(['NOT_ON_SALE']);
  });

  it.each<[object, string, string]>([
    [{ expectedTotal: { amount: -1, currency: 'EUR' } }, 'INVALID', 'input.expectedTotal.amount'],
    [{ expectedTotal: { amount: 1, currency: 'XXQ' } }, 'INVALID', 'input.expectedTotal.currency'],
    [{ shippingAddressId: 'addr_x' }, 'NOT_FOUND', 'input.shippingAddressId'],
    [
      { payment: { method: 'CREDIT_CARD', returnUrl: 'https://shop.test/?card=4242424242424242' } },
      'INVALID',
      'input.payment.returnUrl',
    ],
    ...['hello', 'pm_', `pm_${'x'.repeat(201)}`, 'pm_4242424242424242'].map(
      (paymentMethodToken): [object, string, string] => [
        { payment: { method: 'CREDIT_CARD', paymentMethodToken } },
        'INVALID',
        'input.payment.paymentMethodToken',
      ],
    ),
  ])('for %j', async (input, code, field) => {
    await order.add({ offerId: offer.id }, buyer);
    const { userErrors } = await order.checkout(buyer, input);
    expect(userErrors.map((error) => [error.code, error.field?.join('.')])).toEqual([[code, field]]);
  });

  it.each([
    ['an archived listing', { listingStatus: 'ARCHIVED' }, 'NOT_ON_SALE'],
    ['a sale that was closed', { status: 'NOT_ON_SALE' }, 'NOT_ON_SALE'],
    ['a sale that ended', { salesEndAt: '2020-01-01T00:00:00.000Z', status: 'NOT_ON_SALE' }, 'NOT_ON_SALE'],
    ['a lower maximum', { maxPerOrder: 1 }, 'MAX_PER_ORDER'],
    ['another currency', { currency: 'USD' }, 'CURRENCY_MISMATCH'],
  ])('for %s since the item was added to the cart, and no order is created', async (_what, change, code) => {
    const other = order.catalog.offer();
    await order.add({ offerId: other.id }, buyer);
    await order.add({ offerId: offer.id, quantity: 2 }, buyer);
    Object.assign(offer, change);
    const { checkout, userErrors } = await order.checkout(buyer);
    expect(checkout).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ['input', 'cartId'] }]);
    await expect(ordersOf(buyer)).resolves.toBe(0);
    expect(await order.cart(buyer)).toMatchObject({ itemCount: 3 });
  });

  it('for an offer or a seat that no longer exists', async () => {
    const concert = order.catalog.offer({ seated: true });
    const seat = toApiId('seat', newId());
    await order.add({ offerId: offer.id }, buyer);
    await order.add({ offerId: concert.id, seatIds: [seat] }, buyer);
    order.catalog.offers.delete(offer.uuid);
    order.catalog.missing.add(seat);
    const { userErrors } = await order.checkout(buyer);
    expect(userErrors).toMatchObject([
      { code: 'NOT_FOUND', message: expect.stringContaining('is no longer offered') as string },
      { code: 'NOT_FOUND', message: expect.stringContaining('has no such seat') as string },
    ]);
    await expect(ordersOf(buyer)).resolves.toBe(0);
  });

  it('for an invalid key together with other violations, with and without a cart', async () => {
    const bad = {
      idempotencyKey: '',
      expectedTotal: { amount: -5, currency: 'zz' },
      payment: { method: 'CREDIT_CARD', paymentMethodToken: 'hello' },
    };
    const terms = [
      'INVALID input.expectedTotal.amount',
      'INVALID input.expectedTotal.currency',
      'INVALID input.idempotencyKey',
      'INVALID input.payment.paymentMethodToken',
    ];
    const codesAndFields = ({
      userErrors,
    }: {
      userErrors: { code: string; field: string[] | null }[];
    }): string[] => userErrors.map(({ code, field }) => `${code} ${field?.join('.') ?? ''}`).sort();
    expect(codesAndFields(await order.checkout(buyer, bad))).toEqual(['CART_EMPTY input.cartId', ...terms]);
    expect(codesAndFields(await order.createOrder(buyer, { ...bad, items: [{ upc: 'unknown' }] }))).toEqual([
      ...terms,
      'NOT_FOUND input.items.0.upc',
    ]);
    await expect(ordersOf(buyer)).resolves.toBe(0);
  });

  it('for a guest, by a top-level error', async () => {
    const mutation = `mutation ($input: CheckoutInput!) { checkout(input: $input) { replayed } }`;
    await expect(order.errorOf(mutation, { input: terms() })).resolves.toBe('UNAUTHENTICATED');
  });
});

describe('an order without a cart', () => {
  it('accepts items by UPC and by offer', async () => {
    const book = order.catalog.offer({ upc: newId(), amount: 700 });
    const { checkout } = await order.createOrder(buyer, {
      items: [{ upc: book.upc, quantity: 2 }, { offerId: offer.id }],
    });
    const ended = await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    expect(ended.order.total).toEqual({ amount: 2_400, currency: 'EUR' });
    await expect(order.cart(buyer)).resolves.toBeNull();
  });

  it('is rejected with all violations together, by item', async () => {
    const yen = order.catalog.offer({ currency: 'JPY', fulfilment: 'SHIPMENT' });
    const { userErrors } = await order.createOrder(buyer, {
      items: [
        { offerId: offer.id, quantity: 11 },
        { offerId: yen.id },
        { upc: 'unknown' },
        { offerId: offer.id, upc: 'x' },
        { offerId: offer.id, quantity: 0 },
      ],
    });
    expect(userErrors.map(({ code, field }) => `${code} ${field?.join('.') ?? ''}`).sort()).toEqual([
      'ADDRESS_REQUIRED input.shippingAddressId',
      'CURRENCY_MISMATCH input.items.1',
      'INVALID input.items.3',
      'INVALID input.items.4.quantity',
      'MAX_PER_ORDER input.items.0.quantity',
      'NOT_FOUND input.items.2.upc',
    ]);
    await expect(ordersOf(buyer)).resolves.toBe(0);
  });

  it.each([[[]], [Array.from({ length: 101 }, () => ({ upc: 'x' }))]])(
    'has 1 to 100 items',
    async (items) => {
      await expect(order.createOrder(buyer, { items })).resolves.toMatchObject({
        checkout: null,
        userErrors: [{ code: 'INVALID', field: ['input', 'items'] }],
      });
    },
  );
});
