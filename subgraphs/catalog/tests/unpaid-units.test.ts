import { unpaidUnitsSql } from '@souk/catalog/domain/stock/unpaid-units';
import type { StepReply } from '@souk/shared/contracts/saga-envelope';
import { newId } from '@souk/shared/ids';
import { connect } from '@souk/shared/postgres';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import type { Line } from './support/checkout.js';
import { TestCheckout, replyCode } from './support/checkout.js';

// A buyer's unpaid units of an offer, manual holds and checkouts together, never exceed the maximum of one
// order.

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

function hold(seats: readonly Made[], user: TestUser): Promise<Payload> {
  return catalog.mutate(
    'holdSeats($seatIds: [ID!]!)',
    'seats { id }',
    { seatIds: seats.map(({ id }) => id) },
    user,
  );
}

function release(seats: readonly Made[], user: TestUser): Promise<Payload> {
  return catalog.mutate(
    'releaseSeats($seatIds: [ID!]!)',
    'seats { id }',
    { seatIds: seats.map(({ id }) => id) },
    user,
  );
}

const checkoutOf = (user: TestUser, ...lines: Line[]): TestCheckout =>
  new TestCheckout(catalog, lines, user.userId);

const concert = (maxPerOrder = 4): ReturnType<CatalogUnderTest['concert']> =>
  catalog.concert({ rows: 6, seatsPerRow: 10 }, { offer: { maxPerOrder } });

const tooMany = (offer: Made, maximum: number, held: number): object => ({
  __typename: 'MaxPerOrderError',
  code: 'MAX_PER_ORDER',
  message: expect.any(String) as string,
  offerId: offer.id,
  maximum,
  held,
});

const failure = (outcome: StepReply): object | null =>
  outcome.kind === 'rejected' ? { code: outcome.rejection.code, ...outcome.rejection.details } : null;

/** Counts a buyer's unpaid units of an offer from the rows. */
async function unpaidOf(user: TestUser, offer: Made): Promise<number> {
  const [row] = await catalog.sql<{ units: number }>(
    `SELECT ((SELECT COALESCE(sum(quantity), 0) FROM reservation
         WHERE user_id = $1 AND offer_id = $2 AND status = 'HELD') +
       (SELECT count(*) FROM event_seat WHERE held_by = $1 AND offer_id = $2 AND status = 'HELD' AND saga_id IS NULL))::int
       AS units`,
    [user.userId, offer.uuid],
  );
  return row?.units ?? 0;
}

it('60 seats, four by four: one buyer holds four', async () => {
  const { listing, offer, seats } = await concert();
  const buyer = catalog.user();
  const payloads: Payload[] = [];
  for (let first = 0; first < seats.length; first += 4) {
    payloads.push(await hold(seats.slice(first, first + 4), buyer));
  }
  const [done, ...refused] = payloads;
  expect(done?.userErrors).toEqual([]);
  for (const { userErrors } of refused) {
    expect(userErrors).toEqual([{ ...tooMany(offer, 4, 4), field: ['seatIds'] }]);
  }
  expect(await catalog.seatCounts(listing)).toEqual({ HELD: 4, AVAILABLE: 56 });
  // The buyer can extend their holds, others can hold other seats, and released seats no longer count.
  expect((await hold(seats.slice(0, 4), buyer)).userErrors).toEqual([]);
  expect((await hold(seats.slice(4, 8), catalog.user())).userErrors).toEqual([]);
  await release(seats.slice(0, 2), buyer);
  expect((await hold(seats.slice(8, 10), buyer)).userErrors).toEqual([]);
});

it('seats that were held by hand count once when a checkout takes them, until it is paid', async () => {
  const { offer, seats } = await concert();
  const buyer = catalog.user();
  await hold(seats.slice(0, 3), buyer);
  const more = checkoutOf(buyer, { offer, seats: seats.slice(3, 5) });
  expect(failure(await more.reserve())).toEqual({
    code: 'MAX_PER_ORDER',
    offerId: offer.id,
    maximum: 4,
    held: 3,
  });
  const checkout = checkoutOf(buyer, { offer, seats: seats.slice(0, 4) });
  expect(replyCode(await checkout.reserve())).toBe('done');
  expect((await hold([seats[5]!], buyer)).userErrors).toMatchObject([tooMany(offer, 4, 4)]);
  expect(replyCode(await checkout.confirm())).toBe('done');
  expect((await hold(seats.slice(5, 9), buyer)).userErrors).toEqual([]);
});

