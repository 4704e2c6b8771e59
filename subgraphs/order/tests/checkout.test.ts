import { newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { done } from './support/fake-participants.js';
import { OrderUnderTest } from './support/order-subgraph.js';

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

const codes = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);
const address = {
  id: newId(),
  label: null,
  recipient: 'Ada',
  line1: 'Street 1',
  line2: null,
  city: 'Bern',
  region: null,
  postalCode: '3000',
  countryCode: 'CH',
  phone: null,
  isDefault: true,
};

describe('a checkout', () => {
  it('calls all participants, completes the order, issues tokens, and empties the cart', async () => {
    const seat = toApiId('seat', newId());
    const concert = order.catalog.offer({ seated: true, fulfilment: 'TICKET', amount: 5_000 });
    const tour = order.catalog.offer({ fulfilment: 'TOUR_TOKEN' });
    order.participants.on('validateUser', () => null);
    const started = await order.buy(
      buyer,
      [{ offerId: concert.id, seatIds: [seat] }, { offerId: tour.id, quantity: 2 }, { offerId: offer.id }],
      { expectedTotal: { amount: 8_000, currency: 'EUR' } },
    );
    expect(started).toMatchObject({
      status: 'RUNNING',
      currentStep: 'VALIDATE_USER',
      failure: null,
      order: { status: 'PENDING', paymentStatus: 'UNPAID', tokens: [] },
    });
    expect(started.transactionId).toMatch(/^SAGA-[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(started.order.number).toMatch(/^S-[0-9A-HJKMNP-TV-Z]{8}$/);
    const command = await order.participants.untilHeard('validateUser', started);
    await order.participants.reply(command, done({ shippingAddress: null, locale: 'en' }));

    const ended = await order.reached(started.id, buyer, 'COMPLETED', 'FAILED');
    expect(
      ended.steps.map(({ name, participant, status, error }) => [name, participant, status, error]),
    ).toEqual([
      ['VALIDATE_USER', 'ACCOUNT', 'COMPLETED', null],
      ['RESERVE_ITEMS', 'CATALOG', 'COMPLETED', null],
      ['PROCESS_PAYMENT', 'PAYMENT', 'COMPLETED', null],
      ['CONFIRM_ITEMS', 'CATALOG', 'COMPLETED', null],
      ['GENERATE_TOKENS', 'ORDER', 'COMPLETED', null],
      ['UPDATE_STATS', 'ACCOUNT', 'COMPLETED', null],
      ['UPDATE_STATS', 'SOCIAL', 'COMPLETED', null],
    ]);
    expect(ended).toMatchObject({ status: 'COMPLETED', currentStep: null, compensations: [], failure: null });
    expect(ended.completedAt).not.toBeNull();
    expect(ended.order).toMatchObject({
      status: 'COMPLETED',
      paymentStatus: 'PAID',
      total: { amount: 8_000, currency: 'EUR' },
      refunded: { amount: 0 },
      allowedTransitions: ['CANCELLED'],
    });
    expect(ended.order.items.map(({ title, quantity, tokens }) => [title, quantity, tokens.length])).toEqual([
      ['A thing, quoted', 1, 1],
      ['A thing, quoted', 2, 2],
      ['A thing, quoted', 1, 1],
    ]);
    expect(ended.order.tokens.map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ['LICENCE', 'ACTIVE'],
      ['TICKET', 'ACTIVE'],
      ['TOUR', 'ACTIVE'],
      ['TOUR', 'ACTIVE'],
    ]);
    expect(ended.order.tokens.find(({ kind }) => kind === 'TICKET')?.seat).toEqual({ id: seat });
    expect(new Set(ended.order.tokens.map(({ code }) => code)).size).toBe(4);
    expect(ended.order.history.map(({ type, message }) => `${type}: ${message}`)).toEqual([
      'STATUS: The order was placed.',
      'PAYMENT: The order was paid.',
      'TOKEN: 4 tokens were issued.',
      'SAGA: The checkout was completed.',
      'STATUS: The order was completed.',
    ]);
    expect(ended.order.history[0]?.actor).toEqual({ id: buyer.id });
    await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 0 });
    expect(order.participants.heard.some(({ direction }) => direction === 'tell')).toBe(false);
  });

  it('with shipments leaves the order PAID, with the original address', async () => {
    order.participants.on('validateUser', () => done({ shippingAddress: address, locale: 'en' }));
    const book = order.catalog.offer({ fulfilment: 'SHIPMENT' });
    const { id } = await order.buy(buyer, [{ offerId: book.id }], {
      shippingAddressId: toApiId('addr', address.id),
    });
    const ended = await order.reached(id, buyer, 'COMPLETED');
    expect(ended.order).toMatchObject({
      status: 'PAID',
      tokens: [],
      completedAt: null,
      shippingAddress: { id: toApiId('addr', address.id), city: 'Bern' },
      allowedTransitions: ['PROCESSING', 'CANCELLED'],
    });
  });

  it('of a guest cart assigns it to the buyer', async () => {
    const guest = (await order.add({ offerId: offer.id })).cart;
    const other = order.user();
    const both = await Promise.all([buyer, other].map((user) => order.checkout(user, { cartId: guest?.id })));
    expect(both.filter(({ checkout }) => checkout)).toHaveLength(1);
    expect(both.flatMap(({ userErrors }) => codes(userErrors))).toEqual(['NOT_FOUND']);
    const winner = both[0]?.checkout ? buyer : other;
    const loser = winner === buyer ? other : buyer;
    await order.reached(both.find(({ checkout }) => checkout)?.checkout?.id ?? '', winner, 'COMPLETED');
    await expect(order.cart(winner)).resolves.toMatchObject({ id: guest?.id, itemCount: 0 });
    await expect(order.cart(loser, guest?.id)).resolves.toBeNull();
    await expect(order.cart(null, guest?.id)).resolves.toBeNull();
  });

  it("of a guest cart leaves the buyer's main cart unchanged", async () => {
    await order.add({ offerId: offer.id, quantity: 3 }, buyer);
    const guest = (await order.add({ offerId: offer.id })).cart;
    const { checkout } = await order.checkout(buyer, { cartId: guest?.id });
    await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
    await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 3, problems: [] });
    await expect(order.cart(buyer, guest?.id)).resolves.toMatchObject({ itemCount: 0 });
  });
});

