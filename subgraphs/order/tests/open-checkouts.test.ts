import { newId } from '@souk/shared/ids';
import { connect } from '@souk/shared/postgres';
import type { SubgraphApp } from '@souk/shared/graph/app';
import type { CommandEnvelope } from '@souk/shared/contracts/saga-envelope';
import { workingSagasSql } from '@souk/shared/saga/saga-table';
import { openCheckoutsSql } from '../src/saga/saga-store.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { done } from './support/fake-participants.js';
import type { CheckoutView, Refusal } from './support/order-subgraph.js';
import { OrderUnderTest, terms } from './support/order-subgraph.js';

// Limits of a buyer's open checkouts, and endCheckouts.

let order: OrderUnderTest;
let buyer: TestUser;

beforeAll(async () => {
  order = await OrderUnderTest.start();
});

afterAll(() => order.close());

beforeEach(() => {
  order.participants.reset();
  awaitPayment();
  buyer = order.user();
});

/** Leaves payments pending, like bank transfers. */
function awaitPayment(): void {
  order.participants.on('processPayment', () => ({
    kind: 'waiting',
    output: { paymentId: newId() },
    expiresAt: new Date(Date.now() + 72 * 3_600_000).toISOString(),
  }));
  order.participants.on('revertPayment', () => done({ refunded: false }));
}

const buy = `mutation ($input: CreateOrderInput!) { createOrder(input: $input) {
  checkout { id } replayed
  userErrors { __typename code message field
    ... on TooManyOpenCheckoutsError { limit open } ... on MaxPerOrderError { offerId maximum held } } } }`;

interface Started {
  checkout: { id: string } | null;
  replayed: boolean;
  userErrors: Refusal[];
}

const createOrder = (items: object[], user = buyer, key = terms().idempotencyKey): Promise<Started> =>
  order.query(buy, { input: { ...terms(), idempotencyKey: key, items } }, user);

const codes = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);

/** Starts checkouts of the buyer that await payment. */
async function waiting(count: number, user = buyer): Promise<CheckoutView[]> {
  const started = await Promise.all(
    Array.from({ length: count }, () => createOrder([{ offerId: order.catalog.offer().id }], user)),
  );
  return Promise.all(
    started.map(({ checkout }) => order.reached(checkout?.id ?? '', user, 'AWAITING_PAYMENT')),
  );
}

