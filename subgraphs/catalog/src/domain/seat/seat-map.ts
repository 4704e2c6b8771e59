import type { EntityManager } from 'typeorm';
import type { Section } from '../../entities/venue.js';

/** Returns the label of a row: A to Z, then AA, AB, ... `row` counts from 1. */
export function rowLabel(row: number): string {
  const rest = Math.floor((row - 1) / 26);
  const letter = String.fromCharCode(65 + ((row - 1) % 26));
  return rest === 0 ? letter : rowLabel(rest) + letter;
}

/** Creates the seats of sections of an event's venue for one offer, in one statement. */
export async function makeSeats(
  manager: EntityManager,
  owner: { listingId: string; offerId: string },
  sections: readonly Section[],
): Promise<void> {
  if (sections.length === 0) return;
  const rows = Math.max(...sections.map((section) => section.rows));
  await manager.query(
    `INSERT INTO event_seat (listing_id, offer_id, section, row_number, row_label, seat_number, x, y)
     SELECT $1, $2, b.name, r.number, r.label, s.number, b.x + s.number - 1, b.y + r.number - 1
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
