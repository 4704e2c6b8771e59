import type { EntityManager } from 'typeorm';
import type { address } from '@souk/shared/contracts/values';
import type { QuotedLine } from '@souk/shared/contracts/catalog';
import type { RejectionData } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import type { z } from 'zod';
import type { OrderPaymentStatus, OrderStatus } from '../entities/order.js';
import { OrderLineEntity } from '../entities/order.js';
import { newOrderNumber } from './codes.js';
import type { OrderFacts } from './order-status.js';
import { firstStatus, sourcesOf } from './order-status.js';
import type { WantedLine } from './purchase-rules.js';

/** The kinds of entries in an order's history. */
export type OrderEventType = 'status' | 'payment' | 'saga' | 'token' | 'refund' | 'note';

/** An order that was just placed. */
export interface PlacedOrder {
  id: string;
  number: string;
  lines: OrderLineEntity[];
}

const numberTries = 5;

/** Writes a PENDING order and its lines as the buyer was shown them; catalog's quote replaces them. */
export async function placeOrder(
  manager: EntityManager,
  order: { customerId: string; checkoutId: string; lines: readonly WantedLine[] },
): Promise<PlacedOrder> {
  const [first] = order.lines;
  if (!first) throw new Error('An order has at least one line.');
  const id = newId();
  const total = order.lines.reduce((sum, line) => sum + line.offer.unitAmount * line.quantity, 0);
  const number = await insertOrder(manager, [
    id,
    order.customerId,
    order.checkoutId,
    firstStatus,
    first.offer.currency,
    total,
  ]);
  const lines = order.lines.map((line, position) => lineOf(id, position, line));
  await manager.insert(OrderLineEntity, lines);
  await noteEvent(manager, id, 'status', 'The order was placed.', order.customerId);
  return { id, number, lines };
}

/** Replaces what the buyer was shown by what catalog quoted, at step RESERVE_ITEMS. */
export async function applyQuote(
  manager: EntityManager,
  orderId: string,
  quote: { lines: readonly QuotedLine[]; total: Money },
): Promise<void> {
  await manager.query(
    `UPDATE order_line l
     SET offer_id = q."offerId", listing_id = q."listingId", partner_id = q."partnerId", title = q.title, upc = q.upc,
         quantity = q.quantity, unit_amount = (q."unitPrice"->>'amount')::bigint, currency = q."unitPrice"->>'currency',
         seat_ids = ARRAY(SELECT jsonb_array_elements_text(q."seatIds")::uuid), fulfilment = q.fulfilment,
         valid_from = q."validFrom", valid_until = q."validUntil"
     FROM jsonb_to_recordset($2::jsonb) AS q ("lineId" uuid, "offerId" uuid, "listingId" uuid, "partnerId" uuid,
       title text, upc text, quantity int, "unitPrice" jsonb, "seatIds" jsonb, fulfilment text,
       "validFrom" timestamptz, "validUntil" timestamptz)
     WHERE l.order_id = $1 AND l.id = q."lineId"`,
    [orderId, JSON.stringify(quote.lines)],
  );
  await manager.query('UPDATE customer_order SET total_amount = $2, currency = $3 WHERE id = $1', [
    orderId,
    quote.total.amount,
    quote.total.currency,
  ]);
}

/** Keeps the address as it was when the buyer was validated. */
export async function keepAddress(
  manager: EntityManager,
  orderId: string,
  shippingAddress: z.infer<typeof address> | null,
): Promise<void> {
  if (shippingAddress === null) return;
  await manager.query('UPDATE customer_order SET shipping_address = $2 WHERE id = $1', [
    orderId,
    JSON.stringify(shippingAddress),
  ]);
}

