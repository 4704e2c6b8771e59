import type { EntityManager } from 'typeorm';
import { freeSeatSql } from './seat-search.js';

/** A request for adjacent seats of one event; a null `offerId` matches every offer. */
export interface AdjacentSeats {
  listingId: string;
  quantity: number;
  offerId: string | null;
}

/**
 * SQL of `findBestSeats`, exported for the query plan test. A run is a maximal sequence of adjacent free seats; in a row
 * seat numbers and map indexes rise together. With places on the map, front and centre are those of the whole map;
 * otherwise the front is the row number, and the centre that of the row.
 */
export const bestSeatsSql = `
  SELECT ask.n::int AS n, best.ids
  FROM unnest($1::uuid[], $2::int[], $3::uuid[]) WITH ORDINALITY AS ask (listing_id, quantity, offer_id, n)
  CROSS JOIN LATERAL (
    WITH map AS (
      SELECT bool_and(x IS NOT NULL AND y IS NOT NULL) AS mapped, min(x) + max(x) AS middle
      FROM event_seat WHERE listing_id = ask.listing_id
    ), free AS (
      SELECT s.section, s.row_number, s.offer_id, s.seat_number, s.x, s.y, s.map_index - s.seat_number AS line,
        s.map_index - row_number() OVER (ORDER BY s.map_index) AS run
      FROM event_seat s
      WHERE s.listing_id = ask.listing_id AND (ask.offer_id IS NULL OR s.offer_id = ask.offer_id) AND ${freeSeatSql}
    ), run AS (
      SELECT section, row_number, min(seat_number) AS low, max(seat_number) AS high, min(x) AS x, min(y) AS y
      FROM free GROUP BY run, line, offer_id, section, row_number
      HAVING count(*) >= ask.quantity
    ), line AS (
      SELECT section, row_number, max(seat_number) AS width
      FROM event_seat WHERE listing_id = ask.listing_id GROUP BY section, row_number
    ), block AS (
      SELECT run.section, run.row_number, first, first + ask.quantity - 1 AS last,
        (first - run.low = 1)::int + (run.high - first - ask.quantity + 1 = 1)::int AS singles,
        CASE WHEN map.mapped THEN run.y ELSE run.row_number END AS depth,
        CASE WHEN map.mapped THEN abs(2 * (run.x + first - run.low) + ask.quantity - 1 - map.middle)
          ELSE abs(2 * first + ask.quantity - 2 - line.width) END AS aside
      FROM run JOIN line USING (section, row_number)
      CROSS JOIN map
      CROSS JOIN generate_series(run.low, run.high - ask.quantity + 1) AS first
      ORDER BY singles, depth, aside, run.section, run.row_number, first
      LIMIT 1
    )
    SELECT ARRAY(
      SELECT s.id FROM event_seat s
      WHERE s.listing_id = ask.listing_id AND s.section = block.section AND s.row_number = block.row_number
        AND s.seat_number BETWEEN block.first AND block.last
      ORDER BY s.seat_number) AS ids
    FROM block
  ) best`;

/**
 * Returns, per request, the ids of the best adjacent free seats in one row, section and offer, or none. Blocks that leave
 * no single free seat beside them are best, then those closest to the front, then those closest to the centre.
 */
export async function findBestSeats(
  manager: EntityManager,
  requests: readonly AdjacentSeats[],
): Promise<string[][]> {
  const rows: { n: number; ids: string[] }[] = await manager.query(bestSeatsSql, [
    requests.map((one) => one.listingId),
    requests.map((one) => one.quantity),
    requests.map((one) => one.offerId),
  ]);
  const found = new Map(rows.map((row) => [row.n, row.ids]));
  return requests.map((_, index) => found.get(index + 1) ?? []);
}
