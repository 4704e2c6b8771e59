import type { TestUser } from '../../../tests/support/subgraph.js';
import { statementsDuring } from '../../../tests/support/statements.js';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { eur, inHours, refusals, startCatalog } from './support/catalog.js';
import { TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog({ holdMinutes: 10 });
});

afterAll(() => catalog.close());

interface Seat {
  id: string;
  section: string;
  row: string;
  number: string;
  status: string;
  heldUntil: string | null;
  heldByMe: boolean;
}

type SeatPayload = Payload<{ seats: Seat[] | null; heldUntil: string | null }>;
const selection = 'seats { id section row number status heldUntil heldByMe } heldUntil';
const ids = (seats: readonly { id: string }[]): { seatIds: string[] } => ({
  seatIds: seats.map(({ id }) => id),
});

function hold(seats: readonly { id: string }[], user: TestUser): Promise<SeatPayload> {
  return catalog.mutate('holdSeats($seatIds: [ID!]!)', selection, ids(seats), user);
}

function release(seats: readonly { id: string }[], user: TestUser): Promise<SeatPayload> {
  return catalog.mutate('releaseSeats($seatIds: [ID!]!)', selection, ids(seats), user);
}

function block(
  seats: readonly { id: string }[],
  blocked: boolean,
  user = catalog.admin,
): Promise<SeatPayload> {
  return catalog.mutate(
    'blockSeats($seatIds: [ID!]!, $blocked: Boolean!)',
    selection,
    { ...ids(seats), blocked },
    user,
  );
}

async function seatsOf(listing: Made, arguments_ = '', user: TestUser | null = null): Promise<Seat[]> {
  const data = await catalog.query<{ listing: { seats: Seat[] } }>(
    `query ($id: ID!) { listing(id: $id) { ... on Event {
      seats${arguments_} { id section row number status heldUntil heldByMe } } } }`,
    listing,
    user,
  );
  return data.listing.seats;
}

async function best(listing: Made, quantity: number, offer?: Made): Promise<string> {
  const data = await catalog.query<{ listing: { bestAvailable: Seat[] } }>(
    `query ($id: ID!, $quantity: Int!, $offerId: ID) { listing(id: $id) { ... on Event {
      bestAvailable(quantity: $quantity, offerId: $offerId) { section row number } } } }`,
    { ...listing, quantity, offerId: offer?.id },
  );
  return data.listing.bestAvailable.map(({ row, number }) => `${row}${number}`).join(' ');
}