it('unpaid checkouts of one buyer together have at most the units of one order; other buyers are unaffected', async () => {
  const { offer } = await catalog.product({ onHand: 1_000, maxPerOrder: 10 });
  const buyer = catalog.user();
  const first = checkoutOf(buyer, { offer, quantity: 7 });
  expect(replyCode(await first.reserve())).toBe('done');
  const second = checkoutOf(buyer, { offer, quantity: 4 });
  expect(failure(await second.reserve())).toEqual({
    code: 'MAX_PER_ORDER',
    offerId: offer.id,
    maximum: 10,
    held: 7,
  });
  expect(replyCode(await checkoutOf(buyer, { offer, quantity: 3 }).reserve())).toBe('done');
  expect(replyCode(await checkoutOf(catalog.user(), { offer, quantity: 10 }).reserve())).toBe('done');
  await first.release();
  expect(replyCode(await checkoutOf(buyer, { offer, quantity: 7 }).reserve())).toBe('done');
  expect(await unpaidOf(buyer, offer)).toBe(10);
});

it('reservations without a buyer count towards no limit', async () => {
  const { offer } = await catalog.product({ onHand: 1_000, maxPerOrder: 5 });
  const buyer = catalog.user();
  const old = checkoutOf(buyer, { offer, quantity: 5 });
  await old.reserve();
  await catalog.sql('UPDATE reservation SET user_id = NULL WHERE saga_id = $1', [old.sagaId]);
  expect(replyCode(await checkoutOf(buyer, { offer, quantity: 5 }).reserve())).toBe('done');
  expect(replyCode(await old.confirm())).toBe('done');
});

it('concurrent holds and checkouts of one buyer in three processes never exceed the limit', async () => {
  const { offer, seats } = await concert();
  const { offer: book } = await catalog.product({ onHand: 1_000, maxPerOrder: 4 });
  const others = await Promise.all([catalog.another(), catalog.another()]);
  const processes = [catalog.subgraph.app, ...others];
  const buyer = catalog.user();
  const variables = (first: number, count: number): { seatIds: string[] } => ({
    seatIds: seats.slice(first, first + count).map(({ id }) => id),
  });
  const holds = Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      processes[index % 3]!.execute({
        query: 'mutation ($seatIds: [ID!]!) { holdSeats(seatIds: $seatIds) { userErrors { code } } }',
        variables: variables(index, 1 + (index % 2)),
        headers: { authorization: buyer.authorization },
      }),
    ),
  );
  const seated = Array.from({ length: 16 }, (_, index) =>
    checkoutOf(buyer, { offer, seats: seats.slice(30 + index, 31 + index) }),
  );
  const stocked = Array.from({ length: 16 }, () => checkoutOf(buyer, { offer: book, quantity: 1 }));
  const outcomes = await Promise.all([...seated, ...stocked].map((checkout) => checkout.reserve()));
  const held = (await holds).map(
    ({ data }) =>
      (data as { holdSeats: { userErrors: { code: string }[] } }).holdSeats.userErrors[0]?.code ?? 'done',
  );
  await Promise.all(others.map((app) => app.close()));
  expect(new Set([...held, ...outcomes.map(replyCode)])).toEqual(new Set(['done', 'MAX_PER_ORDER']));
  // A request for more seats than remain is rejected as a whole, so one less may be held.
  expect([3, 4]).toContain(await unpaidOf(buyer, offer));
  expect(await unpaidOf(buyer, book)).toBe(4);
  expect(outcomes.slice(16).filter(({ kind }) => kind === 'done')).toHaveLength(4);
});

it('is read by index among many holds of others', async () => {
  const { offer, listing } = await catalog.concert({ rows: 100, seatsPerRow: 100 });
  // A separate connection: the pool's statement timeout is too short.
  const client = await connect(catalog.subgraph.databaseUrl);
  await client.query(
    `UPDATE event_seat SET status = 'HELD', held_by = uuidv7(), held_until = now() + interval '1 hour'
     WHERE listing_id = $1`,
    [listing.uuid],
  );
  await client.query(
    `INSERT INTO reservation (saga_id, line_id, offer_id, user_id, quantity, seat_ids, status, expires_at)
     SELECT uuidv7(), uuidv7(), $1, uuidv7(), 1, '{}', 'HELD', now() + interval '1 hour' FROM generate_series(1, 20000)`,
    [offer.uuid],
  );
  await client.query('VACUUM ANALYZE reservation, event_seat');
  await client.end();
  const rows = await catalog.sql<{ 'QUERY PLAN': string }>(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${unpaidUnitsSql}`,
    [[newId()], [offer.uuid]],
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('reservation_unpaid');
  expect(plan).toContain('event_seat_held_by');
  expect(plan).not.toContain('Seq Scan');
  expect(Number(/shared hit=(\d+)/.exec(plan)?.[1] ?? 0)).toBeLessThan(20);
}, 120_000);
