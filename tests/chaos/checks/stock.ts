import { fromApiId, toApiId } from '@souk/shared/ids';
import { seatStatuses, stockOf } from '../../support/shop.js';
import type { Check } from './evidence.js';
import { differences, rowsOf, isSold, remainingUnits, sumBy } from './evidence.js';

/** Units on hand and units sold are what there was; nothing is held; catalog has sold what orders hold. */
export const units: Check = async (evidence) => {
  const { shop, root } = evidence;
  const offers = await rowsOf<{ id: string; on_hand: number; reserved: number; sold: number }>(
    evidence,
    'catalog',
    'SELECT id, on_hand, reserved, sold FROM offer WHERE NOT seated',
  );
  const bought = await rowsOf<{ offer_id: string; units: number }>(
    evidence,
    'order',
    `SELECT l.offer_id, sum(${remainingUnits})::int AS units FROM order_line l
     JOIN customer_order o ON o.id = l.order_id
     WHERE o.${isSold} AND cardinality(l.seat_ids) = 0 GROUP BY l.offer_id`,
  );
  const held = await rowsOf<{ saga_id: string; offer_id: string }>(
    evidence,
    'catalog',
    `SELECT saga_id, offer_id FROM reservation WHERE status NOT IN ('CONFIRMED', 'RELEASED', 'RETURNED', 'EXPIRED')`,
  );
  const confirmed = await rowsOf<{ offer_id: string; units: number }>(
    evidence,
    'catalog',
    `SELECT offer_id, sum(quantity)::int AS units FROM reservation
     WHERE status = 'CONFIRMED' AND cardinality(seat_ids) = 0 GROUP BY offer_id`,
  );
  const start = new Map([...shop.units].map(([id, count]) => [fromApiId('offer', id) ?? id, count]));
  const ofBuyers = sumBy(
    bought,
    (row) => row.offer_id,
    (row) => row.units,
  );
  const left = sumBy(
    offers,
    ({ id }) => id,
    (offer) => offer.on_hand,
  );
  const sold = sumBy(
    offers,
    ({ id }) => id,
    (offer) => offer.sold,
  );
  const ordered = sumBy(
    confirmed,
    (row) => row.offer_id,
    (row) => row.units,
  );
  const sum = new Map([...start.keys()].map((id) => [id, (left.get(id) ?? 0) + (ofBuyers.get(id) ?? 0)]));
  const shown = await Promise.all(
    offers.map(async ({ id, on_hand: onHand }) => {
      const seen = await stockOf(root, toApiId('offer', id));
      const isSame = seen.onHand === onHand && seen.available === onHand && seen.reserved === 0;
      return isSame ? [] : [`offer ${id}: the API shows ${JSON.stringify(seen)}, ${onHand} are on hand`];
    }),
  );
  return [
    ...differences('offer', ['units at the start', start], ['on hand or sold', sum]),
    ...differences('offer', ['sold, says catalog', sold], ['in orders', ofBuyers]),
    ...differences('offer', ['confirmed', ordered], ['in orders', ofBuyers]),
    ...offers.flatMap(({ id, reserved }) => (reserved === 0 ? [] : [`offer ${id}: ${reserved} reserved`])),
    ...held.map((row) => `checkout ${row.saga_id} still holds offer ${row.offer_id}`),
    ...shown.flat(),
  ];
};

/** SQL that finds offers whose stock is not the sum of its movements; true at every moment. */
const unrecordedSql = `
  SELECT o.id, o.on_hand, o.reserved, COALESCE(sum(m.on_hand), 0)::int AS moved,
    COALESCE(sum(m.reserved), 0)::int AS moved_reserved
  FROM offer o LEFT JOIN stock_movement m ON m.offer_id = o.id WHERE NOT o.seated GROUP BY o.id
  HAVING o.on_hand <> COALESCE(sum(m.on_hand), 0) OR o.reserved <> COALESCE(sum(m.reserved), 0)`;

/**
 * The stock of each offer is the sum of its movements, and each movement of a checkout is that of a reservation; an offer
 * with unlimited stock has none.
 */
