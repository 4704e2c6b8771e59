import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { z } from 'zod';
import type { purchase } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { SocialProfileEntity } from '../../entities/social-profile.js';
import { createFanOutMessage } from './purchase-fan-out.js';
import { deleteOrderActivities, publishPurchase } from '../feed/activity.js';
import type { NamedListing } from '../notification/listing-names.js';
import { notify } from '../notification/notify.js';
import { orderCompleted, orderPaid } from '../notification/order-types.js';
import { findBuyers, recheckReviews, withdrawReceivedTokens } from '../review/verified-buyer.js';
import { storeSellers } from '../listing-projection.js';

/** The payload of `recordPurchase`. */
export type Purchase = z.infer<typeof purchase>;

/** Units of an order, by line. */
export type OrderUnits = Pick<Purchase, 'orderId' | 'userId' | 'lines'>;

/** A user's statistics, in units, not orders. */
export type Statistics = Pick<SocialProfileEntity, 'purchases' | 'toursTaken' | 'eventsAttended'>;

interface ListingUnits {
  order_id: string;
  user_id: string;
  listing_id: string;
  units: number;
  tour_units: number;
  ticket_units: number;
  /** Not shipped yet. */
  withheld_units: number;
}

/**
 * Adds purchases to their buyers' statistics, notifies the buyers, and starts the fan-outs to followers of buyers who
 * share their activity: notifications and feeds. Idempotent per order.
 */
export async function recordPurchases(
  manager: EntityManager,
  outbox: Outbox,
  purchases: readonly Purchase[],
  now: Date,
): Promise<void> {
  const profiles: { user_id: string; shares_activity: boolean }[] = await manager.query(
    `WITH recorded AS (
       INSERT INTO purchase (order_id, listing_id, user_id, units, tour_units, ticket_units, withheld_units, purchased_at)
       SELECT order_id, listing_id, user_id, units, tour_units, ticket_units, withheld_units, $2
       FROM jsonb_to_recordset($1::jsonb) AS l (order_id uuid, user_id uuid, listing_id uuid, units int, tour_units int,
         ticket_units int, withheld_units int)
       ON CONFLICT DO NOTHING
       RETURNING user_id, units, tour_units, ticket_units
     ), sums AS (
       SELECT buyer.user_id, coalesce(sum(units), 0) AS units, coalesce(sum(tour_units), 0) AS tour_units,
         coalesce(sum(ticket_units), 0) AS ticket_units
       FROM unnest($3::uuid[]) AS buyer (user_id) LEFT JOIN recorded USING (user_id) GROUP BY buyer.user_id
     )
     INSERT INTO social_profile AS p (user_id, purchases, tours_taken, events_attended)
     SELECT user_id, units, tour_units, ticket_units FROM sums ORDER BY user_id
     ON CONFLICT (user_id) DO UPDATE SET
       purchases = p.purchases + excluded.purchases,
       tours_taken = p.tours_taken + excluded.tours_taken,
       events_attended = p.events_attended + excluded.events_attended
     RETURNING user_id, shares_activity`,
    [
      JSON.stringify(purchases.flatMap(sumUnitsByListing)),
      now,
      [...new Set(purchases.map(({ userId }) => userId))],
    ],
  );
  const lines = purchases.flatMap((one) => one.lines);
  await storeSellers(
    manager,
    lines.flatMap(({ listingId, partnerId }) => (partnerId == null ? [] : [{ listingId, partnerId }])),
  );
  // The buyer may have reviewed the listing after an earlier purchase, which was canceled.
  await recheckReviews(
    manager,
    purchases.flatMap(({ userId, lines: own }) => own.map(({ listingId }) => ({ userId, listingId }))),
  );
  await notify(
    manager,
    outbox,
    purchases.map(({ userId, orderId, orderNumber, total, lines }) => {
      const order = { id: orderId, number: orderNumber, total, listings: collectListings(lines) };
      // An order with shipments is completed once they have arrived.
      const ships = lines.some(({ fulfilment }) => fulfilment === 'SHIPMENT');
      const content = ships ? orderPaid(order) : orderCompleted(order);
      return { userId, content, actorId: null, dedupeKey: orderId };
    }),
    now,
  );
  const sharing = new Set(profiles.flatMap((profile) => (profile.shares_activity ? [profile.user_id] : [])));
  for (const { userId, orderId, lines } of purchases) {
    if (!sharing.has(userId)) continue;
    const listings = collectListings(lines);
    const listingIds = listings.map(({ id }) => id);
    await publishPurchase(manager, outbox, { userId, orderId, listingIds }, now);
    outbox.add(createFanOutMessage({ orderId, userId, listings, after: null, page: 0 }));
  }
}