describe('holdSeats', () => {
  it('holds for the configured time, visible to everyone', async () => {
    const { listing, seats } = await catalog.concert({ rows: 2, seatsPerRow: 3 });
    const buyer = catalog.user();
    const before = Date.now();
    const payload = await hold([seats[4]!, seats[0]!], buyer);
    expect(payload.userErrors).toEqual([]);
    expect(payload.seats?.map(({ row, number, status }) => `${row}${number} ${status}`)).toEqual([
      'B2 HELD',
      'A1 HELD',
    ]);
    const until_ = new Date(payload.heldUntil!).getTime();
    expect(until_).toBeGreaterThanOrEqual(before + 600_000);
    expect(until_).toBeLessThanOrEqual(Date.now() + 600_000);
    const [mine] = await seatsOf(listing, '(status: HELD)', buyer);
    const [others] = await seatsOf(listing, '(status: HELD)');
    expect(mine).toEqual({ ...others, heldByMe: true, heldUntil: payload.heldUntil });
    expect(others?.heldByMe).toBe(false);
    expect(await seatsOf(listing, '(status: AVAILABLE, section: "Stalls")')).toHaveLength(4);
    expect(await seatsOf(listing, '(section: "Balcony")')).toHaveLength(0);
  });

  it('holds all or none, names unavailable seats, and extends existing holds', async () => {
    const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 4 });
    const [first, second] = [catalog.user(), catalog.user()];
    await hold([seats[1]!], first);
    const refused = await hold(seats, second);
    expect(refused).toMatchObject({
      seats: null,
      heldUntil: null,
      userErrors: [{ code: 'SEAT_UNAVAILABLE', field: ['seatIds'], seatIds: [seats[1]!.id] }],
    });
    expect(await catalog.seatCounts(listing)).toEqual({ AVAILABLE: 3, HELD: 1 });
    await catalog.sql("UPDATE event_seat SET held_until = now() + interval '1 minute' WHERE id = $1", [
      seats[1]!.uuid,
    ]);
    const extended = await hold(seats.slice(0, 2), first);
    expect(extended.seats?.map((seat) => seat.heldUntil)).toEqual([extended.heldUntil, extended.heldUntil]);
  });

  it('60 buyers at once, each for two of 20 seats: no seat twice', async () => {
    const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 20 });
    const payloads = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        hold([seats[(index * 7) % 20]!, seats[(index * 7 + 1) % 20]!], catalog.user()),
      ),
    );
    const held = payloads.flatMap((payload) => payload.seats ?? []).map((seat) => seat.id);
    expect(held.length).toBeGreaterThan(0);
    expect(new Set(held).size).toBe(held.length);
    expect((await catalog.seatCounts(listing))['HELD']).toBe(held.length);
    expect(payloads.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(
      Array.from({ length: 60 - held.length / 2 }, () => 'SEAT_UNAVAILABLE'),
    );
  });

  it('takes a seat whose hold is over; the sweep frees the rest', async () => {
    const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const [first, second] = [catalog.user(), catalog.user()];
    await hold(seats, first);
    await catalog.sql(
      "UPDATE event_seat SET held_until = now() - interval '1 second' WHERE listing_id = $1",
      [listing.uuid],
    );
    expect((await seatsOf(listing, '', first)).map(({ status, heldByMe }) => [status, heldByMe])).toEqual([
      ['AVAILABLE', false],
      ['AVAILABLE', false],
    ]);
    expect(refusals(await hold([seats[0]!], second))).toEqual([]);
    await until('the sweep', async () => (await catalog.seatCounts(listing))['AVAILABLE'] === 1);
    expect(await catalog.seatCounts(listing)).toEqual({ AVAILABLE: 1, HELD: 1 });
  });

  it('rejects seats that cannot be held', async () => {
    const buyer = catalog.user();
    const { seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    expect(refusals(await hold([], buyer))).toEqual(['INVALID seatIds']);
    expect(
      refusals(
        await hold(
          Array.from({ length: 101 }, () => seats[0]!),
          buyer,
        ),
      ),
    ).toEqual(['INVALID seatIds']);
    expect(
      refusals(await hold([{ id: 'x' }, seats[0]!, { id: 'seat_00000000000000000000000000' }], buyer)),
    ).toEqual(['NOT_FOUND seatIds.0', 'NOT_FOUND seatIds.2']);
    const later = await catalog.concert({ rows: 1, seatsPerRow: 1 }, { offer: { salesStartAt: inHours(1) } });
    expect(refusals(await hold([seats[0]!, later.seats[0]!], buyer))).toEqual(['INVALID seatIds.1']);
    expect(await catalog.seatCounts(later.listing)).toEqual({ AVAILABLE: 1 });
    const over = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    await catalog.sql("UPDATE listing SET starts_at = now() - interval '1 minute' WHERE id = $1", [
      over.listing.uuid,
    ]);
    expect(refusals(await hold(over.seats, buyer))).toEqual(['INVALID seatIds.0']);
    expect(
      await catalog.failure(
        'mutation ($seatIds: [ID!]!) { holdSeats(seatIds: $seatIds) { heldUntil } }',
        ids(seats),
      ),
    ).toBe('UNAUTHENTICATED');
  });

  it('holds a seat named twice once', async () => {
    const { seats } = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    expect((await hold([seats[0]!, seats[0]!], catalog.user())).seats).toHaveLength(1);
  });
});

describe('releaseSeats', () => {
  it("releases the caller's holds, but no others and no checkouts", async () => {
    const { listing, offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 3 });
    const [first, second] = [catalog.user(), catalog.user()];
    await hold([seats[0]!], first);
    await hold([seats[1]!], second);
    await new TestCheckout(catalog, [{ offer, seats: [seats[2]!] }], first.userId).reserve();
    expect(refusals(await release(seats.slice(0, 2), first))).toEqual(['NOT_OWNER seatIds']);
    expect(await catalog.seatCounts(listing)).toEqual({ HELD: 3 });
    expect(await release([seats[2]!], first)).toMatchObject({
      userErrors: [{ code: 'SEAT_UNAVAILABLE', seatIds: [seats[2]!.id] }],
    });
    const freed = await release([seats[0]!], first);
    expect(freed).toMatchObject({ seats: [{ status: 'AVAILABLE' }], heldUntil: null, userErrors: [] });
    expect(refusals(await release([seats[0]!], first))).toEqual([]);
  });
});

