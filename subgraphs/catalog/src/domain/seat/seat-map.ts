import type { EntityManager } from 'typeorm';
import type { Section } from '../../entities/venue.js';

/** Returns the label of a row: A to Z, then AA, AB, ... `row` counts from 1. */
export function rowLabel(row: number): string {
  const rest = Math.floor((row - 1) / 26);
  const letter = String.fromCharCode(65 + ((row - 1) % 26));
  return rest === 0 ? letter : rowLabel(rest) + letter;
}

/**
 * Creates the seats of sections of an event's venue for one offer, in one statement. They follow the event's other seats
 * in its seat map. The caller has locked the listing.
 */
export async function makeSeats(
  manager: EntityManager,
  owner: { listingId: string; offerId: string },
  sections: readonly Section[],
): Promise<void> {
  if (sections.length === 0) return;
  const rows = Math.max(...sections.map((section) => section.rows));
  await manager.query(
    `INSERT INTO event_seat (listing_id, offer_id, map_index, section, row_number, row_label, seat_number, x, y)
     SELECT $1, $2,
       (SELECT COALESCE(max(map_index) + 1, 0) FROM event_seat WHERE listing_id = $1) - 1 +
         row_number() OVER (ORDER BY b.place, r.number, s.number),
       b.name, r.number, r.label, s.number, b.x + s.number - 1, b.y + r.number - 1
     FROM unnest($4::text[], $5::int[], $6::int[], $7::float8[], $8::float8[])
       WITH ORDINALITY AS b (name, row_count, seats_per_row, x, y, place)
     JOIN unnest($3::text[]) WITH ORDINALITY AS r (label, number) ON r.number <= b.row_count
     CROSS JOIN LATERAL generate_series(1, b.seats_per_row) AS s (number)
     ORDER BY b.place, r.number, s.number`,
    [
      owner.listingId,
      owner.offerId,
      Array.from({ length: rows }, (_, index) => rowLabel(index + 1)),
      sections.map(({ name }) => name),
      sections.map((section) => section.rows),
      sections.map(({ seatsPerRow }) => seatsPerRow),
      sections.map(({ x }) => x),
      sections.map(({ y }) => y),
    ],
  );
  await renewSeatMap(manager, owner.listingId);
}

/**
 * Removes the seats of an offer's sections, and numbers those that follow them in the seat map anew. The caller has locked
 * the listing and all its seats.
 */
export async function removeSeats(
  manager: EntityManager,
  { listingId, offerId }: { listingId: string; offerId: string },
  sections: readonly string[],
): Promise<void> {
  await manager.query('DELETE FROM event_seat WHERE offer_id = $1 AND section = ANY($2)', [
    offerId,
    sections,
  ]);
  await manager.query(
    `UPDATE event_seat s SET map_index = n.map_index
     FROM (SELECT id, row_number() OVER (ORDER BY map_index) - 1 AS map_index
           FROM event_seat WHERE listing_id = $1) n
     WHERE s.id = n.id AND s.map_index <> n.map_index`,
    [listingId],
  );
  await renewSeatMap(manager, listingId);
}

/** Gives the seat map of a locked listing its next revision. */
async function renewSeatMap(manager: EntityManager, listingId: string): Promise<void> {
  await manager.query('UPDATE listing SET seat_map_revision = seat_map_revision + 1 WHERE id = $1', [
    listingId,
  ]);
}

/** Returns the sections that another offer of the event already sells. */
export async function sectionsTaken(
  manager: EntityManager,
  listingId: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows: { section: string }[] = await manager.query(
    `SELECT name AS section FROM unnest($2::text[]) AS t (name)
     WHERE EXISTS (SELECT FROM event_seat s WHERE s.listing_id = $1 AND s.section = t.name)`,
    [listingId, names],
  );
  return new Set(rows.map((row) => row.section));
}

/** The seats of an event in columns, by map index. */
export interface SeatMap {
  revision: number;
  sections: { names: string[]; offerIds: string[] };
  /** `sections` are positions; the index of a row's first seat is in `firstSeats`. */
  rows: { labels: string[]; sections: number[]; firstSeats: number[] };
  seats: { ids: string[]; numbers: number[]; x: (number | null)[]; y: (number | null)[] };
}

interface Row {
  section: string;
  offerId: string;
  label: string;
  /** Index of its first seat. */
  first: number;
}

/** Reads the seat map of an event; all lists are empty for an event without seats. */
export async function readSeatMap(manager: EntityManager, listingId: string): Promise<SeatMap> {
  const [found]: (SeatMap['seats'] & { revision: number; rows: Row[] })[] = await manager.query(
    `SELECT l.seat_map_revision AS revision, s.*, r.* FROM listing l
     CROSS JOIN LATERAL (
       SELECT COALESCE(array_agg(id::text ORDER BY map_index), '{}') AS ids,
         COALESCE(array_agg(seat_number ORDER BY map_index), '{}') AS numbers,
         COALESCE(array_agg(x ORDER BY map_index), '{}') AS x, COALESCE(array_agg(y ORDER BY map_index), '{}') AS y
       FROM event_seat WHERE listing_id = l.id
     ) s
     CROSS JOIN LATERAL (
       SELECT COALESCE(jsonb_agg(to_jsonb(row) ORDER BY row.first), '[]') AS rows
       FROM (
         SELECT section, offer_id AS "offerId", row_label AS label, min(map_index) AS first
         FROM event_seat WHERE listing_id = l.id GROUP BY section, offer_id, row_number, row_label
       ) row
     ) r
     WHERE l.id = $1`,
    [listingId],
  );
  if (!found) throw new Error('The event of a seat map does not exist.');
  const { revision, rows, ...seats } = found;
  const sections = new Map<string, { place: number; offerId: string }>();
  for (const { section, offerId } of rows)
    if (!sections.has(section)) sections.set(section, { place: sections.size, offerId });
  return {
    revision,
    sections: {
      names: [...sections.keys()],
      offerIds: [...sections.values()].map(({ offerId }) => offerId),
    },
    rows: {
      labels: rows.map(({ label }) => label),
      sections: rows.map(({ section }) => sections.get(section)?.place ?? 0),
      firstSeats: rows.map(({ first }) => first),
    },
    seats,
  };
}
