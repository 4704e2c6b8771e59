import { lockNames } from '@souk/shared/db/advisory-locks';
import { ImageEntity } from '../entities/image.js';
import { ListingEntity } from '../entities/listing.js';
import { ReservationEntity } from '../entities/reservation.js';
import type { EntityManager } from 'typeorm';
import { In, IsNull, Not } from 'typeorm';

// All explicit row locks of catalog. Every transaction locks in this order: listing, images, reservations, buyers,
// networks, offers, seats; rows of one table by key. A seat journal is locked alone. Statements that skip locked rows never wait, so they may run at
// any point.

/** Locks a listing; serializes changes of its offers. */
export async function lockListing(manager: EntityManager, id: string): Promise<ListingEntity | null> {
  return manager.findOne(ListingEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
}

/** Locks the lines of checkouts. */
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

/** Namespaces of advisory locks, unique in this database. */
const buyerLocks = 7_682_102;

/** Serializes transactions that allocate units to the same buyers, who have no rows in this database. */
export async function lockBuyers(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await lockNames(manager, buyerLocks, userIds);
}

const networkLocks = 7_682_103;

/** Serializes manual holds from one network, so that each counts those before it. */
export async function lockNetwork(manager: EntityManager, network: string): Promise<void> {
  await lockNames(manager, networkLocks, [network]);
}

const uploaderLocks = 7_682_104;

/** Serializes the uploads that one user begins, so that each counts those before it. */
export async function lockUploader(manager: EntityManager, userId: string): Promise<void> {
  await lockNames(manager, uploaderLocks, [userId]);
}

/**
 * Locks uploaded pictures that a listing is about to use, so that the collector does not remove them; returns those that
 * exist. After the listing.
 */
export async function lockImages(manager: EntityManager, ids: readonly string[]): Promise<ImageEntity[]> {
  if (ids.length === 0) return [];
  return manager.find(ImageEntity, {
    where: { id: In(ids), name: Not(IsNull()) },
    order: { id: 'ASC' },
    lock: { mode: 'for_key_share' },
  });
}

/** State of a locked offer. */
export interface LockedOffer {
  title: string;
  /** Units that are neither sold nor reserved; null for unlimited stock. */
  free: number | null;
}

/** Locks offers whose stock is checked and changed; returns them by id. `ids` must be sorted. */
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

/** State of a locked seat. */
export interface LockedSeat {
  offerId: string;
  status: string;
  heldBy: string | null;
  sagaId: string | null;
  /** Whether its hold has expired. */
  expired: boolean;
}

/** Locks seats that are checked and changed; returns them by id. `ids` must be sorted. */
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

/** SQL of `lockExpiredReservations`, exported for the query plan test. */
export const expiredReservationsSql = `
  SELECT saga_id, line_id, offer_id, quantity, seat_ids FROM reservation
  WHERE status = 'HELD' AND expires_at <= now()
  ORDER BY expires_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/** SQL of `lockExpiredReservationsOf`, exported for the query plan test. */
export const expiredReservationsOfOffersSql = `
  SELECT saga_id, line_id, offer_id, quantity, seat_ids FROM reservation
  WHERE status = 'HELD' AND expires_at <= now() AND offer_id = ANY($1)
  ORDER BY expires_at LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED`;

/** A checkout line whose hold has expired. */
export interface ExpiredLine {
  saga_id: string;
  line_id: string;
  offer_id: string;
  quantity: number;
  seat_ids: string[];
}

/** Locks expired lines, oldest first; skips locked ones. */
export async function lockExpiredReservations(manager: EntityManager, limit: number): Promise<ExpiredLine[]> {
  return manager.query(expiredReservationsSql, [limit]);
}

/** Locks expired lines of these offers; skips locked ones. */
export async function lockExpiredReservationsOf(
  manager: EntityManager,
  offerIds: readonly string[],
): Promise<ExpiredLine[]> {
  return manager.query(expiredReservationsOfOffersSql, [offerIds]);
}

/**
 * Locks all offers and seats of a listing that is being deleted, so that no checkout or hold takes a unit of it meanwhile;
 * one that waited finds nothing. Returns the ids of the offers.
 */
export async function lockStockForDeletion(manager: EntityManager, listingId: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    'SELECT id FROM offer WHERE listing_id = $1 ORDER BY id FOR UPDATE',
    [listingId],
  );
  await manager.query('SELECT FROM event_seat WHERE listing_id = $1 ORDER BY id FOR UPDATE', [listingId]);
  return rows.map((row) => row.id);
}

const categoryTreeLocks = 7_682_105;

/** Serializes changes of the category tree, so that each sees the tree that it changes. Locks nothing else after it. */
export async function lockCategoryTree(manager: EntityManager): Promise<void> {
  await lockNames(manager, categoryTreeLocks, ['tree']);
}

/** Locks offers whose stock changes. A single offer needs no lock besides its UPDATE. */
export async function lockOffers(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length < 2) return;
  await manager.query('SELECT FROM offer WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
}

/** Locks seats whose status changes. A single seat needs no lock besides its UPDATE. */
export async function lockSeats(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length < 2) return;
  await manager.query('SELECT FROM event_seat WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
}

/**
 * Locks the seats of an event whose offer loses sections: the others are numbered anew. Returns those of the sections with
 * a seat that is sold, held, or in a checkout that may still be paid.
 */
export async function lockSeatsOfSections(
  manager: EntityManager,
  offerId: string,
  sections: readonly string[],
): Promise<string[]> {
  const rows: { section: string }[] = await manager.query(
    `WITH locked AS (
       SELECT offer_id, section, status, saga_id, held_until FROM event_seat
       WHERE listing_id = (SELECT listing_id FROM offer WHERE id = $1) ORDER BY id FOR UPDATE
     ) SELECT DISTINCT section FROM locked
     WHERE offer_id = $1 AND section = ANY($2)
       AND (status = 'SOLD' OR status = 'HELD' AND (saga_id IS NOT NULL OR held_until > now()))
     ORDER BY section`,
    [offerId, sections],
  );
  return rows.map((row) => row.section);
}

/** SQL of `lockExpiredSeats`, exported for the query plan test. */
export const expiredSeatsSql = `
  SELECT id FROM event_seat
  WHERE status = 'HELD' AND saga_id IS NULL AND held_until <= now()
  ORDER BY held_until LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/** Locks seats whose manual hold has expired; skips locked ones. */
export async function lockExpiredSeats(manager: EntityManager, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(expiredSeatsSql, [limit]);
  return rows.map((row) => row.id);
}

/** Locks the journal of an event's seat states. */
export async function lockSeatJournal(manager: EntityManager, listingId: string): Promise<void> {
  await manager.query('SELECT FROM seat_journal WHERE listing_id = $1 FOR NO KEY UPDATE', [listingId]);
}