describe('blockSeats', () => {
  it('takes seats out of sale and puts them back', async () => {
    const { listing, offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 3 });
    const buyer = catalog.user();
    await hold([seats[2]!], buyer);
    expect(refusals(await block(seats, true))).toEqual(['SEAT_UNAVAILABLE seatIds']);
    expect((await block(seats.slice(0, 2), true)).seats?.map((seat) => seat.status)).toEqual([
      'BLOCKED',
      'BLOCKED',
    ]);
    expect(refusals(await block([seats[0]!], true))).toEqual([]);
    expect(refusals(await hold([seats[0]!], buyer))).toEqual(['SEAT_UNAVAILABLE seatIds']);
    const { offer: shown } = await catalog.query<{ offer: unknown }>(
      'query ($id: ID!) { offer(id: $id) { availability { status available onHand reserved } } }',
      offer,
      catalog.admin,
    );
    expect(shown).toEqual({ availability: { status: 'SOLD_OUT', available: 0, onHand: 1, reserved: 1 } });
    await block(seats, false);
    expect(await catalog.seatCounts(listing)).toEqual({ AVAILABLE: 2, HELD: 1 });
  });

  it('is for the owner', async () => {
    const [owner, other] = [await catalog.partner(), await catalog.partner()];
    const { seats } = await catalog.concert({ rows: 1, seatsPerRow: 1 }, { user: owner });
    expect(refusals(await block(seats, true, other))).toEqual(['NOT_OWNER seatIds']);
    expect(refusals(await block(seats, true, owner))).toEqual([]);
  });
});

describe('bestAvailable', () => {
  it('finds seats side by side: front row first, then the middle', async () => {
    const { listing, seats } = await catalog.concert({ rows: 3, seatsPerRow: 7 });
    expect(await best(listing, 1)).toBe('A4');
    expect(await best(listing, 3)).toBe('A3 A4 A5');
    expect(await best(listing, 7)).toBe('A1 A2 A3 A4 A5 A6 A7');
    expect(await best(listing, 8)).toBe('');
    await hold([seats[3]!], catalog.user());
    // In row A, each block of two would leave a single seat.
    expect(await best(listing, 2)).toBe('B3 B4');
    expect(await best(listing, 4)).toBe('B1 B2 B3 B4');
    await block([seats[1]!, seats[5]!], true);
    expect(await best(listing, 2)).toBe('B3 B4');
    expect(await best(listing, 1)).toBe('A3');
  });

  it('stays within one offer', async () => {
    const venue = await catalog.venue([
      { name: 'Stalls', rows: 1, seatsPerRow: 2 },
      { name: 'Balcony', rows: 2, seatsPerRow: 3 },
    ]);
    const listing = await catalog.draft('Event', {
      listing: { title: 'Play' },
      venueId: venue.id,
      startsAt: inHours(10),
      endsAt: inHours(12),
    });
    const stalls = await catalog.offer(listing, { sections: ['Stalls'], price: eur(50) });
    const balcony = await catalog.offer(listing, { sections: ['Balcony'], price: eur(20) });
    await catalog.publish(listing);
    expect(await best(listing, 3, stalls)).toBe('');
    expect(await best(listing, 3, balcony)).toBe('A1 A2 A3');
    expect(await best(listing, 2, stalls)).toBe('A1 A2');
    expect(await best(listing, 3, { id: 'nothing', uuid: '' })).toBe('');
  });

  it.each([0, -1, 101])('refuses %i seats', async (quantity) => {
    const { listing } = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    expect(
      await catalog.failure(
        `query ($id: ID!, $quantity: Int!) { listing(id: $id) { ... on Event {
          bestAvailable(quantity: $quantity) { id } } } }`,
        { ...listing, quantity },
      ),
    ).toBe('BAD_USER_INPUT');
  });
});

it('a seat that somebody holds is refused before anything is locked', async () => {
  const { seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
  const taken = seats.slice(0, 1);
  expect(refusals(await hold(taken, catalog.user()))).toEqual([]);
  const late = catalog.user();
  const statements = await statementsDuring(catalog.subgraph.dependencies.source, async () => {
    expect(refusals(await hold(seats, late))).toEqual(['SEAT_UNAVAILABLE seatIds']);
  });
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.filter((sql) => /FOR (?:NO KEY )?UPDATE|advisory/.test(sql))).toEqual([]);
});
