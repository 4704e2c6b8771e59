import type { ListPage } from '@souk/shared/graph/list-pages';
import { unknownItem } from '@souk/shared/graph/list-pages';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { StoredSeatStatus } from '../../entities/event-seat.js';
import { EventSeatEntity } from '../../entities/event-seat.js';

const free = "(s.status = 'AVAILABLE' OR s.status = 'HELD' AND s.held_until <= now())";

const statusConditions: Readonly<Record<StoredSeatStatus, string>> = {
  AVAILABLE: free,
  HELD: "s.status = 'HELD' AND s.held_until > now()",
  SOLD: "s.status = 'SOLD'",
  BLOCKED: "s.status = 'BLOCKED'",
};

function place(alias: string): string {
  return `${alias}.section, ${alias}.row_number, ${alias}.seat_number`;
}

/** Filter of an event's seats; null does not restrict. */
export interface SeatFilter {
  status: StoredSeatStatus | null;
  section: string | null;
}

/**
 * Returns a page of the seats of each event, by section, row and number.
 * @throws BAD_USER_INPUT if `after` is not one of these seats
 */
export async function readSeats(
  manager: EntityManager,
  listingIds: readonly string[],
  { status, section }: SeatFilter,
  { limit, after }: ListPage,
): Promise<EventSeatEntity[]> {
  const conditions = [
    ...(section === null ? [] : ['s.section = :section']),
    ...(status === null ? [] : [statusConditions[status]]),
    ...(after === null
      ? []
      : [`(${place('s')}) > (SELECT ${place('a')} FROM event_seat a WHERE a.id = :after)`]),
  ];
  const parameters = { section, status, after, limit };
  if (after !== null && !(await manager.existsBy(EventSeatEntity, { id: after, listingId: In(listingIds) })))
    throw unknownItem();
  const query = manager
    .createQueryBuilder(EventSeatEntity, 's')
    .setParameters(Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null)))
    .orderBy('s.section')
    .addOrderBy('s.rowNumber')
    .addOrderBy('s.seatNumber');
  const [listingId] = listingIds;
  if (listingIds.length === 1)
    return query
      .where(['s.listing_id = :listingId', ...conditions].join(' AND '), { listingId })
      .limit(limit)
      .getMany();
  const among = ['s.listing_id = l.id', ...conditions].join(' AND ');
  return query
    .where(
      `s.id IN (SELECT n.id FROM unnest(:listingIds::uuid[]) AS l (id) CROSS JOIN LATERAL (
         SELECT s.id FROM event_seat s WHERE ${among} ORDER BY ${place('s')} LIMIT :limit) n)`,
      { listingIds },
    )
    .getMany();
}

/** A request for adjacent seats of one event; a null `offerId` matches every offer. */
export interface AdjacentSeats {
  listingId: string;
  quantity: number;
  offerId: string | null;
}

/**
 * Returns, per request, the ids of the best adjacent free seats in one row, section and offer, or none. Seats
 * closer to the front are better, then those closer to the middle of their row.
 */
export async function bestSeats(
  manager: EntityManager,
  requests: readonly AdjacentSeats[],
): Promise<string[][]> {
  const rows: { n: number; ids: string[] }[] = await manager.query(
    `SELECT ask.n::int AS n, best.ids
     FROM unnest($1::uuid[], $2::int[], $3::uuid[]) WITH ORDINALITY AS ask (listing_id, quantity, offer_id, n)
     CROSS JOIN LATERAL (
       SELECT block.ids FROM (
         SELECT array_agg(s.id) OVER next AS ids, s.row_number, s.section, s.seat_number AS first,
           last_value(s.seat_number) OVER next AS last, count(*) OVER next AS seats
         FROM event_seat s
         WHERE s.listing_id = ask.listing_id AND (ask.offer_id IS NULL OR s.offer_id = ask.offer_id) AND ${free}
         WINDOW next AS (
           PARTITION BY s.section, s.row_number, s.offer_id ORDER BY s.seat_number
           ROWS BETWEEN CURRENT ROW AND ask.quantity - 1 FOLLOWING)
       ) block
       JOIN LATERAL (
         SELECT max(seat_number) AS width FROM event_seat r
         WHERE r.listing_id = ask.listing_id AND r.section = block.section AND r.row_number = block.row_number
       ) whole ON block.seats = ask.quantity AND block.last - block.first = ask.quantity - 1
       ORDER BY block.row_number, abs(block.first + block.last - whole.width - 1), block.section, block.first
       LIMIT 1
     ) best`,
    [
      requests.map((one) => one.listingId),
      requests.map((one) => one.quantity),
      requests.map((one) => one.offerId),
    ],
  );
  const found = new Map(rows.map((row) => [row.n, row.ids]));
  return requests.map((_, index) => found.get(index + 1) ?? []);
}
