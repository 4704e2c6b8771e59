import { recordsOf } from '@souk/shared/db/person-export';

/** All that order stores about a person. The tokens of card payments are secrets of the provider. */
export const exportPerson = recordsOf({
  carts: `
    SELECT c.id, c.is_main, c.currency, c.created_at, c.updated_at, (
      SELECT coalesce(json_agg(json_build_object('offerId', i.offer_id, 'listingId', i.listing_id, 'title', i.title,
        'quantity', i.quantity, 'unitAmount', i.unit_amount, 'seatIds', i.seat_ids) ORDER BY i.id), '[]')
      FROM cart_item i WHERE i.cart_id = c.id) AS items
    FROM cart c WHERE c.owner_id = $1 ORDER BY c.id`,
  orders: `
    SELECT o.id, o.number, o.status, o.payment_status, o.currency, o.total_amount, o.refunded_amount,
      o.shipping_address, o.cancel_reason, o.placed_at, o.paid_at, o.completed_at, o.cancelled_at, (
      SELECT json_agg(json_build_object('listingId', l.listing_id, 'offerId', l.offer_id, 'title', l.title,
        'quantity', l.quantity, 'unitAmount', l.unit_amount, 'seatIds', l.seat_ids) ORDER BY l.position)
      FROM order_line l WHERE l.order_id = o.id) AS lines, (
      SELECT json_agg(json_build_object('at', e.at, 'type', e.type, 'message', e.message) ORDER BY e.id)
      FROM order_event e WHERE e.order_id = o.id) AS history, (
      SELECT json_agg(json_build_object('carrier', s.carrier, 'trackingNumber', s.tracking_number,
        'shippedAt', s.shipped_at) ORDER BY s.id)
      FROM shipment s WHERE s.order_id = o.id) AS shipments
    FROM customer_order o WHERE o.customer_id = $1 ORDER BY o.id`,
  tokens: `
    SELECT id, code, kind, status, order_id, offer_id, listing_id, seat_id, valid_from, valid_until, purchased_at,
      redeemed_at
    FROM purchase_token WHERE holder_id = $1 ORDER BY id`,
  transfers: `
    SELECT t.token_id, t.from_id, t.to_id, t.offered_at, t.ended_at, t.accepted FROM token_transfer t
    JOIN purchase_token p ON p.id = t.token_id
    WHERE p.holder_id = $1 OR (t.to_id = $1 AND t.ended_at IS NULL) ORDER BY t.id`,
  sagas: `
    SELECT s.id, s.transaction_id, s.definition, s.status, s.order_id, s.started_at, s.completed_at,
      s.input->'payment'->>'method' AS payment_method, s.input->'payment'->>'returnUrl' AS return_url,
      s.input->>'reason' AS reason
    FROM saga s JOIN customer_order o ON o.id = s.order_id WHERE o.customer_id = $1 ORDER BY s.id`,
  actions: `
    SELECT e.order_id, e.at, e.type, e.message FROM order_event e JOIN customer_order o ON o.id = e.order_id
    WHERE e.actor_id = $1 AND o.customer_id <> $1 ORDER BY e.id`,
  idempotencyKeys: `
    SELECT operation, key, created_at FROM idempotency_key WHERE caller = $1::text ORDER BY created_at`,
});
