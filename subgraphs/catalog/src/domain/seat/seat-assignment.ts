import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { lockSeats } from '../locks.js';
import { availabilityTopic } from '../topics.js';

/** A requested seat and the offer that it must belong to. */
export interface RequestedSeat {
  id: string;
  offerId: string;
}

/** The buyer of seats. */
export interface SeatHolder {
  /** UUID of the user, or the digest of a guest's cart. */
  userId: string;
  /** Further ids under which the buyer holds seats: digests of carts that they filled as a guest. */
  formerIds: readonly string[];
  /** Null for a manual hold. */
  sagaId: string | null;
  /** Digest of the network of a manual hold's buyer, to be counted; null for checkouts, and without a limit. */
  network: string | null;
}

/** Returns all ids under which the buyer may hold seats. */
export function holderIds({ userId, formerIds }: Pick<SeatHolder, 'userId' | 'formerIds'>): string[] {
  return [userId, ...formerIds];
}

/** Returns the rejection for seats that are not available. */
export function seatsUnavailable(ids: readonly string[], field: readonly string[] | null = null): Rejection {
  return new Rejection(
    'SEAT_UNAVAILABLE',
    ids.length === 1
      ? 'A seat is no longer available.'
      : `${ids.length} of the seats are no longer available.`,
    {
      field,
      typename: 'SeatUnavailableError',
      details: { seatIds: ids.map((id) => toApiId('seat', id)) },
    },
  );
}

/** A seat that is assigned to a buyer. */
export interface SeatAssignment {
  id: string;
  holder: SeatHolder;
  /** Null: the seat is sold. */
  heldUntil: Date | null;
}

/**
 * Assigns locked seats. A buyer whose last hold of the seat ended after `clocksGoOnFrom` continues that
 * hold's total time; null if all are sold.
 */
export async function assignSeats(
  manager: EntityManager,
  seats: readonly SeatAssignment[],
  clocksGoOnFrom: Date | null,
): Promise<void> {
  if (seats.length === 0) return;
  const former = seats.flatMap(({ id, holder }) => holder.formerIds.map((formerId) => ({ id, formerId })));
  await changeSeats(
    manager,
    `UPDATE event_seat s SET
       status = CASE WHEN g.held_until IS NULL THEN 'SOLD' ELSE 'HELD' END,
       held_by = CASE WHEN g.held_until IS NULL THEN NULL ELSE g.user_id END,
       held_until = g.held_until,
       held_from = g.network,
       saga_id = g.saga_id,
       held_since = CASE
         WHEN g.held_until IS NULL THEN NULL
         WHEN s.last_hold_ends > $5 AND (s.last_holder = g.user_id OR EXISTS (
           SELECT FROM unnest($7::uuid[], $8::uuid[]) AS f (id, former_id)
           WHERE f.id = s.id AND f.former_id = s.last_holder)) THEN COALESCE(s.held_since, now())
         ELSE now() END,
       last_holder = CASE WHEN g.held_until IS NULL THEN NULL ELSE g.user_id END,
       last_hold_ends = g.held_until
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $6::text[])
       AS g (id, user_id, saga_id, held_until, network)
     WHERE s.id = g.id RETURNING s.id, s.listing_id`,
    [
      seats.map(({ id }) => id),
      seats.map(({ holder }) => holder.userId),
      seats.map(({ holder }) => holder.sagaId),
      seats.map(({ heldUntil }) => heldUntil),
      clocksGoOnFrom,
      seats.map(({ holder }) => holder.network),
      former.map(({ id }) => id),
      former.map(({ formerId }) => formerId),
    ],
  );
}

/** Seats of one checkout. */
export interface CheckoutSeats {
  sagaId: string;
  seatIds: readonly string[];
}

/** Releases seats that these checkouts hold. */
export async function freeHeldSeats(manager: EntityManager, lines: readonly CheckoutSeats[]): Promise<void> {
  await free(manager, lines, 'HELD');
}

/** Releases seats that were sold to these checkouts. */
export async function freeSoldSeats(manager: EntityManager, lines: readonly CheckoutSeats[]): Promise<void> {
  await free(manager, lines, 'SOLD');
}

