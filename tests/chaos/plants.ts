import type { SubgraphName } from '@souk/shared/message';
import type { CheckName } from './checks/checks.js';

/** A violation that is planted: in a transaction that is never committed, where SQL alone is to see it. */
export interface Plant {
  check: CheckName;
  what: string;
  database: SubgraphName;
  sql: string;
  /** The violation that the check must report. */
  found: RegExp;
}

const isWhole = `status = 'COMPLETED' AND payment_status = 'PAID'`;
/** SQL of rows that violations are planted in. */
export const anOrder = `(SELECT id FROM customer_order WHERE ${isWhole} ORDER BY id LIMIT 1)`;
const aLine = `(SELECT l.id FROM order_line l JOIN customer_order o ON o.id = l.order_id
  WHERE o.${isWhole} AND cardinality(l.seat_ids) = 0 ORDER BY l.id LIMIT 1)`;
export const aCheckout = `(SELECT checkout_id FROM customer_order WHERE ${isWhole} ORDER BY id LIMIT 1)`;
export const anOffer = `(SELECT id FROM offer WHERE NOT seated AND sold > 0 ORDER BY id LIMIT 1)`;
const aSeat = `(SELECT id FROM event_seat WHERE status = 'SOLD' ORDER BY id LIMIT 1)`;
export const aFreeSeat = `(SELECT id FROM event_seat WHERE status = 'AVAILABLE' ORDER BY id LIMIT 1)`;
const aPayment = `(SELECT id FROM payment WHERE succeeded_at IS NOT NULL AND refunded = 0 ORDER BY id LIMIT 1)`;

