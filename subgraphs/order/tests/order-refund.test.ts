import type { OrderRefunded } from '@souk/shared/contracts/order';
import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import { paymentEvents } from '@souk/shared/contracts/payment';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { eventMessage } from '../../../tests/support/events.js';
import { until } from '../../../tests/support/until.js';
import { rejected } from './support/fake-participants.js';
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

/** Sends payment's event. Without `change`, as version 1 of it did. */
const publish = (
  orderId: string,
  position: number,
  amount: number,
  change: Partial<Pick<PaymentRefunded, 'sentBack' | 'disputed' | 'chargedBack'>> = {},
): Promise<void> =>
  order.subgraph.send(
    eventMessage('order', paymentEvents.paymentRefunded, newId(), {
      orderId,
      paymentId: newId(),
      refunded: { amount, currency: 'EUR' },
      disputed: 0,
      chargedBack: 0,
      position,
      ...change,
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
  await publish(id, 10, 700);
  expect(await untilRefunded(checkoutId, 700)).toMatchObject({
    status: 'COMPLETED',
    paymentStatus: 'PARTIALLY_REFUNDED',
  });
  await publish(id, 12, total);
  expect(await untilRefunded(checkoutId, total)).toMatchObject({ paymentStatus: 'REFUNDED' });
  // The bank rejected the refund.
  await publish(id, 13, 0);
  const view = await untilRefunded(checkoutId, 0);
  expect(view.paymentStatus).toBe('PAID');
  expect(view.history.filter(({ type }) => type === 'REFUND').map(({ message }) => message)).toEqual([
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
  await publish(id, 20, 900);
  await untilRefunded(checkoutId, 900);
  await publish(id, 19, 700);
  await publish(id, 20, 900);
  await publish(id, 21, 901);
  const view = await untilRefunded(checkoutId, 901);
  expect(view.history.filter(({ type }) => type === 'REFUND')).toHaveLength(2);
  expect((await untilRefundEvents(id, 2)).map(({ refunded }) => refunded.amount)).toEqual([900, 1]);
});

it('each completed refund is announced once, with its own amount', async () => {
  const { checkoutId, id, total } = await bought();
  await publish(id, 5, 300, { sentBack: 300 });
  await publish(id, 7, total, { sentBack: total - 300 });
  await untilRefunded(checkoutId, total);
  // The bank rejected the second refund; payment sends it again.
  await publish(id, 9, 300, { sentBack: null });
  await untilRefunded(checkoutId, 300);
  await publish(id, 11, total, { sentBack: total - 300 });
  expect((await untilRefundEvents(id, 3)).map(({ refunded }) => refunded.amount)).toEqual([
    300,
    total - 300,
    total - 300,
  ]);
});

describe('a dispute', () => {
  const read = async (checkoutId: string): Promise<View> => {
    const checkout = await order.read(checkoutId, buyer);
    if (!checkout) throw new Error('The checkout is gone.');
    return checkout.order;
  };
  const untilView = (checkoutId: string, what: string, found: (view: View) => boolean): Promise<View> =>
    until(what, async () => {
      const view = await read(checkoutId);
      return found(view) ? view : null;
    });
  const statuses = ({ tokens }: View): string[] => tokens.map(({ status }) => status).sort();
  const cancel = (id: string): Promise<{ userErrors: { code: string; message: string }[] }> =>
    order.query(
      `mutation ($id: ID!, $key: String!) { cancelOrder(id: $id, reason: "No.", idempotencyKey: $key) {
         userErrors { code message } } }`,
      { id: toApiId('order', id), key: newId() },
      buyer,
    );

  it.each([
    ['the whole payment', 2_000],
    ['a part of it', 500],
  ])('about %s prevents the cancellation before anything is taken', async (_what, amount) => {
    const { checkoutId, id } = await bought();
    await publish(id, 5, 0, { sentBack: null, disputed: amount });
    await untilView(checkoutId, 'the dispute', ({ history }) =>
      history.some(({ message }) => message.includes('is disputed')),
    );
    // Read again: the first request may have read the order before the change, and its history after it.
    expect(await read(checkoutId)).toMatchObject({
      status: 'COMPLETED',
      paymentStatus: 'PAID',
      allowedTransitions: [],
    });
    expect((await cancel(id)).userErrors).toMatchObject([
      { code: 'NOT_CANCELLABLE', message: expect.stringContaining('bank decides') as string },
    ]);
    expect(statuses(await read(checkoutId))).toEqual(['ACTIVE', 'ACTIVE']);
    // The bank decides for the seller: the order can be cancelled again.
    await publish(id, 6, 0, { sentBack: null });
    const won = await untilView(checkoutId, 'the decision', ({ allowedTransitions }) =>
      allowedTransitions.includes('CANCELLED'),
    );
    expect(won.history.at(-1)?.message).toMatch(/for the seller and returned €/);
    expect((await cancel(id)).userErrors).toEqual([]);
  });

  it('that is lost shows on the order and revokes unused tokens; money that returns restores them', async () => {
    const { checkoutId, id, total, view: placed } = await bought();
    await order.subgraph.dependencies.source.query(
      "UPDATE purchase_token SET status = 'REDEEMED' WHERE code = $1",
      [placed.tokens[0]?.code],
    );
    await publish(id, 5, 0, { sentBack: null, disputed: total });
    await publish(id, 6, 0, { sentBack: null, chargedBack: total });
    const lost = await untilView(
      checkoutId,
      'the chargeback',
      ({ paymentStatus }) => paymentStatus === 'CHARGED_BACK',
    );
    expect(statuses(lost)).toEqual(['REDEEMED', 'REVOKED']);
    expect(lost.history.slice(-2).map(({ type, message }) => [type, message])).toEqual([
      ['PAYMENT', 'The bank decided the dispute for the buyer: €20.00 were charged back.'],
      ['TOKEN', 'The tokens were revoked.'],
    ]);
    // A repeat and an older event change nothing.
    await publish(id, 6, 0, { sentBack: null, chargedBack: total });
    await publish(id, 5, 0, { sentBack: null, disputed: total });
    await publish(id, 7, 0, { sentBack: null });
    const won = await untilView(checkoutId, 'the money', ({ paymentStatus }) => paymentStatus === 'PAID');
    expect(statuses(won)).toEqual(['ACTIVE', 'REDEEMED']);
    expect(won.history).toHaveLength(lost.history.length + 2);
  });

  it('that payment knows of first rejects the cancellation, and the order is unchanged', async () => {
    const { checkoutId, id } = await bought();
    order.participants.on('validateRefund', () => rejected('NOT_CANCELLABLE'));
    expect((await cancel(id)).userErrors).toEqual([]);
    const after = await untilView(checkoutId, 'the rejection', ({ history }) =>
      history.some(({ message }) => message.includes('could not be cancelled')),
    );
    order.participants.reset();
    expect(after).toMatchObject({ status: 'COMPLETED', paymentStatus: 'PAID' });
    expect(statuses(after)).toEqual(['ACTIVE', 'ACTIVE']);
  });
});

it('an event of an unknown order is ignored', async () => {
  await publish(newId(), 1, 1);
  const { checkoutId, id } = await bought();
  await publish(id, 1, 1);
  await untilRefunded(checkoutId, 1);
});