async function free(
  manager: EntityManager,
  lines: readonly CheckoutSeats[],
  from: 'HELD' | 'SOLD',
): Promise<void> {
  const pairs = lines.flatMap(({ sagaId, seatIds }) => seatIds.map((id) => ({ id, sagaId })));
  if (pairs.length === 0) return;
  pairs.sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = pairs.map((pair) => pair.id);
  await lockSeats(manager, ids);
  await freeSeats(
    manager,
    `UPDATE event_seat s SET status = 'AVAILABLE', held_by = NULL, held_until = NULL, saga_id = NULL,
       last_hold_ends = LEAST(s.last_hold_ends, now())
     FROM unnest($1::uuid[], $2::uuid[]) AS w (id, saga_id)
     WHERE s.id = w.id AND s.saga_id = w.saga_id AND s.status = $3 RETURNING s.id, s.listing_id`,
    [ids, pairs.map((pair) => pair.sagaId), from],
  );
}

/**
 * Runs a statement that changes seats and returns `id` and `listing_id` of each, and publishes the change.
 * Returns the ids of the seats.
 */
export async function changeSeats(
  manager: EntityManager,
  sql: string,
  parameters: unknown[],
): Promise<string[]> {
  const [rows]: [{ id: string; listing_id: string }[], number] = await manager.query(sql, parameters);
  publishChange(
    manager,
    rows.map((row) => availabilityTopic(row.listing_id)),
  );
  return rows.map((row) => row.id);
}

/**
 * Runs a statement that frees seats, as `changeSeats` does, and notes the offers of which no other seat is free: they can be
 * bought again.
 */
export async function freeSeats(
  manager: EntityManager,
  sql: string,
  parameters: unknown[],
): Promise<string[]> {
  const ids = await changeSeats(manager, sql, parameters);
  if (ids.length > 0) await manager.query(restockedOffersSql, [ids]);
  return ids;
}

/** SQL that notes the offers whose only free seats are those given, exported for the query plan test. */
export const restockedOffersSql = `
  INSERT INTO restocked_offer (offer_id)
  SELECT freed.offer_id FROM (
    SELECT offer_id, count(*) AS seats FROM event_seat WHERE id = ANY($1) GROUP BY offer_id
  ) AS freed
  CROSS JOIN LATERAL (
    SELECT count(*) AS seats FROM (
      SELECT FROM event_seat WHERE offer_id = freed.offer_id AND status = 'AVAILABLE' LIMIT freed.seats + 1
    ) AS counted
  ) AS free
  WHERE free.seats <= freed.seats
  ORDER BY freed.offer_id ON CONFLICT DO NOTHING`;

/** Notes that an offer gets further seats, if it has no free one. */
export async function noteFurtherSeats(manager: EntityManager, offerId: string): Promise<void> {
  await manager.query(
    `INSERT INTO restocked_offer (offer_id)
     SELECT $1 WHERE NOT EXISTS (SELECT FROM event_seat WHERE offer_id = $1 AND status = 'AVAILABLE')
     ON CONFLICT DO NOTHING`,
    [offerId],
  );
}

/** Extends seat holds of checkouts; seats that they no longer hold are unchanged. */
export async function extendSeatHolds(
  manager: EntityManager,
  lines: readonly (CheckoutSeats & { until: Date })[],
): Promise<void> {
  const held = lines.flatMap(({ sagaId, seatIds, until }) => seatIds.map((id) => ({ id, sagaId, until })));
  if (held.length === 0) return;
  await lockSeats(manager, held.map(({ id }) => id).sort());
  await manager.query(
    `UPDATE event_seat s SET held_until = GREATEST(s.held_until, w.until),
       last_hold_ends = GREATEST(s.last_hold_ends, w.until)
     FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS w (id, saga_id, until)
     WHERE s.id = w.id AND s.saga_id = w.saga_id AND s.status = 'HELD'`,
    [held.map(({ id }) => id), held.map(({ sagaId }) => sagaId), held.map(({ until }) => until)],
  );
}
