import type { ListPage } from '@souk/shared/graph/list-pages';
import { unknownItem } from '@souk/shared/graph/list-pages';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { StoredSeatStatus } from '../../entities/event-seat.js';
import { EventSeatEntity } from '../../entities/event-seat.js';

/** SQL condition of a free seat `s`. */
export const freeSeatSql = "(s.status = 'AVAILABLE' OR s.status = 'HELD' AND s.held_until <= now())";

const statusConditions: Readonly<Record<StoredSeatStatus, string>> = {
  AVAILABLE: freeSeatSql,
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