/** One violation for each thing that a check looks for. */
export const plants: readonly Plant[] = [
  {
    check: 'unfinished',
    what: 'a checkout that runs for ever',
    database: 'order',
    sql: `UPDATE saga SET status = 'COMPENSATING' WHERE id = ${aCheckout}`,
    found: /checkout SAGA-\w+ is COMPENSATING/,
  },
  {
    check: 'unfinished',
    what: 'a cancellation that needs attention',
    database: 'order',
    sql: `UPDATE saga SET status = 'NEEDS_ATTENTION' WHERE definition = 'cancel-order'`,
    found: /cancel-order SAGA-\w+ is NEEDS_ATTENTION/,
  },
  {
    check: 'unsent',
    what: 'a message that was never sent',
    database: 'catalog',
    sql: `INSERT INTO outbox (queue, name, body) VALUES ('order', 'reply', '{}')`,
    found: /catalog has not sent reply to order/,
  },
  {
    check: 'accepted',
    what: 'a checkout that is gone',
    database: 'order',
    sql: `UPDATE saga SET definition = 'another' WHERE id = ${aCheckout}`,
    found: /was accepted and is gone/,
  },
  {
    check: 'accepted',
    what: 'a checkout that was begun twice',
    database: 'order',
    sql: `INSERT INTO saga SELECT (s.copy).* FROM (SELECT jsonb_populate_record(s, jsonb_build_object('id',
        gen_random_uuid(), 'transaction_id', 'SAGA-TWICE')) AS copy FROM saga s WHERE s.id = ${aCheckout}) s`,
    found: /runs, but was returned to no buyer/,
  },
  {
    check: 'orders',
    what: 'an order that stayed on the way',
    database: 'order',
    sql: `UPDATE customer_order SET status = 'PENDING' WHERE id = ${anOrder}`,
    found: /order PENDING, payment PAID/,
  },
  {
    check: 'orders',
    what: 'a failed checkout whose order stands',
    database: 'order',
    sql: `UPDATE saga SET status = 'FAILED' WHERE id = ${aCheckout}`,
    found: /order COMPLETED, payment PAID.*checkout FAILED/,
  },
  {
    check: 'orders',
    what: 'a cancelled unit that was not refunded',
    database: 'order',
    sql: `UPDATE customer_order SET payment_status = 'PAID', refunded_amount = 0
      WHERE payment_status = 'PARTIALLY_REFUNDED'`,
    found: /order COMPLETED, payment PAID, 0 of \d+ refunded/,
  },
  {
    check: 'carts',
    what: 'a cart that stayed locked',
    database: 'order',
    sql: `UPDATE cart SET locked_by = ${aCheckout} WHERE id = (SELECT id FROM cart LIMIT 1)`,
    found: /is locked by/,
  },
  {
    check: 'units',
    what: 'a unit that was lost',
    database: 'catalog',
    sql: `UPDATE offer SET on_hand = on_hand - 1 WHERE id = ${anOffer}`,
    found: /units at the start, \d+ on hand or sold/,
  },
  {
    check: 'units',
    what: 'a unit that was sold twice',
    database: 'order',
    sql: `UPDATE order_line SET quantity = quantity + 1 WHERE id = ${aLine}`,
    found: /sold, says catalog, \d+ in orders/,
  },
  {
    check: 'units',
    what: 'a unit that stayed reserved',
    database: 'catalog',
    sql: `UPDATE offer SET reserved = reserved + 1 WHERE id = ${anOffer}`,
    found: /1 reserved/,
  },
  {
    check: 'units',
    what: 'a hold that was forgotten',
    database: 'catalog',
    sql: `UPDATE reservation SET status = 'HELD' WHERE (saga_id, line_id) = (SELECT saga_id, line_id FROM reservation
        WHERE status = 'CONFIRMED' AND cardinality(seat_ids) = 0 LIMIT 1)`,
    found: /still holds offer/,
  },
  {
    check: 'movements',
    what: 'a unit that moved without a record',
    database: 'catalog',
    sql: `UPDATE offer SET reserved = reserved + 1 WHERE id = ${anOffer}`,
    found: /on hand and 1 reserved, its movements sum to \d+ and 0/,
  },
  {
    check: 'movements',
    what: 'a sale that was recorded twice',
    database: 'catalog',
    sql: `INSERT INTO stock_movement (offer_id, kind, on_hand, reserved, saga_id)
      SELECT offer_id, 'SELL', -1, -1, saga_id FROM reservation
      WHERE status = 'CONFIRMED' AND cardinality(seat_ids) = 0 LIMIT 1`,
    found: /checkout \S+ bought \d+ units of offer \S+, its movements sum to \d+/,
  },
  {
    check: 'unpaid',
    what: 'a buyer whose checkouts hold more than one order may have',
    database: 'catalog',
    sql: `INSERT INTO reservation (saga_id, line_id, offer_id, user_id, quantity, seat_ids, status, expires_at)
      SELECT gen_random_uuid(), gen_random_uuid(), o.id, b.id, o.max_per_order - 1, '{}', 'HELD', now() + interval '1 hour'
      FROM offer o, (SELECT gen_random_uuid() AS id) b, generate_series(1, 2) WHERE o.id = ${anOffer}`,
    found: /buyer \S+ holds \d+ units of offer \S+ unpaid, at most \d+ are allowed/,
  },
  {
    check: 'unpaid',
    what: 'a buyer who holds one seat too many by hand',
    database: 'catalog',
    sql: `WITH too_many AS (SELECT s.id FROM event_seat s JOIN offer o ON o.id = s.offer_id
        WHERE s.status = 'AVAILABLE' ORDER BY s.id LIMIT (SELECT max(max_per_order) + 1 FROM offer WHERE seated))
      UPDATE event_seat s SET status = 'HELD', held_until = now() + interval '1 hour',
        held_by = '00000000-0000-7000-8000-000000000001' FROM too_many t WHERE s.id = t.id`,
    found: /buyer \S+ holds 11 units of offer \S+ unpaid, at most 10 are allowed/,
  },
  {
    check: 'seats',
    what: 'a seat that was sold twice',
    database: 'order',
    sql: `UPDATE order_line SET seat_ids = seat_ids || (SELECT seat_ids[1] FROM order_line l JOIN customer_order o
        ON o.id = l.order_id WHERE o.status = 'COMPLETED' AND cardinality(l.seat_ids) > 0 LIMIT 1)
      WHERE id = (SELECT l.id FROM order_line l JOIN customer_order o ON o.id = l.order_id
        WHERE o.status = 'COMPLETED' AND cardinality(l.seat_ids) = 0 LIMIT 1)`,
    found: /is in the orders \S+, \S+/,
  },
  {
    check: 'seats',
    what: 'a sold seat that is free again',
    database: 'catalog',
    sql: `UPDATE event_seat SET status = 'AVAILABLE', saga_id = NULL WHERE id = ${aSeat}`,
    found: /is AVAILABLE for no checkout, bought by/,
  },
  {
    check: 'seats',
    what: 'a sold seat without an order',
    database: 'catalog',
    sql: `UPDATE event_seat SET status = 'SOLD', saga_id = gen_random_uuid() WHERE id = ${aFreeSeat}`,
    found: /is SOLD for \S+, bought by no checkout/,
  },
  {
    check: 'tokens',
    what: 'a unit without a token',
    database: 'order',
    sql: `DELETE FROM purchase_token WHERE id = (SELECT id FROM purchase_token WHERE order_id = ${anOrder} LIMIT 1)`,
    found: /\d+ units, \d+ valid tokens/,
  },
  {
    check: 'tokens',
    what: 'a token of a cancelled order that is valid',
    database: 'order',
    sql: `UPDATE purchase_token SET status = 'ACTIVE' WHERE status = 'REVOKED'`,
    found: /0 units, \d+ valid tokens/,
  },
  {
    check: 'tokens',
    what: 'a token of a cancelled unit that is valid',
    database: 'order',
    sql: `UPDATE purchase_token t SET status = 'ACTIVE' FROM customer_order o
      WHERE o.id = t.order_id AND o.payment_status = 'PARTIALLY_REFUNDED'`,
    found: /order \S+: [1-9]\d* units, \d+ valid tokens/,
  },
  {
    check: 'tokens',
    what: "a token for another's seat",
    database: 'order',
    sql: `UPDATE purchase_token SET seat_id = gen_random_uuid()
      WHERE id = (SELECT id FROM purchase_token WHERE seat_id IS NOT NULL LIMIT 1)`,
    found: /that is not its own/,
  },
  {
    check: 'money',
    what: 'a charge that was not recorded',
    database: 'payment',
    sql: `UPDATE payment SET succeeded_at = NULL WHERE id = ${aPayment}`,
    found: /payment \S+: \d+ taken at the provider, 0 recorded/,
  },
  {
    check: 'money',
    what: 'a refund that the provider never saw',
    database: 'payment',
    sql: `UPDATE payment SET refunded = 1 WHERE id = ${aPayment}`,
    found: /payment \S+: \d+ taken at the provider, \d+ recorded/,
  },
  {
    check: 'money',
    what: 'an order that costs other than was paid',
    database: 'order',
    sql: `UPDATE customer_order SET total_amount = total_amount + 1 WHERE id = ${anOrder}`,
    found: /order \S+: \d+ paid, \d+ to be paid/,
  },
  {
    check: 'statements',
    what: 'a cancelled order that states other refunds than its payment',
    database: 'order',
    sql: `UPDATE customer_order SET payment_status = 'PAID', refunded_amount = 0
      WHERE status = 'CANCELLED' AND payment_status = 'REFUNDED'`,
    found: /order \S+ states PAID, 0 refunded, .*; its payment states REFUNDED, \d+ refunded/,
  },
  {
    check: 'statements',
    what: 'a lost dispute that its order does not know of',
    database: 'payment',
    sql: `INSERT INTO dispute (id, payment_id, provider_dispute_id, amount, reason, status, withheld, created_at)
      SELECT gen_random_uuid(), id, 'dp_planted', amount, 'fraudulent', 'lost', amount, now()
      FROM payment WHERE id = ${aPayment}`,
    found:
      /order \S+ states PAID, .*; its payment states CHARGED_BACK, 0 refunded, 0 disputed, \d+ charged back/,
  },
  {
    check: 'tokens',
    what: 'valid tokens of an order that was charged back',
    database: 'order',
    sql: `UPDATE customer_order SET payment_status = 'CHARGED_BACK' WHERE id = ${anOrder}`,
    found: /order \S+: 0 units, \d+ valid tokens/,
  },
  {
    check: 'payments',
    what: 'a payment that waits for ever',
    database: 'payment',
    sql: `UPDATE payment SET status = 'PENDING' WHERE id = ${aPayment}`,
    found: /payment \S+ is still PENDING/,
  },
  {
    check: 'payments',
    what: 'a refund that never ended',
    database: 'payment',
    sql: `UPDATE refund SET status = 'PENDING' WHERE id = (SELECT id FROM refund LIMIT 1)`,
    found: /is still under way/,
  },
  {
    check: 'payments',
    what: 'a log that says other than the row',
    database: 'payment',
    sql: `INSERT INTO payment_event (id, payment_id, at, type, amount, source)
      VALUES (gen_random_uuid(), ${aPayment}, now(), 'REFUNDED', 1, 'saga')`,
    found: /its log says \d+ taken and 1 returned/,
  },
  {
    check: 'statistics',
    what: 'a purchase that account counted twice',
    database: 'account',
    sql: `UPDATE user_statistics SET purchases = purchases + 1
      WHERE user_id = (SELECT user_id FROM user_statistics LIMIT 1)`,
    found: /purchases of \S+: \d+ in orders, \d+ counted by account/,
  },
  {
    check: 'statistics',
    what: 'units that social did not count',
    database: 'social',
    sql: `UPDATE social_profile SET purchases = 0`,
    found: /\d+ in orders, 0 counted by social/,
  },
  {
    check: 'ratings',
    what: 'a review that a rating does not count',
    database: 'social',
    sql: `INSERT INTO listing_rating (listing_id, votes_4) VALUES (gen_random_uuid(), 1)`,
    found: /rating of \S+: 0 by its reviews, 4000000000000001 in social/,
  },
  {
    check: 'ratings',
    what: 'a rating that only catalog has',
    database: 'catalog',
    sql: `INSERT INTO listing_rating (listing_id, rating_key) VALUES (gen_random_uuid(), 1)`,
    found: /rating of \S+: 0 in social, 1 in catalog/,
  },
];
