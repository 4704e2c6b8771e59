import { networkHoldsSql } from '@souk/catalog/domain/reservation/hold-limits';
import type { SubgraphApp } from '@souk/shared/graph/app';
import { toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { refusals, startCatalog } from './support/catalog.js';
import { replyCode, TestCheckout } from './support/checkout.js';

// From one network at most three times the maximum of one order is held by hand, and of an event three times what one
// buyer may hold.

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog({ holdersPerNetwork: 3 });
});

afterAll(() => catalog.close());

async function hold(
  seats: readonly Made[],
  address: string | null,
  {
    user = catalog.user(),
    app = catalog.subgraph.app,
  }: { user?: TestUser; app?: Pick<SubgraphApp, 'execute'> } = {},
): Promise<string[]> {
  const { gatewaySecret } = catalog.subgraph.dependencies;
  const { data, errors } = await app.execute({
    query:
      'mutation ($seatIds: [ID!]!) { holdSeats(seatIds: $seatIds) { userErrors { code message field } } }',
    variables: { seatIds: seats.map(({ id }) => id) },
    headers: {
      authorization: user.authorization,
      ...(address !== null && { 'x-forwarded-for': address }),
      ...(gatewaySecret !== null && { 'x-souk-gateway-secret': gatewaySecret }),
    },
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return refusals(data!['holdSeats'] as Payload);
}

const hall = (): ReturnType<CatalogUnderTest['concert']> =>
  catalog.concert({ rows: 6, seatsPerRow: 10 }, { offer: { maxPerOrder: 4 } });

test('many accounts from one network hold 12 of 60 seats; others, and checkouts, are not affected', async () => {
  const { seats, offer, listing } = await hall();
  const other = await hall();
  for (let first = 0; first < 12; first += 4)
    expect(await hold(seats.slice(first, first + 4), '192.0.2.1')).toEqual([]);
  for (let first = 12; first < 60; first += 4)
    expect(await hold(seats.slice(first, first + 4), '192.0.2.1')).toEqual(['TOO_MANY_HOLDS seatIds']);
  expect(await catalog.seatCounts(listing)).toEqual({ HELD: 12, AVAILABLE: 48 });
  expect(await hold(seats.slice(12, 16), '192.0.2.2')).toEqual([]);
  expect(await hold(other.seats.slice(0, 4), '192.0.2.1')).toEqual([]);
  const checkout = new TestCheckout(catalog, [{ offer, seats: seats.slice(16, 20) }]);
  expect(replyCode(await checkout.reserve())).toBe('done');
});

test('a /64 of IPv6 is one network, and so are all callers without an address', async () => {
  const { seats } = await hall();
  for (let first = 0; first < 12; first += 4)
    expect(await hold(seats.slice(first, first + 4), `2001:db8:1:2::${first}`)).toEqual([]);
  expect(await hold(seats.slice(12, 13), '2001:db8:1:2:ffff::1')).toEqual(['TOO_MANY_HOLDS seatIds']);
  expect(await hold(seats.slice(12, 13), '2001:db8:1:3::1')).toEqual([]);
  for (let first = 20; first < 32; first += 4)
    expect(await hold(seats.slice(first, first + 4), null)).toEqual([]);
  expect(await hold(seats.slice(32, 33), null)).toEqual(['TOO_MANY_HOLDS seatIds']);
});

test('holds that were released, have expired, or are extended do not count twice', async () => {
  const { seats, listing } = await hall();
  const buyers = [0, 4, 8].map((first) => ({ user: catalog.user(), mine: seats.slice(first, first + 4) }));
  for (const { user, mine } of buyers) expect(await hold(mine, '192.0.2.9', { user })).toEqual([]);
  for (const { user, mine } of buyers) expect(await hold(mine, '192.0.2.9', { user })).toEqual([]);
  await catalog.mutate(
    'releaseSeats($seatIds: [ID!]!)',
    'seats { id }',
    { seatIds: buyers[0]?.mine.map(({ id }) => id) },
    buyers[0]?.user,
  );
  expect(await hold(seats.slice(20, 24), '192.0.2.9')).toEqual([]);
  expect(await hold(seats.slice(24, 25), '192.0.2.9')).toEqual(['TOO_MANY_HOLDS seatIds']);
  await catalog.sql("UPDATE event_seat SET held_until = now() WHERE listing_id = $1 AND status = 'HELD'", [
    listing.uuid,
  ]);
  expect(await hold(seats.slice(24, 28), '192.0.2.9')).toEqual([]);
});

test('concurrent holds of one network in two processes do not exceed the limit', async () => {
  const { seats, listing } = await hall();
  const other = await catalog.another();
  try {
    const results = await Promise.all(
      Array.from({ length: 15 }, (_, index) =>
        hold(seats.slice(index * 4, index * 4 + 4), '192.0.2.20', {
          app: index % 2 === 0 ? catalog.subgraph.app : other,
        }),
      ),
    );
    expect(results.filter((codes) => codes.length === 0)).toHaveLength(3);
    expect(await catalog.seatCounts(listing)).toEqual({ HELD: 12, AVAILABLE: 48 });
  } finally {
    await other.close();
  }
});

test('a network holds no more seats of an event than three buyers may, over all its offers', async () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
  const venue = await catalog.venue(names.map((name) => ({ name, rows: 1, seatsPerRow: 12 })));
  const listing = await catalog.draft('Event', {
    listing: { title: 'Play' },
    venueId: venue.id,
    startsAt: new Date(Date.now() + 3_600_000),
    endsAt: new Date(Date.now() + 7_200_000),
  });
  for (const name of names) await catalog.offer(listing, { sections: [name], maxPerOrder: 4 });
  await catalog.publish(listing);
  const rows = await catalog.sql<{ id: string }>(
    'SELECT id FROM event_seat WHERE listing_id = $1 ORDER BY map_index',
    [listing.uuid],
  );
  const seats = rows.map(({ id }) => ({ uuid: id, id: toApiId('seat', id) }));
  // 12 of each offer, and 60 of the event: three times the 20 of one buyer.
  for (let first = 0; first < 60; first += 4)
    expect(await hold(seats.slice(first, first + 4), '192.0.2.30')).toEqual([]);
  expect(await hold(seats.slice(60, 61), '192.0.2.30')).toEqual(['TOO_MANY_HOLDS seatIds']);
  expect(await hold(seats.slice(60, 61), '192.0.2.31')).toEqual([]);
});

test('rows have no address: only digests of networks', async () => {
  const { seats, listing } = await hall();
  expect(await hold(seats.slice(0, 1), '192.0.2.40')).toEqual([]);
  expect(await hold(seats.slice(1, 2), null)).toEqual([]);
  expect(await hold(seats.slice(2, 3), '192.0.2.41')).toEqual([]);
  const rows = await catalog.sql<{ held_from: string }>(
    "SELECT DISTINCT held_from FROM event_seat WHERE listing_id = $1 AND status = 'HELD'",
    [listing.uuid],
  );
  expect(rows).toHaveLength(3);
  for (const { held_from: stored } of rows) expect(stored).toMatch(/^(?:[0-9a-f]{32}|unknown)$/);
});

test('the count reads the holds of the network only', async () => {
  const { seats, offer, listing } = await catalog.concert({ rows: 100, seatsPerRow: 100 });
  await catalog.sql(
    `UPDATE event_seat SET status = 'HELD', held_by = $2, held_until = now() + interval '1 hour', held_from = '198.51.100.1'
     WHERE offer_id = $1`,
    [offer.uuid, offer.uuid],
  );
  await catalog.sql('VACUUM ANALYZE event_seat');
  const rows = await catalog.sql<{ 'QUERY PLAN': string }>(`EXPLAIN ${networkHoldsSql}`, [
    '192.0.2.1',
    [listing.uuid],
    [seats[0]?.uuid],
  ]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('event_seat_held_from');
});
