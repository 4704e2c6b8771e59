import { catalogCommands } from '@souk/shared/contracts/catalog';
import { scarceOffersSql } from '@souk/catalog/domain/reservation/payment-deadline';
import type { CatalogUnderTest, Made } from './support/catalog.js';
import { inHours, startCatalog } from './support/catalog.js';
import type { Line } from './support/checkout.js';
import { TestCheckout } from './support/checkout.js';

// The payment deadline in the reply of RESERVE_ITEMS.

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog({ scarceUnits: 20, scarceHoldMinutes: 120 });
});

afterAll(() => catalog.close());

/** Returns the hours until the payment deadline of these lines; null without a limit. */
async function payIn(...lines: Line[]): Promise<number | null> {
  const outcome = await new TestCheckout(catalog, lines).reserve();
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  const { payBy } = catalogCommands.reserveItems.output.parse(outcome.output);
  return payBy ? Math.round((Date.parse(payBy) - Date.now()) / 360_000) / 10 : null;
}

const plenty = (offer: object = {}): Promise<{ offer: Made }> => catalog.product({ onHand: 1_000, ...offer });

it('is absent for plentiful offers without a start', async () => {
  expect(await payIn({ offer: (await plenty()).offer })).toBeNull();
  const { offer } = await plenty({ onHand: null });
  expect(await payIn({ offer })).toBeNull();
});

it('is the earliest of event start, departure and end of sale', async () => {
  const venue = await catalog.venue();
  const event = await catalog.draft('Event', {
    listing: { title: 'A match' },
    venueId: venue.id,
    startsAt: inHours(30),
    endsAt: inHours(32),
  });
  const ticket = await catalog.offer(event, { onHand: 1_000 });
  const early = await catalog.offer(event, { title: 'Early', onHand: 1_000, salesEndAt: inHours(5) });
  await catalog.publish(event);
  expect(await payIn({ offer: ticket })).toBe(30);
  expect(await payIn({ offer: early })).toBe(5);

  const tour = await catalog.draft('Tour', {
    listing: { title: 'A walk' },
    location: 'Lisbon',
    durationMinutes: 60,
  });
  const departure = await catalog.offer(tour, { onHand: 1_000, startsAt: inHours(12) });
  await catalog.publish(tour);
  expect(await payIn({ offer: departure })).toBe(12);
  expect(await payIn({ offer: ticket }, { offer: departure })).toBe(12);
});

it('is the end of the sale of an event that is sold while it lasts', async () => {
  const venue = await catalog.venue();
  const event = await catalog.draft('Event', {
    listing: { title: 'A festival' },
    venueId: venue.id,
    startsAt: inHours(-1),
    endsAt: inHours(48),
  });
  const offer = await catalog.offer(event, { onHand: 1_000, salesEndAt: inHours(40) });
  await catalog.publish(event);
  expect(await payIn({ offer })).toBe(40);
  // A row of before the check: its sale ends with the event.
  await catalog.sql('UPDATE offer SET sales_end_at = $2 WHERE id = $1', [offer.uuid, inHours(100)]);
  expect(await payIn({ offer })).toBe(48);
});

it('is soon for scarce offers: small stock, or few units left', async () => {
  expect(await payIn({ offer: (await plenty({ onHand: 20 })).offer })).toBe(2);
  const { offer } = await plenty({ onHand: 23, maxPerOrder: 5 });
  expect(await payIn({ offer, quantity: 3 })).toBeNull();
  expect(await payIn({ offer })).toBe(2);
});

it('counts free seats as units', async () => {
  const few = await catalog.concert({ rows: 2, seatsPerRow: 10 });
  expect(await payIn({ offer: few.offer, seats: few.seats.slice(0, 2) })).toBe(2);
  const many = await catalog.concert({ rows: 3, seatsPerRow: 10 });
  expect(await payIn({ offer: many.offer, seats: many.seats.slice(0, 10) })).toBe(48);
  expect(await payIn({ offer: many.offer, seats: many.seats.slice(10, 12) })).toBe(2);
});

it('counts at most one seat above the threshold', async () => {
  // Nearly sold out, among many others: the query must not scan either set.
  await catalog.concert({ rows: 100, seatsPerRow: 100 });
  const { offer } = await catalog.concert({ rows: 50, seatsPerRow: 100 });
  await catalog.sql(`UPDATE event_seat SET status = 'SOLD' WHERE offer_id = $1 AND row_number > 1`, [
    offer.uuid,
  ]);
  await catalog.sql('VACUUM ANALYZE event_seat');
  const rows = await catalog.sql<{ 'QUERY PLAN': string }>(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${scarceOffersSql}`,
    [[offer.uuid], 20],
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Index (?:Only )?Scan using event_seat_offer/);
  expect(Number(/shared hit=(\d+)/.exec(plan)?.[1] ?? 0)).toBeLessThan(20);
});