/** Subtracts orders from their buyers' statistics, and takes them out of feeds. Orders that were not recorded have no effect. */
export async function erasePurchases(manager: EntityManager, orderIds: readonly string[]): Promise<void> {
  const buyers = await findBuyers(manager, orderIds);
  await manager.query(
    `WITH erased AS (
       DELETE FROM purchase WHERE order_id = ANY($1) RETURNING user_id, units, tour_units, ticket_units
     ), sums AS (
       SELECT user_id, sum(units) AS units, sum(tour_units) AS tour_units, sum(ticket_units) AS ticket_units
       FROM erased GROUP BY user_id
     )
     UPDATE social_profile p SET
       purchases = p.purchases - s.units,
       tours_taken = p.tours_taken - s.tour_units,
       events_attended = p.events_attended - s.ticket_units
     FROM sums s WHERE p.user_id = s.user_id`,
    [orderIds],
  );
  await manager.query('DELETE FROM received_token WHERE order_id = ANY($1)', [orderIds]);
  await recheckReviews(manager, buyers);
  await deleteOrderActivities(manager, orderIds);
}

/**
 * Subtracts units of orders from their buyers' statistics. Orders that were not recorded have no effect. Not idempotent:
 * the caller handles each command once.
 */
export async function subtractUnits(manager: EntityManager, cancelled: readonly OrderUnits[]): Promise<void> {
  const orderIds = cancelled.map(({ orderId }) => orderId);
  const buyers = await findBuyers(manager, orderIds);
  await manager.query(
    `WITH sums AS (
       SELECT order_id, listing_id, sum(units)::int AS units, sum(tour_units)::int AS tour_units,
         sum(ticket_units)::int AS ticket_units, sum(withheld_units)::int AS withheld_units
       FROM jsonb_to_recordset($1::jsonb)
         AS l (order_id uuid, listing_id uuid, units int, tour_units int, ticket_units int, withheld_units int)
       GROUP BY order_id, listing_id
     ), changed AS (
       UPDATE purchase p SET units = p.units - s.units, tour_units = p.tour_units - s.tour_units,
         ticket_units = p.ticket_units - s.ticket_units,
         withheld_units = GREATEST(p.withheld_units - s.withheld_units, 0)
       FROM sums s WHERE p.order_id = s.order_id AND p.listing_id = s.listing_id
       RETURNING p.user_id, s.units, s.tour_units, s.ticket_units
     ), by_user AS (
       SELECT user_id, sum(units) AS units, sum(tour_units) AS tour_units, sum(ticket_units) AS ticket_units
       FROM changed GROUP BY user_id
     )
     UPDATE social_profile p SET
       purchases = p.purchases - b.units,
       tours_taken = p.tours_taken - b.tour_units,
       events_attended = p.events_attended - b.ticket_units
     FROM by_user b WHERE p.user_id = b.user_id`,
    [JSON.stringify(cancelled.flatMap(sumUnitsByListing))],
  );
  // The rows of a listing are its buyers.
  await manager.query('DELETE FROM purchase WHERE order_id = ANY($1) AND units <= 0', [orderIds]);
  const listingIds = cancelled.flatMap(({ lines }) => lines.map(({ listingId }) => listingId));
  await withdrawReceivedTokens(manager, orderIds, listingIds);
  await recheckReviews(manager, buyers);
}

/** Finds the statistics of users, in order. Zeros for users without purchases. */
export async function findStatistics(
  manager: EntityManager,
  userIds: readonly string[],
): Promise<Statistics[]> {
  const profiles = await manager.findBy(SocialProfileEntity, { userId: In([...userIds]) });
  const byUser = new Map(profiles.map((profile) => [profile.userId, profile]));
  return userIds.map((userId) => byUser.get(userId) ?? { purchases: 0, toursTaken: 0, eventsAttended: 0 });
}

/** The listings of lines, without duplicates. */
export function collectListings(
  lines: readonly Pick<Purchase['lines'][number], 'listingId' | 'title'>[],
): NamedListing[] {
  const titles = new Map(lines.map((line) => [line.listingId, line.title]));
  return [...titles].map(([id, title]) => ({ id, title }));
}

function sumUnitsByListing({ orderId, userId, lines }: OrderUnits): ListingUnits[] {
  const byListing = new Map<string, ListingUnits>();
  for (const { listingId, quantity, fulfilment } of lines) {
    const sum = byListing.get(listingId) ?? {
      order_id: orderId,
      user_id: userId,
      listing_id: listingId,
      units: 0,
      tour_units: 0,
      ticket_units: 0,
      withheld_units: 0,
    };
    sum.units += quantity;
    if (fulfilment === 'TOUR_TOKEN') sum.tour_units += quantity;
    if (fulfilment === 'TICKET') sum.ticket_units += quantity;
    if (fulfilment === 'SHIPMENT') sum.withheld_units += quantity;
    byListing.set(listingId, sum);
  }
  return [...byListing.values()];
}
