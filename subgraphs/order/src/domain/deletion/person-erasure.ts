import type { EntityManager } from 'typeorm';

/** Replaces a text that a person may have written. */
const erasedText = 'This text was erased with the account.';

/**
 * Erases a person's data from their carts, orders and sagas. Numbers, lines and amounts of orders stay, and tokens stay
 * valid under the holder's id, which names nobody any more. All their checkouts have ended.
 * @param userId UUID
 */
export async function erasePerson(manager: EntityManager, userId: string): Promise<void> {
  const orders = 'SELECT id FROM customer_order WHERE customer_id = $1';
  await manager.query('DELETE FROM idempotency_key WHERE caller = $1', [userId]);
  await manager.query(
    `UPDATE saga SET
       input = (input::jsonb || CASE definition
         WHEN 'checkout' THEN jsonb_build_object('shippingAddressId', NULL, 'clientNetwork', NULL, 'cartDigests', '[]'::jsonb,
           'payment', input::jsonb->'payment' || '{"paymentMethodToken": null, "returnUrl": null}')
         ELSE '{"reason": ""}' END)::json,
       state = jsonb_set(state::jsonb, '{outputs}', (
         SELECT coalesce(jsonb_agg(
           CASE WHEN jsonb_typeof(output) = 'object' AND output ? 'shippingAddress'
             THEN '{"shippingAddress": null, "locale": "en"}' ELSE output END ORDER BY n), '[]')
         FROM jsonb_array_elements(state::jsonb->'outputs') WITH ORDINALITY AS o (output, n)))::json
     WHERE order_id IN (${orders}) AND status IN ('COMPLETED', 'FAILED')`,
    [userId],
  );
  await manager.query(
    `UPDATE customer_order SET shipping_address = NULL,
       cancel_reason = CASE WHEN cancel_reason IS NOT NULL THEN $2 END
     WHERE customer_id = $1 AND (shipping_address IS NOT NULL OR cancel_reason IS NOT NULL)`,
    [userId, erasedText],
  );
  await manager.query(
    `UPDATE shipment SET tracking_number = NULL WHERE order_id IN (${orders}) AND tracking_number IS NOT NULL`,
    [userId],
  );
  // Texts of people have an actor. Sagas name none, and write nothing personal.
  await manager.query(
    `UPDATE order_event SET message = $2 WHERE order_id IN (${orders}) AND actor_id IS NOT NULL`,
    [userId, erasedText],
  );
  await manager.query('DELETE FROM recipient_lookup WHERE user_id = $1', [userId]);
  // A deleted user accepts no token: offers to them end, and the tokens stay with their holders.
  await manager.query(
    'UPDATE token_transfer SET ended_at = clock_timestamp() WHERE to_id = $1 AND ended_at IS NULL',
    [userId],
  );
  await manager.query('DELETE FROM cart WHERE owner_id = $1', [userId]);
}