describe('a buyer', () => {
  it('has at most ten open checkouts; other buyers are unaffected, and an ended one no longer counts', async () => {
    const open = await waiting(10);
    const offer = order.catalog.offer();
    const key = newId();
    const refused = await createOrder([{ offerId: offer.id }], buyer, key);
    expect(refused).toMatchObject({
      checkout: null,
      userErrors: [
        { __typename: 'TooManyOpenCheckoutsError', code: 'TOO_MANY_OPEN_CHECKOUTS', limit: 10, open: 10 },
      ],
    });
    // Reported together with other violations; the cart stays unlocked.
    const both = await createOrder([{ offerId: offer.id, quantity: 11 }]);
    expect(codes(both.userErrors)).toEqual(['MAX_PER_ORDER', 'TOO_MANY_OPEN_CHECKOUTS']);
    await order.add({ offerId: offer.id }, buyer);
    expect(codes((await order.checkout(buyer)).userErrors)).toEqual(['TOO_MANY_OPEN_CHECKOUTS']);
    await expect(order.cart(buyer)).resolves.toMatchObject({ itemCount: 1, problems: [] });
    expect((await createOrder([{ offerId: offer.id }], order.user())).checkout).not.toBeNull();

    const [first] = open;
    await order.query(`mutation { cancelCheckout(id: "${first?.id}") { userErrors { code } } }`, {}, buyer);
    await order.reached(first?.id ?? '', buyer, 'FAILED');
    expect((await createOrder([{ offerId: offer.id }], buyer, key)).checkout).not.toBeNull();
  });

  it('has ten after fifty concurrent requests to three processes', async () => {
    const others = await Promise.all([order.another(), order.another()]);
    const processes: SubgraphApp[] = [order.subgraph.app, ...others];
    const offers = Array.from({ length: 50 }, () => order.catalog.offer().id);
    const answers = await Promise.all(
      offers.map(async (offerId, index) => {
        const { data } = await processes[index % 3]!.execute({
          query: buy,
          variables: { input: { ...terms(), items: [{ offerId }] } },
          headers: { authorization: buyer.authorization },
        });
        return data?.['createOrder'] as Started;
      }),
    );
    await Promise.all(others.map((app) => app.close()));
    expect(answers.filter(({ checkout }) => checkout !== null)).toHaveLength(10);
    expect(
      answers.filter(({ userErrors }) => codes(userErrors)[0] === 'TOO_MANY_OPEN_CHECKOUTS'),
    ).toHaveLength(40);
    const [row]: { open: number }[] = await order.subgraph.dependencies.source.query(
      "SELECT count(*)::int AS open FROM saga WHERE user_id = $1 AND definition = 'checkout'",
      [buyer.userId],
    );
    expect(row?.open).toBe(10);
  });

  it('holds at most the maximum of one order unpaid', async () => {
    const offer = order.catalog.offer();
    const { checkout } = await createOrder([{ offerId: offer.id, quantity: 7 }]);
    await order.reached(checkout?.id ?? '', buyer, 'AWAITING_PAYMENT');
    const more = await createOrder([{ offerId: offer.id, quantity: 4 }]);
    expect(more.userErrors).toEqual([
      {
        __typename: 'MaxPerOrderError',
        code: 'MAX_PER_ORDER',
        message: expect.stringContaining('7 that you have not paid for') as string,
        field: ['input', 'items', '0', 'quantity'],
        offerId: offer.id,
        maximum: 10,
        held: 7,
      },
    ]);
    const fits = await createOrder([{ offerId: offer.id, quantity: 3 }]);
    expect(fits.userErrors).toEqual([]);
  });
});

const end = (userId: string, as: TestUser): Promise<{ checkouts: { id: string }[]; ended: number }> =>
  order.query(
    'mutation ($id: ID!) { endCheckouts(userId: $id) { checkouts { id } ended userErrors { code } } }',
    { id: userId },
    as,
  );

