import { randomUUID } from 'node:crypto';
import { newId } from '@souk/shared/ids';
import type { CommandEnvelope } from '@souk/shared/contracts/saga-envelope';
import { until } from '../../../tests/support/until.js';
import { done } from './support/fake-participants.js';
import { OrderUnderTest, terms } from './support/order-subgraph.js';

let order: OrderUnderTest;

beforeAll(async () => {
  order = await OrderUnderTest.start({ maxOpen: 3 });
});

afterAll(() => order.close());

beforeEach(() => order.participants.reset());

const start = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) { checkout { id } replayed userErrors { code } }
}`;
const fromCart =
  'mutation ($input: CheckoutInput!) { checkout(input: $input) { replayed userErrors { code } } }';

const inputOf = (): object => ({ ...terms(), items: [{ offerId: order.catalog.offer().id }] });

it('rejects new checkouts at the limit, answers repeated keys, and accepts again after some have ended', async () => {
  const unanswered: CommandEnvelope[] = [];
  order.participants.on('validateUser', (envelope) => {
    unanswered.push(envelope);
    return null;
  });
  const buyer = order.user();
  const inputs = [inputOf(), inputOf(), inputOf()];
  const ids: string[] = [];
  for (const input of inputs) {
    const { checkout } = await order.query<{ checkout: { id: string } }>(start, { input }, buyer);
    ids.push(checkout.id);
  }
  await order.add({ offerId: order.catalog.offer().id }, buyer);

  const refused = [
    { query: start, input: inputOf() },
    { query: fromCart, input: { ...terms(), idempotencyKey: randomUUID() } },
  ];
  for (const { query, input } of refused) {
    const { data, errors } = await order.run(query, { input }, buyer);
    expect(data).toBeNull();
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 5 } });
  }
  // The rejected request had no effect: the cart is unlocked and the key is unused.
  await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 1, problems: [] });
  const replayed = await order.query(start, { input: inputs[0] }, buyer);
  expect(replayed).toEqual({ checkout: { id: ids[0] }, replayed: true, userErrors: [] });

  order.participants.reset();
  const heard = await until('the commands', () => (unanswered.length >= 3 ? unanswered : null));
  for (const envelope of heard) {
    await order.participants.reply(envelope, done({ shippingAddress: null, locale: 'en' }));
  }
  for (const id of ids) await order.reached(id, buyer, 'COMPLETED');
  for (const { query, input } of refused.slice(1)) {
    await until('room for one more', async () => (await order.run(query, { input }, buyer)).data);
  }
});

it('does not count checkouts that wait for their buyers', async () => {
  const expiresAt = new Date(Date.now() + 72 * 3_600_000).toISOString();
  order.participants.on('processPayment', () => ({
    kind: 'waiting',
    output: { paymentId: newId() },
    expiresAt,
  }));
  const hoarder = order.user();
  for (let count = 0; count < 8; count += 1) {
    const { checkout } = await until('a checkout by bank transfer', async () => {
      const { data } = await order.run(start, { input: inputOf() }, hoarder);
      return (data?.['createOrder'] as { checkout: { id: string } | null } | undefined) ?? null;
    });
    await order.reached(checkout?.id ?? '', hoarder, 'AWAITING_PAYMENT');
  }
  const somebody = order.user();
  const { checkout } = await until('a checkout of somebody else', async () => {
    const { data } = await order.run(start, { input: inputOf() }, somebody);
    return (data?.['createOrder'] as { checkout: { id: string } | null } | undefined) ?? null;
  });
  expect(checkout).not.toBeNull();
});
