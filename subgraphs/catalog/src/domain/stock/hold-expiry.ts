import type { Database } from '@souk/shared/db/database';
import type { EntityManager } from 'typeorm';
import type { ExpiredLine } from '../locks.js';
import { lockExpiredReservations, lockExpiredReservationsOf, lockExpiredSeats } from '../locks.js';
import { changeSeats, freeHeldSeats } from '../seat/seat-assignment.js';
import { releaseUnits } from './units.js';

const batch = 200;
const maxBatches = 20;

/**
 * Ends expired holds. Safe to run at any time and in several processes: it skips locked rows, so it cannot
 * come between a sale and its hold. Returns the number of released checkout lines and seats.
 */
export async function expireHolds(database: Database): Promise<number> {
  const sweeps = [
    async (manager: EntityManager) => {
      const lines = await lockExpiredReservations(manager, batch);
      await expireReservations(manager, lines);
      return lines.length;
    },
    freeExpiredSeats,
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
    `UPDATE reservation r SET status = 'EXPIRED' FROM unnest($1::uuid[], $2::uuid[]) AS w (saga_id, line_id)
     WHERE r.saga_id = w.saga_id AND r.line_id = w.line_id`,
    [lines.map((line) => line.sagaId), lines.map((line) => line.lineId)],
  );
  await releaseUnits(
    manager,
    lines.filter((line) => line.seatIds.length === 0),
  );
  await freeHeldSeats(manager, lines);
}

async function freeExpiredSeats(manager: EntityManager): Promise<number> {
  const ids = await lockExpiredSeats(manager, batch);
  if (ids.length > 0) {
    await changeSeats(
      manager,
      `UPDATE event_seat SET status = 'AVAILABLE', held_by = NULL, held_until = NULL, held_from = NULL
       WHERE id = ANY($1)
       RETURNING id, listing_id`,
      [ids],
    );
  }
  return ids.length;
}