describe('an administrator', () => {
  it("ends all of a user's unpaid checkouts; paid ones continue", async () => {
    const admin = order.user(['ADMIN']);
    const open = await waiting(3);
    const [other] = await waiting(1, order.user());
    order.participants.on('processPayment', () => done({ paymentId: newId() }));
    const paid = await createOrder([{ offerId: order.catalog.offer().id }]);
    await order.reached(paid.checkout?.id ?? '', buyer, 'COMPLETED');

    const answer = await end(buyer.id, admin);
    expect(answer.checkouts.map(({ id }) => id).sort()).toEqual(open.map(({ id }) => id).sort());
    expect(answer.ended).toBe(3);
    for (const { id } of open) {
      const { failure, compensations, order: placed } = await order.reached(id, buyer, 'FAILED');
      expect(failure).toMatchObject({
        code: 'CONFLICT',
        message: 'The checkout was ended by an administrator.',
      });
      expect(compensations.map(({ name }) => name)).toEqual(['PROCESS_PAYMENT', 'RESERVE_ITEMS']);
      expect(placed.history.find(({ type }) => type === 'NOTE')?.actor?.id).toBe(admin.id);
    }
    expect((await order.read(paid.checkout?.id ?? '', buyer))?.status).toBe('COMPLETED');
    expect((await order.read(other?.id ?? '', admin))?.status).toBe('AWAITING_PAYMENT');
    await expect(end(buyer.id, admin)).resolves.toMatchObject({ checkouts: [], ended: 0 });
  });

  it.each([
    ['reserveItems', ['RESERVE_ITEMS'], 'UNPAID'],
    ['processPayment', ['PROCESS_PAYMENT', 'RESERVE_ITEMS'], 'REFUNDED'],
  ] as const)('ends one that is at %s once that has answered', async (command, undone, paymentStatus) => {
    const received: CommandEnvelope[] = [];
    order.participants.on(command, (envelope) => {
      received.push(envelope);
      return null;
    });
    order.participants.on('revertPayment', ({ sagaId }) =>
      done({ refunded: true, payment: order.participants.refundedMoney(sagaId) }),
    );
    const { checkout } = await createOrder([{ offerId: order.catalog.offer().id }]);
    const [envelope] = await until('the command', () => (received.length > 0 ? received : null));
    await expect(end(buyer.id, order.user(['ADMIN']))).resolves.toMatchObject({ ended: 1 });
    expect((await order.read(checkout?.id ?? '', buyer))?.status).toBe('RUNNING');
    if (!envelope) throw new Error('No command was received.');
    await order.participants.reply(
      envelope,
      command === 'reserveItems' ? done(order.participants.quote(envelope)) : done({ paymentId: newId() }),
    );
    const ended = await order.reached(checkout?.id ?? '', buyer, 'FAILED');
    expect(ended.compensations.map(({ name }) => name)).toEqual(undone);
    expect(ended.order).toMatchObject({ status: 'CANCELLED', paymentStatus });
  });

  it('does not end a checkout whose payment is completed', async () => {
    const received: CommandEnvelope[] = [];
    order.participants.on('processPayment', () => done({ paymentId: newId() }));
    order.participants.on('confirmItems', (envelope) => {
      received.push(envelope);
      return null;
    });
    const { checkout } = await createOrder([{ offerId: order.catalog.offer().id }]);
    const [envelope] = await until('the command', () => (received.length > 0 ? received : null));
    await expect(end(buyer.id, order.user(['ADMIN']))).resolves.toEqual({
      checkouts: [],
      ended: 0,
      userErrors: [],
    });
    if (envelope) await order.participants.reply(envelope, done());
    await order.reached(checkout?.id ?? '', buyer, 'COMPLETED');
  });

  it('is required, and gets an empty list for unknown users', async () => {
    const admin = order.user(['ADMIN']);
    const call = `mutation { endCheckouts(userId: "${buyer.id}") { ended } }`;
    await expect(order.errorOf(call, {}, buyer)).resolves.toBe('FORBIDDEN');
    await expect(order.errorOf(call)).resolves.toBe('UNAUTHENTICATED');
    for (const id of [order.user().id, 'nobody', 'order_00000000000000000000000000']) {
      await expect(end(id, admin)).resolves.toEqual({ checkouts: [], ended: 0, userErrors: [] });
    }
  });
});

describe('with 100,000 checkouts that await payment', () => {
  const explain = async (sql: string, parameters: unknown[]): Promise<string> => {
    const rows: { 'QUERY PLAN': string }[] = await order.subgraph.dependencies.source.query(
      `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${sql}`,
      parameters,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };

  beforeAll(async () => {
    // A separate connection: the pool's statement timeout is too short.
    const client = await connect(order.subgraph.databaseUrl);
    await client.query(
      `INSERT INTO saga (id, transaction_id, definition, definition_version, input, state, status, version, order_id,
         user_id, started_at)
       SELECT uuidv7(), 'SAGA-' || n, 'checkout', 1, '{}', '{}', 'WAITING', 4, uuidv7(), uuidv7(), now()
       FROM generate_series(1, 100000) AS t (n)`,
    );
    await client.query('VACUUM ANALYZE saga');
    await client.end();
  }, 120_000);

  it.each([
    ['those at work', workingSagasSql, () => [['checkout', 'cancel-order'], 5_000], 'saga_status'],
    ['those of a buyer', openCheckoutsSql, () => [[buyer.userId]], 'saga_open_of_user'],
  ] as const)(
    '%s are counted from an index, without a look at them',
    async (_name, sql, parameters, index) => {
      const plan = await explain(sql, [...parameters()]);
      expect(plan).toContain(index);
      expect(plan).not.toContain('Seq Scan');
      expect(Number(/shared hit=(\d+)/.exec(plan)?.[1] ?? 0)).toBeLessThan(50);
    },
  );
});