export const movements: Check = async (evidence) => {
  const unrecorded = await rowsOf<{
    id: string;
    on_hand: number;
    reserved: number;
    moved: number;
    moved_reserved: number;
  }>(evidence, 'catalog', unrecordedSql);
  const sold = await rowsOf<{ saga_id: string; offer_id: string; units: number; moved: number }>(
    evidence,
    'catalog',
    `SELECT saga_id, offer_id, units, moved FROM (
       SELECT saga_id, offer_id, sum(quantity)::int AS units FROM reservation
       WHERE status = 'CONFIRMED' AND cardinality(seat_ids) = 0 GROUP BY saga_id, offer_id) r
     FULL JOIN (
       SELECT saga_id, offer_id, -sum(on_hand)::int AS moved FROM stock_movement
       WHERE saga_id IS NOT NULL GROUP BY saga_id, offer_id HAVING sum(on_hand) <> 0) m USING (saga_id, offer_id)
     LEFT JOIN offer o ON o.id = offer_id
     WHERE units IS DISTINCT FROM moved AND (o.id IS NULL OR o.on_hand IS NOT NULL)`,
  );
  return [
    ...unrecorded.map(
      (row) =>
        `offer ${row.id}: ${row.on_hand} on hand and ${row.reserved} reserved, ` +
        `its movements sum to ${row.moved} and ${row.moved_reserved}`,
    ),
    ...sold.map(
      (row) =>
        `checkout ${row.saga_id} bought ${row.units} units of offer ${row.offer_id}, its movements sum to ${row.moved}`,
    ),
  ];
};

/** SQL that finds buyers who hold more units of an offer unpaid than one order may have; true at every moment. */
export const overheldSql = `
  SELECT h.user_id, h.offer_id, sum(h.units)::int AS units, o.max_per_order FROM (
    SELECT user_id, offer_id, quantity AS units FROM reservation WHERE status = 'HELD' AND user_id IS NOT NULL
    UNION ALL
    SELECT held_by, offer_id, 1 FROM event_seat
    WHERE status = 'HELD' AND saga_id IS NULL AND held_until > now()
  ) h JOIN offer o ON o.id = h.offer_id
  GROUP BY h.user_id, h.offer_id, o.max_per_order HAVING sum(h.units) > o.max_per_order`;

/** A buyer who holds too much. */
export interface Overheld {
  user_id: string;
  offer_id: string;
  units: number;
  max_per_order: number;
}

/** A sentence about units held over the limit. */
export function overheldText({
  user_id: user,
  offer_id: offer,
  units: held,
  max_per_order: most,
}: Overheld): string {
  return `buyer ${user} holds ${held} units of offer ${offer} unpaid, at most ${most} are allowed`;
}

/** No buyer holds more of an offer unpaid than one order may have. */
export const unpaid: Check = async (evidence) =>
  (await rowsOf<Overheld & Record<string, unknown>>(evidence, 'catalog', overheldSql)).map(overheldText);

/** Each seat is sold at most once, to the buyer whose order has it; none is held but by carts, whose holds end. */
export const seats: Check = async (evidence) => {
  const bought = await rowsOf<{ seat_id: string; orders: string[]; checkouts: string[] }>(
    evidence,
    'order',
    `SELECT seat_id, array_agg(o.number) AS orders, array_agg(o.checkout_id::text) AS checkouts
     FROM order_line l JOIN customer_order o ON o.id = l.order_id
       CROSS JOIN unnest(l.seat_ids) WITH ORDINALITY AS s (seat_id, nth)
     WHERE o.${isSold} AND s.nth - 1 <> ALL (l.cancelled_units) GROUP BY seat_id`,
  );
  const hall = await rowsOf<{ id: string; status: string; saga_id: string | null; in_cart: boolean }>(
    evidence,
    'catalog',
    `SELECT id, status, saga_id, status = 'HELD' AND saga_id IS NULL
       AND held_until <= now() + interval '10 minutes' AS in_cart
     FROM event_seat`,
  );
  const buyers = new Map(bought.map((seat) => [seat.seat_id, seat]));
  const twice = bought
    .filter(({ orders }) => orders.length > 1)
    .map((seat) => `seat ${seat.seat_id} is in the orders ${seat.orders.join(', ')}`);
  const wrong = hall.flatMap(({ id, status, saga_id: saga, in_cart: isInCart }) => {
    const checkout = buyers.get(id)?.checkouts[0] ?? null;
    const isRight =
      checkout === null ? status === 'AVAILABLE' || isInCart : status === 'SOLD' && saga === checkout;
    return isRight
      ? []
      : [`seat ${id} is ${status} for ${saga ?? 'no checkout'}, bought by ${checkout ?? 'no checkout'}`];
  });
  const shown = await seatStatuses(evidence.root, evidence.shop.offers.seat.listingId);
  return [
    ...twice,
    ...wrong,
    ...differences(
      'seats',
      ['for the API', new Map(Object.entries(shown))],
      [
        'stored',
        sumBy(
          hall,
          ({ status }) => status,
          () => 1,
        ),
      ],
    ),
  ];
};
