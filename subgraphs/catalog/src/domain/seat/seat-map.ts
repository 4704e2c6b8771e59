import type { EntityManager } from 'typeorm';
import type { Section } from '../../entities/venue.js';

/** Returns the label of a row: A to Z, then AA, AB, ... `row` counts from 1. */
export function rowLabel(row: number): string {
  const rest = Math.floor((row - 1) / 26);
  const letter = String.fromCharCode(65 + ((row - 1) % 26));
  return rest === 0 ? letter : rowLabel(rest) + letter;
}

/** Creates the seats of sections of an event's venue for one offer. */
export async function makeSeats(
  manager: EntityManager,
  owner: { listingId: string; offerId: string },
  sections: readonly Section[],
): Promise<void> {
  for (const section of sections) {
    const labels = Array.from({ length: section.rows }, (_, index) => rowLabel(index + 1));
    await manager.query(
      `INSERT INTO event_seat (listing_id, offer_id, section, row_number, row_label, seat_number, x, y)
       SELECT $1, $2, $3, r.number, r.label, s.number, $6::float8 + s.number - 1, $7::float8 + r.number - 1
       FROM unnest($4::text[]) WITH ORDINALITY AS r (label, number), generate_series(1, $5::int) AS s (number)
       ORDER BY r.number, s.number`,
      [owner.listingId, owner.offerId, section.name, labels, section.seatsPerRow, section.x, section.y],
    );
  }
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
