import { ListingEntity } from '../entities/listing.js';
import { ReservationEntity } from '../entities/reservation.js';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';

// Every row lock of catalog that more than one row or table takes part in. The order, everywhere:
// listing, then reservations, then buyers, then offers, then seats; within one table by key. Who skips locked rows waits for
// nobody and may come at any place.

/** One listing: whoever writes its offers takes turns. */
export async function lockListing(manager: EntityManager, id: string): Promise<ListingEntity | null> {
  return manager.findOne(ListingEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
}

/** The lines of checkouts. */
export async function lockReservations(
  manager: EntityManager,
  sagaIds: readonly string[],
): Promise<ReservationEntity[]> {
  return manager.find(ReservationEntity, {
    where: { sagaId: In(sagaIds) },
    order: { sagaId: 'ASC', lineId: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
}

/** Any number that no other advisory lock of this database uses. */
const buyerLocks = 7_682_102;

/**
 * Lets transactions that take units for these buyers take turns. Advisory: a buyer has no row of their own here. Two
 * buyers whose ids have the same hash take turns too.
 */
export async function lockBuyers(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await manager.query(
    `SELECT pg_advisory_xact_lock(key) FROM (
       SELECT DISTINCT hashtextextended(id, $2) AS key FROM unnest($1::text[]) AS b (id) ORDER BY key
     ) AS k`,
    [userIds, buyerLocks],
  );
}

/** An offer as it stands while it is locked. */
export interface LockedOffer {
  title: string;
  /** Units that are neither sold nor reserved; null is unlimited. */
  free: number | null;
}

/** Offers whose stock is judged and changed, by id. `ids` are in order. */
export async function lockAvailability(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, LockedOffer>> {
  if (ids.length === 0) return new Map();
  const rows: (LockedOffer & { id: string })[] = await manager.query(
    `SELECT id, title, on_hand - reserved AS free FROM offer WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return new Map(rows.map(({ id, ...offer }) => [id, offer]));
}

/** A seat as it stands while it is locked. */
export interface LockedSeat {
  offerId: string;
  status: string;
  heldBy: string | null;
  sagaId: string | null;
  /** Whether its hold is past its time. */
  expired: boolean;
}

/** Seats that are judged and changed, by id. `ids` are in order. */
export async function lockSeatStates(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, LockedSeat>> {
  if (ids.length === 0) return new Map();
  const rows: (LockedSeat & { id: string })[] = await manager.query(
    `SELECT id, offer_id AS "offerId", status, held_by AS "heldBy", saga_id AS "sagaId",
       COALESCE(held_until <= now(), false) AS expired
     FROM event_seat WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return new Map(rows.map(({ id, ...seat }) => [id, seat]));
}

/** SQL of `lockExpiredReservations`; a test looks at its plan. */
export const expiredReservationsSql = `
  SELECT saga_id, line_id, offer_id, quantity, seat_ids FROM reservation
  WHERE status = 'HELD' AND expires_at <= now()
  ORDER BY expires_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/** SQL of `lockExpiredReservationsOf`; a test looks at its plan. */
export const expiredReservationsOfOffersSql = `
  SELECT saga_id, line_id, offer_id, quantity, seat_ids FROM reservation
  WHERE status = 'HELD' AND expires_at <= now() AND offer_id = ANY($1)
  ORDER BY expires_at LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED`;

/** A line whose hold is past its time. */
export interface ExpiredLine {
  saga_id: string;
  line_id: string;
  offer_id: string;
  quantity: number;
  seat_ids: string[];
}

/** Lines past their time, the oldest first, none that somebody else is at. */
export async function lockExpiredReservations(manager: EntityManager, limit: number): Promise<ExpiredLine[]> {
  return manager.query(expiredReservationsSql, [limit]);
}

/** The same for some offers. */
export async function lockExpiredReservationsOf(
  manager: EntityManager,
  offerIds: readonly string[],
): Promise<ExpiredLine[]> {
  return manager.query(expiredReservationsOfOffersSql, [offerIds]);
}

/** Offers whose stock changes. One alone needs no lock beside the one of its UPDATE. */
export async function lockOffers(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length < 2) return;
  await manager.query('SELECT FROM offer WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
}

/** Seats whose status changes. */
export async function lockSeats(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length < 2) return;
  await manager.query('SELECT FROM event_seat WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
}

/** SQL of `lockExpiredSeats`; a test looks at its plan. */
export const expiredSeatsSql = `
  SELECT id FROM event_seat
  WHERE status = 'HELD' AND saga_id IS NULL AND held_until <= now()
  ORDER BY held_until LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/** Seats that were held by hand and are past their time, none that somebody else is at. */
export async function lockExpiredSeats(manager: EntityManager, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(expiredSeatsSql, [limit]);
  return rows.map((row) => row.id);
}