describe('a cart and its checkout', () => {
  const cartOf = async (id: string, user: TestUser): Promise<unknown> => {
    const query = 'query ($id: ID!) { checkout(id: $id) { cart { id itemCount checkout { id } } } }';
    return (await order.query<{ cart: unknown }>(query, { id }, user)).cart;
  };

  it('name each other while the checkout runs; then the checkout names the cart alone', async () => {
    order.participants.on('processPayment', () => null);
    const { id, transactionId } = await order.buy(buyer, [{ offerId: offer.id, quantity: 2 }]);
    const cart = await order.cart(buyer);
    expect(await cartOf(id, buyer)).toEqual({ id: cart?.id, itemCount: 2, checkout: { id } });
    const command = await order.participants.untilHeard('processPayment', { transactionId });
    await order.participants.reply(command, done({ paymentId: newId() }));
    await order.reached(id, buyer, 'COMPLETED');
    expect(await cartOf(id, buyer)).toEqual({ id: cart?.id, itemCount: 0, checkout: null });
  });

  it('an administrator reads the checkout, and not the cart', async () => {
    order.participants.on('processPayment', () => null);
    const { id } = await order.buy(buyer, [{ offerId: offer.id }]);
    await expect(cartOf(id, order.user(['ADMIN']))).resolves.toBeNull();
  });

  it('an order without a cart has none', async () => {
    const { checkout } = await order.createOrder(buyer, { items: [{ offerId: offer.id }] });
    await expect(cartOf(checkout?.id ?? '', buyer)).resolves.toBeNull();
  });
});