/** The money has moved. */
export async function markPaid(manager: EntityManager, orderId: string): Promise<void> {
  if (!(await move(manager, orderId, 'PAID'))) throw new Error(`Order ${orderId} cannot be paid any more.`);
  await manager.query(
    `UPDATE customer_order SET payment_status = 'PAID', paid_at = clock_timestamp() WHERE id = $1`,
    [orderId],
  );
  await noteEvent(manager, orderId, 'payment', 'The order was paid.');
}

/** Completes an order of which nothing is to be shipped; one with parcels goes on from PAID by hand. */
export async function completeUnlessShipped(
  manager: EntityManager,
  orderId: string,
  ships: boolean,
): Promise<void> {
  if (!(await move(manager, orderId, 'COMPLETED', { ships, redeemed: false }))) return;
  await manager.query('UPDATE customer_order SET completed_at = clock_timestamp() WHERE id = $1', [orderId]);
  await noteEvent(manager, orderId, 'status', 'The order was completed.');
}

/** Ends the order of a checkout that failed; everything it had done is undone. */
export async function failOrder(
  manager: EntityManager,
  orderId: string,
  { failure, paymentStatus }: { failure: RejectionData; paymentStatus: OrderPaymentStatus },
): Promise<void> {
  if (!(await move(manager, orderId, 'CANCELLED'))) return;
  await manager.query(
    `UPDATE customer_order SET payment_status = $2, cancel_reason = $3, cancelled_at = clock_timestamp(),
       refunded_amount = CASE WHEN $2 = 'REFUNDED' THEN total_amount ELSE refunded_amount END
     WHERE id = $1`,
    [orderId, paymentStatus, failure.message],
  );
  if (paymentStatus === 'REFUNDED') await noteEvent(manager, orderId, 'refund', 'The payment was refunded.');
  await noteEvent(manager, orderId, 'status', `The order was cancelled: ${failure.message}`);
}

/** Adds to an order's history. */
export async function noteEvent(
  manager: EntityManager,
  orderId: string,
  type: OrderEventType,
  message: string,
  actorId: string | null = null,
): Promise<void> {
  await manager.query(
    `INSERT INTO order_event (order_id, at, type, message, actor_id) VALUES ($1, clock_timestamp(), $2, $3, $4)`,
    [orderId, type, message, actorId],
  );
}

/** Moves an order where the table of moves allows it from where it stands. */
export async function move(
  manager: EntityManager,
  orderId: string,
  to: OrderStatus,
  facts: OrderFacts = { ships: true, redeemed: true },
): Promise<boolean> {
  const [, moved]: [unknown, number] = await manager.query(
    'UPDATE customer_order SET status = $2 WHERE id = $1 AND status = ANY($3)',
    [orderId, to, sourcesOf(to, facts)],
  );
  return moved > 0;
}

async function insertOrder(manager: EntityManager, values: readonly unknown[]): Promise<string> {
  for (let tries = 1; tries <= numberTries; tries += 1) {
    const number = newOrderNumber();
    const inserted: unknown[] = await manager.query(
      `INSERT INTO customer_order (id, number, customer_id, checkout_id, status, payment_status, currency, total_amount,
         refunded_amount, placed_at)
       VALUES ($1, $7, $2, $3, $4, 'UNPAID', $5, $6, 0, clock_timestamp())
       ON CONFLICT (number) DO NOTHING RETURNING 1`,
      [...values, number],
    );
    if (inserted.length > 0) return number;
  }
  throw new Error('No free order number was found.');
}

function lineOf(
  orderId: string,
  position: number,
  { offer, quantity, seatIds }: WantedLine,
): OrderLineEntity {
  return Object.assign(new OrderLineEntity(), {
    id: newId(),
    orderId,
    position,
    offerId: offer.offerId,
    listingId: offer.listingId,
    partnerId: null,
    title: offer.title,
    upc: offer.upc,
    quantity,
    seatIds: [...seatIds],
    unitAmount: offer.unitAmount,
    currency: offer.currency,
    fulfilment: offer.fulfilment,
    validFrom: null,
    validUntil: null,
  });
}
