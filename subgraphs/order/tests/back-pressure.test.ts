import { randomUUID } from 'node:crypto';
import { newId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { done } from './support/fake-participants.js';
import { OrderUnderTest, terms } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;

beforeAll(async () => {
  order = await OrderUnderTest.start({ maxOpen: 3 });
  buyer = order.user();
});

afterAll(() => order.close());

const start = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) { checkout { id } replayed userErrors { code } }
}`;
const fromCart =
  'mutation ($input: CheckoutInput!) { checkout(input: $input) { replayed userErrors { code } } }';

it('past the bound no checkout is started, a repeat is answered, and there is room again when some have ended', async () => {
  order.participants.on('processPayment', () => ({
    kind: 'waiting',
    output: { paymentId: newId() },
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  }));
  order.participants.on('revertPayment', () => done({ refunded: false }));
  const inputOf = (): object => ({ ...terms(), items: [{ offerId: order.catalog.offer().id }] });
  const inputs = [inputOf(), inputOf(), inputOf()];
  const ids: string[] = [];
  for (const input of inputs) {
    const { checkout } = await order.ask<{ checkout: { id: string } }>(start, { input }, buyer);
    ids.push(checkout.id);
    await order.reached(checkout.id, buyer, 'AWAITING_PAYMENT');
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
  // Nothing of it stayed: the cart is not locked, the key is free.
  await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 1, problems: [] });
  const replayed = await order.ask(start, { input: inputs[0] }, buyer);
  expect(replayed).toEqual({ checkout: { id: ids[0] }, replayed: true, userErrors: [] });

  await order.ask(`mutation { cancelCheckout(id: "${ids[0]}") { userErrors { code } } }`, {}, buyer);
  await order.reached(ids[0] ?? '', buyer, 'FAILED');
  for (const { query, input } of refused.slice(1)) {
    await until('room for one more', async () => (await order.run(query, { input }, buyer)).data);
  }
});
