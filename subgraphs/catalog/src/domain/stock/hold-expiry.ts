import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import { groupBy } from '@souk/shared/group-by';
import type { EntityManager } from 'typeorm';
import type { ExpiredLine } from '../locks.js';
import { lockExpiredReservations, lockExpiredReservationsOf, lockExpiredSeats } from '../locks.js';
import { freeHeldSeats, freeSeats } from '../seat/seat-assignment.js';
import { releaseUnits } from './units.js';

const batch = 200;
const maxBatches = 20;

/**
 * Ends expired holds and publishes it. Safe to run at any time and in several processes: it skips locked rows, so it cannot
 * come between a sale and its hold. Returns the number of released checkout lines and seats.
 */
export async function expireHolds(database: Database): Promise<number> {
  const sweeps = [
    async (manager: EntityManager): Promise<number> => {
      const lines = await lockExpiredReservations(manager, batch);
      await expireReservations(manager, lines);
      return lines.length;
    },
    freeExpiredSeats,
    publishExpirations,
  ];
  let ended = 0;
  for (const sweep of sweeps) {
    for (let round = 0; round < maxBatches; round += 1) {
      const count = await database.transact(sweep);
      ended += count;
      if (count < batch) break;
    }
  }
  return ended;
}

/**
 * Ends the expired holds of these offers, because their units are needed now. Returns the number of lines.
 */
export async function expireReservationsOf(
  manager: EntityManager,
  offerIds: readonly string[],
): Promise<number> {
  const lines = await lockExpiredReservationsOf(manager, offerIds);
  await expireReservations(manager, lines);
  return lines.length;
}

async function expireReservations(manager: EntityManager, rows: readonly ExpiredLine[]): Promise<void> {
  if (rows.length === 0) return;
  const lines = rows.map((row) => ({
    sagaId: row.saga_id,
    lineId: row.line_id,
    offerId: row.offer_id,
    quantity: row.quantity,
    seatIds: row.seat_ids,
  }));
  await manager.query(
    `UPDATE reservation r SET status = 'EXPIRED', end_published = false
     FROM unnest($1::uuid[], $2::uuid[]) AS w (saga_id, line_id)
     WHERE r.saga_id = w.saga_id AND r.line_id = w.line_id`,
    [lines.map((line) => line.sagaId), lines.map((line) => line.lineId)],
  );
  await releaseUnits(
    manager,
    lines.filter((line) => line.seatIds.length === 0),
  );
  await freeHeldSeats(manager, lines);
}

async function freeExpiredSeats(manager: EntityManager, outbox: Outbox): Promise<number> {
  const ids = await lockExpiredSeats(manager, batch);
  if (ids.length === 0) return 0;
  const holds: { listingId: string; holderId: string; seatIds: string[] }[] = await manager.query(
    `SELECT listing_id AS "listingId", held_by AS "holderId", array_agg(id ORDER BY id) AS "seatIds"
     FROM event_seat WHERE id = ANY($1) GROUP BY listing_id, held_by`,
    [ids],
  );
  await freeSeats(
    manager,
    `UPDATE event_seat SET status = 'AVAILABLE', held_by = NULL, held_until = NULL, held_from = NULL
     WHERE id = ANY($1)
     RETURNING id, listing_id`,
    [ids],
  );
  for (const hold of holds) outbox.publish(catalogEvents.seatHoldsExpired, hold.listingId, hold);
  return ids.length;
}

/** SQL of `publishExpirations`, exported for the query plan test. */
export const unpublishedExpirationsSql = `
  SELECT saga_id, line_id FROM reservation
  WHERE status = 'EXPIRED' AND NOT end_published
  ORDER BY expires_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/**
 * Publishes expired reservations, whether this sweep ended them or a checkout that needed their units. Returns the
 * number of lines.
 */
async function publishExpirations(manager: EntityManager, outbox: Outbox): Promise<number> {
  const [lines]: [ExpiredReservation[], number] = await manager.query(
    `UPDATE reservation r SET end_published = true FROM (${unpublishedExpirationsSql}) AS expired
     WHERE r.saga_id = expired.saga_id AND r.line_id = expired.line_id
     RETURNING r.saga_id AS "checkoutId", r.user_id AS "userId", r.offer_id AS "offerId", r.quantity,
       r.seat_ids AS "seatIds"`,
    [batch],
  );
  for (const [checkoutId, ended] of groupBy(lines, (line) => line.checkoutId)) {
    outbox.publish(catalogEvents.reservationExpired, checkoutId, {
      checkoutId,
      userId: ended[0]?.userId ?? null,
      lines: ended.map(({ offerId, quantity, seatIds }) => ({ offerId, quantity, seatIds })),
    });
  }
  return lines.length;
}

interface ExpiredReservation {
  checkoutId: string;
  userId: string | null;
  offerId: string;
  quantity: number;
  seatIds: string[];
}
