import { findBestSeats } from '@souk/catalog/domain/seat/best-seats';
import { newId } from '@souk/shared/ids';
import fc from 'fast-check';
import type { CatalogUnderTest, Made } from './support/catalog.js';
import { inHours, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;
let listing: Made;
let offers: Made[];

beforeAll(async () => {
  catalog = await startCatalog();
  const venue = await catalog.venue();
  listing = await catalog.draft('Event', {
    listing: { title: 'Play' },
    venueId: venue.id,
    startsAt: inHours(48),
    endsAt: inHours(50),
  });
  offers = [await catalog.offer(listing), await catalog.offer(listing)];
});

afterAll(() => catalog.close());

interface Seat {
  id: string;
  section: string;
  row: number;
  number: number;
  offerId: string;
  x: number | null;
  y: number | null;
  isFree: boolean;
}

interface Section {
  rows: number;
  seatsPerRow: number;
  /** Index of its offer. */
  offer: number;
  x: number;
  y: number;
}

const section = fc.record({
  rows: fc.integer({ min: 1, max: 3 }),
  seatsPerRow: fc.integer({ min: 1, max: 8 }),
  offer: fc.integer({ min: 0, max: 1 }),
  x: fc.integer({ min: 0, max: 10 }),
  y: fc.integer({ min: 0, max: 4 }),
});
const house = fc.record({
  sections: fc.array(section, { minLength: 1, maxLength: 3 }),
  hasPlaces: fc.boolean(),
  /** Whether each seat is free, in turn. */
  free: fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }),
  quantity: fc.integer({ min: 1, max: 5 }),
  offer: fc.option(fc.integer({ min: 0, max: 1 })),
});

function seatsOf(sections: readonly Section[], hasPlaces: boolean, free: readonly boolean[]): Seat[] {
  return sections
    .flatMap(({ rows, seatsPerRow, offer, x, y }, index) =>
      Array.from({ length: rows * seatsPerRow }, (_, place) => ({
        id: newId(),
        section: `Section ${index}`,
        row: Math.floor(place / seatsPerRow) + 1,
        number: (place % seatsPerRow) + 1,
        offerId: offers[offer]!.uuid,
        x: hasPlaces ? x + (place % seatsPerRow) : null,
        y: hasPlaces ? y + Math.floor(place / seatsPerRow) : null,
      })),
    )
    .map((seat, index) => ({ ...seat, isFree: free[index % free.length]! }));
}

async function store(seats: readonly Seat[]): Promise<void> {
  await catalog.sql('DELETE FROM event_seat WHERE listing_id = $1', [listing.uuid]);
  await catalog.sql(
    `INSERT INTO event_seat (id, listing_id, offer_id, map_index, section, row_number, row_label, seat_number, x, y, status)
     SELECT id, $1, "offerId", n - 1, section, row, 'A', number, x, y, CASE WHEN "isFree" THEN 'AVAILABLE' ELSE 'SOLD' END
     FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (id uuid, "offerId" uuid, section text, row int, number int,
       x float8, y float8, "isFree" boolean)) WITH ORDINALITY AS s (id, "offerId", section, row, number, x, y, "isFree", n)`,
    [listing.uuid, JSON.stringify(seats)],
  );
}

/** Tries every block of seats; the lowest rank is best. */
function bruteForce(seats: readonly Seat[], quantity: number, offerId: string | null): string[] {
  const hasPlaces = seats.every(({ x, y }) => x !== null && y !== null);
  const xs = seats.map(({ x }) => x ?? 0);
  const centre = (Math.min(...xs) + Math.max(...xs)) / 2;
  const at = (like: Seat, number: number): Seat | undefined =>
    seats.find(
      ({ section: name, row, number: own }) => name === like.section && row === like.row && own === number,
    );
  const isFree = (like: Seat, number: number): boolean => at(like, number)?.isFree ?? false;
  const ranked = seats.flatMap((first) => {
    const last = first.number + quantity - 1;
    const block = Array.from({ length: quantity }, (_, index) => at(first, first.number + index));
    if (block.some((seat) => !seat?.isFree || (offerId !== null && seat.offerId !== offerId))) return [];
    const singles = [
      isFree(first, first.number - 1) && !isFree(first, first.number - 2),
      isFree(first, last + 1) && !isFree(first, last + 2),
    ].filter(Boolean).length;
    const width = Math.max(
      ...seats.flatMap((seat) =>
        seat.section === first.section && seat.row === first.row ? seat.number : [],
      ),
    );
    const depth = hasPlaces ? first.y! : first.row;
    const aside = hasPlaces
      ? Math.abs(first.x! + (quantity - 1) / 2 - centre)
      : Math.abs((first.number + last) / 2 - (width + 1) / 2);
    const rank = [singles, depth, aside, first.section, first.row, first.number] as const;
    return [{ rank, ids: block.map((seat) => seat!.id) }];
  });
  ranked.sort((a, b) => {
    const index = a.rank.findIndex((value, place) => value !== b.rank[place]);
    return index < 0 ? 0 : a.rank[index]! < b.rank[index]! ? -1 : 1;
  });
  return ranked[0]?.ids ?? [];
}

it('finds what trying every block finds', async () => {
  await fc.assert(
    fc.asyncProperty(house, async ({ sections, hasPlaces, free, quantity, offer }) => {
      const seats = seatsOf(sections, hasPlaces, free);
      await store(seats);
      const offerId = offer === null ? null : offers[offer]!.uuid;
      const [found] = await findBestSeats(catalog.subgraph.dependencies.source.manager, [
        { listingId: listing.uuid, quantity, offerId },
      ]);
      expect(found).toEqual(bruteForce(seats, quantity, offerId));
    }),
    { numRuns: 300 },
  );
}, 120_000);

it('leaves no single free seat between others where it can be avoided', async () => {
  await fc.assert(
    fc.asyncProperty(house, async ({ sections, free, quantity }) => {
      const seats = seatsOf(sections, true, free);
      await store(seats);
      const request = { listingId: listing.uuid, quantity, offerId: null };
      const [found = []] = await findBestSeats(catalog.subgraph.dependencies.source.manager, [request]);
      const before = runsOf(seats);
      const after = runsOf(
        seats.map((seat) => ({ ...seat, isFree: seat.isFree && !found.includes(seat.id) })),
      );
      // A run of the quantity, or of two seats more, can give a block without leaving one seat.
      const isAvoidable = before.some((length) => length === quantity || length >= quantity + 2);
      if (isAvoidable) expect(single(after)).toBeLessThanOrEqual(single(before));
    }),
    { numRuns: 100 },
  );
}, 120_000);

/** Lengths of the sequences of adjacent free seats. */
function runsOf(seats: readonly Seat[]): number[] {
  const lengths: number[] = [];
  let last: Seat | null = null;
  for (const seat of seats) {
    const isNext = last?.isFree && last.section === seat.section && last.row === seat.row;
    if (seat.isFree) lengths.push((isNext ? lengths.pop()! : 0) + 1);
    last = seat;
  }
  return lengths;
}

function single(lengths: readonly number[]): number {
  return lengths.filter((length) => length === 1).length;
}
