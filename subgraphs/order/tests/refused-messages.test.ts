import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { FakeOffer } from './support/fake-catalog.js';
import { done } from './support/fake-participants.js';
import type { CheckoutView } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

// Sagas whose commands the queue refuses, among sagas of others, on the real queue. No input can hold such text any more;
// a row may, from before, or by another writer.

/** Far below the 15 minutes after which a saga gives up a step without a reply. */
const endsWithinMs = 60_000;
const halfPair = String.raw`\ud83d`;

let order: OrderUnderTest;
let buyer: TestUser;
let offer: FakeOffer;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

beforeEach(async () => {
  order.participants.reset();
  await sql('DELETE FROM outbox');
  buyer = order.user();
  offer = order.catalog.offer();
});

const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  order.subgraph.dependencies.source.query(text, values);

/** Plants half a surrogate pair into a saga's stored input. */
const spoil = (sagaId: string, field: string): Promise<unknown> =>
  sql(
    `UPDATE saga SET input = regexp_replace(input::text, '"${field}":("[^"]*"|null)', '"${field}":"x${halfPair.replace('\\', '\\\\')}"')::json
     WHERE id = $1`,
    [sagaId],
  );

const sagaIdOf = async ({ transactionId }: { transactionId: string }): Promise<string> => {
  const [row] = await sql<{ id: string }>('SELECT id FROM saga WHERE transaction_id = $1', [transactionId]);
  if (!row) throw new Error('There is no such saga.');
  return row.id;
};

const setAside = (): Promise<{ queue: string; error: string; body: { command: string } }[]> =>
  sql('SELECT queue, error, body FROM outbox WHERE set_aside_at IS NOT NULL');

it('twenty checkouts complete beside one whose command cannot be sent, which is compensated', async () => {
  // All wait for the reply to one step, so that their next commands leave together.
  order.participants.on('reserveItems', () => null);
  const start = async (): Promise<{ user: TestUser; checkout: CheckoutView }> => {
    const user = order.user();
    return { user, checkout: await order.buy(user, [{ offerId: offer.id }]) };
  };
  const good = await Promise.all(Array.from({ length: 20 }, start));
  const bad = await start();
  await spoil(await sagaIdOf(bad.checkout), 'returnUrl');
  const all = [...good.slice(0, 10), bad, ...good.slice(10)];
  const commands = await Promise.all(
    all.map(({ checkout }) => order.participants.untilHeard('reserveItems', checkout)),
  );
  await Promise.all(
    commands.map((command) => order.participants.reply(command, done(order.participants.quote(command)))),
  );

  const transactionIds = good.map(({ checkout }) => checkout.transactionId);
  await until(
    'twenty completed checkouts',
    async () => {
      const [row] = await sql<{ completed: number }>(
        `SELECT count(*)::int AS completed FROM saga WHERE transaction_id = ANY($1) AND status = 'COMPLETED'`,
        [transactionIds],
      );
      return row?.completed === 20;
    },
    endsWithinMs,
  );
  const ended = await order.reached(bad.checkout.id, bad.user, 'FAILED');
  expect(ended.failure?.code).toBe('SERVICE_UNAVAILABLE');
  expect(ended.compensations.map(({ name }) => name)).toEqual(['PROCESS_PAYMENT', 'RESERVE_ITEMS']);
  expect(ended.order.status).toBe('CANCELLED');
  expect(await setAside()).toMatchObject([{ queue: 'payment', body: { command: 'processPayment' } }]);
});

it('a cancellation whose last command cannot be sent needs attention, and says why', async () => {
  const { id, transactionId } = await order.buy(buyer, [{ offerId: offer.id }]);
  const checkout = await order.reached(id, buyer, 'COMPLETED');
  order.participants.on('returnSoldItems', () => null);
  await order.query(
    `mutation ($id: ID!) { cancelOrder(id: $id, reason: "Wrong size.", idempotencyKey: "cancel-${transactionId}") { replayed } }`,
    { id: checkout.order.id },
    buyer,
  );
  const [saga] = await until('the cancellation', async () => {
    const rows = await sql<{ id: string; transaction_id: string }>(
      `SELECT id, transaction_id FROM saga WHERE definition = 'cancel-order' AND user_id = $1`,
      [buyer.userId],
    );
    return rows.length > 0 ? rows : null;
  });
  if (!saga) throw new Error('There is no cancellation.');
  const command = await order.participants.untilHeard('returnSoldItems', {
    transactionId: saga.transaction_id,
  });
  await spoil(saga.id, 'reason');
  await order.participants.reply(command, done());
  await until('the saga to need attention', async () => {
    const [row] = await sql<{ status: string }>('SELECT status FROM saga WHERE id = $1', [saga.id]);
    return row?.status === 'NEEDS_ATTENTION';
  });
  expect(await setAside()).toMatchObject([
    { queue: 'social', body: { command: 'recordCancellation' }, error: expect.any(String) as string },
  ]);
  const [row] = await sql<{ state: { steps: { error: string | null }[] } }>(
    'SELECT state FROM saga WHERE id = $1',
    [saga.id],
  );
  expect(row?.state.steps.at(-1)?.error).toMatch(/^A command of this step could not be sent: /);
});
