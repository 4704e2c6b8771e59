import type { OrderRefunded } from '@souk/shared/contracts/order';
import { paymentEvents } from '@souk/shared/contracts/payment';
import { fromApiId, newId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { eventMessage } from '../../../tests/support/events.js';
import { until } from '../../../tests/support/until.js';
import type { CheckoutView } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});
beforeEach(() => {
  buyer = order.user();
});
afterAll(() => order.close());

type View = CheckoutView['order'];

/** Creates a paid and completed order of two units: 2,000 EUR cents. */
async function bought(): Promise<{ checkoutId: string; id: string; view: View; total: number }> {
  const offer = order.catalog.offer();
  const { id } = await order.buy(buyer, [{ offerId: offer.id, quantity: 2 }]);
  const { order: view } = await order.reached(id, buyer, 'COMPLETED');
  return { checkoutId: id, id: fromApiId('order', view.id) ?? '', view, total: view.total.amount };
}

const publishRefund = (orderId: string, position: number, amount: number, bySaga = false): Promise<void> =>
  order.subgraph.send(
    eventMessage('order', paymentEvents.paymentRefunded, newId(), {
      orderId,
      paymentId: newId(),
      refunded: { amount, currency: 'EUR' },
      bySaga,
      position,
    }),
  );

const untilRefunded = (checkoutId: string, amount: number): Promise<View> =>
  until(`${amount} to have gone back`, async () => {
    const view = (await order.read(checkoutId, buyer))?.order;
    return view?.refunded.amount === amount ? view : null;
  });

const eventsOf = (orderId: string): OrderRefunded[] =>
  order.participants.refunds.filter((event) => event.orderId === orderId);

/** Waits for this many refund events of an order and returns them by position. */
const untilRefundEvents = (orderId: string, count: number): Promise<OrderRefunded[]> =>
  until(`${count} refund events`, async () => {
    const events = eventsOf(orderId);
    return events.length >= count ? events.toSorted((a, b) => a.position - b.position) : null;
  });

it("an order's refund totals follow payment's events", async () => {
  const { checkoutId, id, view: placed, total } = await bought();
  await publishRefund(id, 10, 700);
  expect(await untilRefunded(checkoutId, 700)).toMatchObject({
    status: 'COMPLETED',
    paymentStatus: 'PARTIALLY_REFUNDED',
  });
  await publishRefund(id, 12, total);
  expect(await untilRefunded(checkoutId, total)).toMatchObject({ paymentStatus: 'REFUNDED' });
  // The bank rejected the refund.
  await publishRefund(id, 13, 0);
  const view = await untilRefunded(checkoutId, 0);
  expect(view.paymentStatus).toBe('PAID');
  expect(view.history.filter(({ type }) => type === 'refund').map(({ message }) => message)).toEqual([
    'Refunded so far: €7.00.',
    expect.stringMatching(/^Refunded so far: €/) as string,
    'Refunded so far: €0.00.',
  ]);
  const identifiers = { userId: buyer.userId, orderId: id, orderNumber: placed.number };
  expect(await untilRefundEvents(id, 2)).toEqual([
    { ...identifiers, position: 10, refunded: { amount: 700, currency: 'EUR' } },
    { ...identifiers, position: 12, refunded: { amount: total - 700, currency: 'EUR' } },
  ]);
});

it('repeated, late and reordered events change nothing', async () => {
  const { checkoutId, id } = await bought();
  await publishRefund(id, 20, 900);
  await untilRefunded(checkoutId, 900);
  await publishRefund(id, 19, 700);
  await publishRefund(id, 20, 900);
  await publishRefund(id, 21, 901);
  const view = await untilRefunded(checkoutId, 901);
  expect(view.history.filter(({ type }) => type === 'refund')).toHaveLength(2);
  expect((await untilRefundEvents(id, 2)).map(({ refunded }) => refunded.amount)).toEqual([900, 1]);
});

it('a refund by a saga is not announced twice', async () => {
  const { checkoutId, id } = await bought();
  await publishRefund(id, 5, 100, true);
  const view = await untilRefunded(checkoutId, 100);
  expect(view.history.filter(({ type }) => type === 'refund')).toEqual([]);
  await publishRefund(id, 6, 150);
  expect((await untilRefundEvents(id, 1)).map(({ position }) => position)).toEqual([6]);
});

it('an event of an unknown order is ignored', async () => {
  await publishRefund(newId(), 1, 1);
  const { checkoutId, id } = await bought();
  await publishRefund(id, 1, 1);
  await untilRefunded(checkoutId, 1);
});
