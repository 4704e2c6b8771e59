import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import { TestCheckout, replyCode } from './support/checkout.js';

// A seat is held for ten minutes, extended up to thirty in total, and then must be free for ten.

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

/** Returns the minutes until the hold ends, as the mutation and the seat report it. */
function minutes({ heldUntil, seats, userErrors }: Held): number {
  expect(userErrors).toEqual([]);
  expect(seats?.map((each) => each.heldUntil)).toEqual([heldUntil]);
  return Math.round((Date.parse(heldUntil ?? '') - Date.now()) / 60_000);
}

/** Moves the seat's times into the past. */
const pass = (count: number): Promise<unknown> =>
  catalog.sql(
    `UPDATE event_seat SET held_since = held_since - $2 * interval '1 minute',
       held_until = held_until - $2 * interval '1 minute', last_hold_ends = last_hold_ends - $2 * interval '1 minute'
     WHERE id = $1`,
    [seat.uuid, count],
  );

/** Holds the seat until a minute before the total limit. */
async function almostUseUp(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await hold();
    await pass(9);
  }
  await hold();
  await pass(2);
}

it('can be extended up to the total; then the holder must leave the seat free before the next hold', async () => {
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

it('another buyer can hold the seat as soon as the hold ends', async () => {
  await almostUseUp();
  await pass(2);
  expect((await hold()).userErrors).toMatchObject([{ code: 'SEAT_UNAVAILABLE' }]);
  expect(minutes(await hold(catalog.user()))).toBe(10);
});

it('releasing and taking the seat again does not reset the total', async () => {
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

it('leaving the seat free for the length of a hold resets the total', async () => {
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

it('a checkout can hold a seat after the total, for its own time', async () => {
  await almostUseUp();
  const checkout = new TestCheckout(catalog, [{ offer, seats: [seat] }], buyer.userId);
  expect(replyCode(await checkout.reserve({ holdMs: 3_600_000 }))).toBe('done');
  const [row] = await catalog.sql<{ minutes: number }>(
    'SELECT round(extract(epoch FROM held_until - now()) / 60)::int AS minutes FROM event_seat WHERE id = $1',
    [seat.uuid],
  );
  expect(row?.minutes).toBe(60);
  // After its release, the seat cannot be held manually again.
  await pass(5);
  await checkout.release();
  expect((await hold()).userErrors).toMatchObject([{ code: 'SEAT_UNAVAILABLE' }]);
});
