import { isConflatableEvent } from '@souk/shared/graph/subscription';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { FormattedExecutionResult } from 'graphql';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

beforeEach(() => {
  order.participants.reset();
  buyer = order.user();
});

const checkoutUpdated = `subscription ($id: ID!) {
  checkoutUpdated(id: $id) { id status steps { name status } order { status tokens { code } } }
}`;
const orderUpdated = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status history { type } } }';

interface CheckoutEvent {
  status: string;
  steps: { status: string }[];
  order: { status: string; tokens: object[] };
}

const checkoutOf = ({ data }: FormattedExecutionResult): CheckoutEvent =>
  (data as { checkoutUpdated: CheckoutEvent }).checkoutUpdated;
const orderOf = ({ data }: FormattedExecutionResult): { status: string; history: { type: string }[] } =>
  (data as { orderUpdated: { status: string; history: { type: string }[] } }).orderUpdated;

function buy(
  fulfilment: 'LICENCE' | 'SHIPMENT' = 'LICENCE',
  more: object = {},
): ReturnType<OrderUnderTest['buy']> {
  return order.buy(buyer, [{ offerId: order.catalog.offer({ fulfilment }).id }], more);
}

describe('checkoutUpdated', () => {
  it('sends the current state and each change, and ends with the checkout', async () => {
    const { id } = await buy();
    const heard = await order.subgraph.watch(checkoutUpdated, { id }, buyer);
    const events = (await heard.toEnd()).map(checkoutOf);
    // The first event is the current state, which a later subscriber would otherwise miss.
    expect(heard.events.some(isConflatableEvent)).toBe(false);
    expect(events.at(-1)).toMatchObject({
      status: 'COMPLETED',
      order: { status: 'COMPLETED', tokens: [expect.anything()] },
    });
    expect(events.at(-1)?.steps.every(({ status }) => status === 'COMPLETED')).toBe(true);
    // Every event is a different state. One more than the start and the steps: a slow step was retried.
    const rows: { version: number }[] = await order.subgraph.dependencies.source.query(
      'SELECT version FROM saga WHERE id = $1',
      [fromApiId('checkout', id)],
    );
    const resent = (rows[0]?.version ?? 0) - (1 + (events[0]?.steps.length ?? 0));
    const distinct = new Set(events.map((event) => JSON.stringify(event))).size;
    expect(events.length - distinct).toBeLessThanOrEqual(resent);
  });

  it('sends the final state of an ended checkout, and ends', async () => {
    const { id } = await buy();
    await order.reached(id, buyer, 'COMPLETED');
    const events = await (await order.subgraph.watch(checkoutUpdated, { id }, buyer)).toEnd();
    expect(events.map((event) => checkoutOf(event).status)).toEqual(['COMPLETED']);
  });

  it("is FORBIDDEN for another user's data, and ends", async () => {
    const { id } = await buy();
    const codes = async (checkoutId: string, user: TestUser | null): Promise<unknown[]> => {
      const events = await (await order.subgraph.watch(checkoutUpdated, { id: checkoutId }, user)).toEnd();
      return events.flatMap(({ data, errors = [] }) => [
        data ?? null,
        ...errors.map((e) => e.extensions?.['code']),
      ]);
    };
    expect(await codes(id, order.user())).toEqual([null, 'FORBIDDEN']);
    expect(await codes(toApiId('checkout', newId()), buyer)).toEqual([null, 'FORBIDDEN']);
    expect(await codes('nonsense', buyer)).toEqual([null, 'FORBIDDEN']);
    expect(await codes(id, null)).toEqual([null, 'UNAUTHENTICATED']);
  });

  it('is open to holders of orders:manage', async () => {
    const { id } = await buy();
    const events = await (
      await order.subgraph.watch(checkoutUpdated, { id }, order.user(['USER', 'ADMIN']))
    ).toEnd();
    expect(events.map((event) => checkoutOf(event).status).at(-1)).toBe('COMPLETED');
  });
});

describe('orderUpdated', () => {
  it('sends the current state and each change of the order', async () => {
    const started = await buy('SHIPMENT', { shippingAddressId: toApiId('addr', newId()) });
    const heard = await order.subgraph.watch(orderUpdated, { id: started.order.id }, buyer);
    await until('the order to be paid', () => heard.events.some((event) => orderOf(event).status === 'PAID'));
    await order.reached(started.id, buyer, 'COMPLETED');
    const moved = await order.query<{ userErrors: object[] }>(
      'mutation ($id: ID!) { updateOrderStatus(id: $id, status: PROCESSING) { userErrors { code } } }',
      { id: started.order.id },
      order.user(['USER', 'ADMIN']),
    );
    expect(moved.userErrors).toEqual([]);
    await until('the change to be published', () =>
      heard.events.some((event) => orderOf(event).status === 'PROCESSING'),
    );
    expect(heard.hasEnded).toBe(false);
    await heard.stop();
    await heard.toEnd();
  });

  it("is FORBIDDEN for another user's data, and ends", async () => {
    const started = await buy();
    const [event] = await (
      await order.subgraph.watch(orderUpdated, { id: started.order.id }, order.user())
    ).toEnd();
    expect(event?.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});
