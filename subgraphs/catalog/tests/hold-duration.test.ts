import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import { TestCheckout, verdict } from './support/checkout.js';

// A seat is held for ten minutes, prolonged up to thirty in all, and then left to others for ten.

let catalog: CatalogUnderTest;
let seat: Made;
let offer: Made;
let buyer: TestUser;

beforeAll(async () => {
  catalog = await startCatalog({ holdMinutes: 10 });
});

afterAll(() => catalog.close());

beforeEach(async () => {
  const made = await catalog.concert({ rows: 1, seatsPerRow: 1 });
  ({ offer } = made);
  seat = made.seats[0]!;
  buyer = catalog.user();
});

type Held = Payload<{ heldUntil: string | null; seats: { heldUntil: string | null }[] | null }>;

const hold = (user = buyer): Promise<Held> =>
  catalog.mutate(
    'holdSeats($seatIds: [ID!]!)',
    'heldUntil seats { heldUntil }',
    { seatIds: [seat.id] },
    user,
  );
const release = (): Promise<Payload> =>
  catalog.mutate('releaseSeats($seatIds: [ID!]!)', 'seats { id }', { seatIds: [seat.id] }, buyer);

/** Minutes from now until the hold ends, as it is told: of all seats, and of the seat itself. */
function minutes({ heldUntil, seats, userErrors }: Held): number {
  expect(userErrors).toEqual([]);
  expect(seats?.map((each) => each.heldUntil)).toEqual([heldUntil]);
  return Math.round((Date.parse(heldUntil ?? '') - Date.now()) / 60_000);
}

/** Lets minutes pass for the seat. */
const pass = (count: number): Promise<unknown> =>
  catalog.sql(
    `UPDATE event_seat SET held_since = held_since - $2 * interval '1 minute',
       held_until = held_until - $2 * interval '1 minute', last_hold_ends = last_hold_ends - $2 * interval '1 minute'
     WHERE id = $1`,
    [seat.uuid, count],
  );

/** Holds the seat until a minute before the total is used up. */
async function almostUseUp(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await hold();
    await pass(9);
  }
  await hold();
  await pass(2);
}

it('is prolonged up to the total and then lost; who held it leaves it to others before they hold it again', async () => {
  expect(minutes(await hold())).toBe(10);
  await pass(9);
  expect(minutes(await hold())).toBe(10);
  await pass(9);
  expect(minutes(await hold())).toBe(10);
  await pass(9);
  expect(minutes(await hold())).toBe(3);
  await pass(4);
  const { userErrors } = await hold();
  expect(userErrors).toMatchObject([
    { __typename: 'SeatUnavailableError', code: 'SEAT_UNAVAILABLE', field: ['seatIds'], seatIds: [seat.id] },
  ]);
  const message = String(userErrors[0]?.['message']);
  expect(message).toContain('for 30 minutes');
  const [, again = ''] = /again from ([-\d]+ [:\d]+ UTC)/.exec(message) ?? [];
  expect(Math.abs(Date.parse(again) - Date.now() - 9 * 60_000)).toBeLessThan(30_000);
  await pass(9);
  expect(minutes(await hold())).toBe(10);
});

it('somebody else may hold it as soon as it is lost', async () => {
  await almostUseUp();
  await pass(2);
  expect((await hold()).userErrors).toMatchObject([{ code: 'SEAT_UNAVAILABLE' }]);
  expect(minutes(await hold(catalog.user()))).toBe(10);
});

it('released and taken again, the clock goes on', async () => {
  for (let round = 0; round < 3; round += 1) {
    await hold();
    await pass(9);
    await release();
    await pass(1);
  }
  const { userErrors } = await hold();
  expect(userErrors).toMatchObject([{ code: 'SEAT_UNAVAILABLE' }]);
  await pass(10);
  expect(minutes(await hold())).toBe(10);
});

it('left to others for the length of a hold, the clock begins anew', async () => {
  await hold();
  await pass(5);
  await release();
  await pass(11);
  expect(minutes(await hold())).toBe(10);
  await pass(9);
  await hold();
  await pass(9);
  expect(minutes(await hold())).toBe(10);
});

it('a checkout takes a seat whose time is used up, and holds it as long as it says', async () => {
  await almostUseUp();
  const checkout = new TestCheckout(catalog, [{ offer, seats: [seat] }], buyer.userId);
  expect(verdict(await checkout.reserve({ holdMs: 3_600_000 }))).toBe('done');
  const [row] = await catalog.sql<{ minutes: number }>(
    'SELECT round(extract(epoch FROM held_until - now()) / 60)::int AS minutes FROM event_seat WHERE id = $1',
    [seat.uuid],
  );
  expect(row?.minutes).toBe(60);
  // Given back, it is not held by hand anew.
  await pass(5);
  await checkout.release();
  expect((await hold()).userErrors).toMatchObject([{ code: 'SEAT_UNAVAILABLE' }]);
});
