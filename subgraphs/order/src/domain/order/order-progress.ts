import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { QuotedLine } from '@souk/shared/contracts/catalog';
import type { address } from '@souk/shared/contracts/values';
import type { RejectionData } from '@souk/shared/errors';
import type { Money } from '@souk/shared/money';
import type { OrderPaymentStatus } from '../../entities/order.js';
import type { NewOrderEvent } from './order.js';
import { recordEvents } from './order.js';
import { metConditions, sourcesOf, unmetConditions } from './order-status.js';

// Updates of orders by the steps of their checkouts, with set-based statements.

/** Catalog's quote for an order. */
export interface OrderQuote {
  orderId: string;
  lines: readonly QuotedLine[];
  total: Money;
}

/** Failure of an order's checkout. `paymentStatus` applies unless payment has stated one. */
export interface OrderFailure {
  orderId: string;
  failure: RejectionData;
  paymentStatus: OrderPaymentStatus;
}

/** Replaces the displayed lines and totals by catalog's quotes, at step RESERVE_ITEMS. */
export async function applyQuotes(manager: EntityManager, quotes: readonly OrderQuote[]): Promise<void> {
  await manager.query(
    `UPDATE order_line l
     SET offer_id = q."offerId", listing_id = q."listingId", partner_id = q."partnerId", title = q.title, upc = q.upc,
         quantity = q.quantity, unit_amount = (q."unitPrice"->>'amount')::bigint, currency = q."unitPrice"->>'currency',
         seat_ids = ARRAY(SELECT jsonb_array_elements_text(q."seatIds")::uuid), fulfilment = q.fulfilment,
         valid_from = q."validFrom", valid_until = q."validUntil"
     FROM jsonb_to_recordset($1::jsonb) AS q ("orderId" uuid, "lineId" uuid, "offerId" uuid, "listingId" uuid,
       "partnerId" uuid, title text, upc text, quantity int, "unitPrice" jsonb, "seatIds" jsonb, fulfilment text,
       "validFrom" timestamptz, "validUntil" timestamptz)
     WHERE l.order_id = q."orderId" AND l.id = q."lineId"`,
    [JSON.stringify(quotes.flatMap(({ orderId, lines }) => lines.map((line) => ({ orderId, ...line }))))],
  );
  await manager.query(
    `UPDATE customer_order o SET total_amount = q.amount, currency = q.currency
     FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS q (id, amount, currency)
     WHERE o.id = q.id AND (o.total_amount <> q.amount OR o.currency <> q.currency)`,
    [
      quotes.map(({ orderId }) => orderId),
      quotes.map(({ total }) => total.amount),
      quotes.map(({ total }) => total.currency),
    ],
  );
}

/** Stores the shipping addresses as of the buyers' validation. */
export async function storeAddresses(
  manager: EntityManager,
  orders: readonly { orderId: string; shippingAddress: z.infer<typeof address> | null }[],
): Promise<void> {
  const shipped = orders.filter(({ shippingAddress }) => shippingAddress !== null);
  if (shipped.length === 0) return;
  await manager.query(
    `UPDATE customer_order o SET shipping_address = a.address
     FROM unnest($1::uuid[], $2::jsonb[]) AS a (id, address) WHERE o.id = a.id`,
    [
      shipped.map(({ orderId }) => orderId),
      shipped.map(({ shippingAddress }) => JSON.stringify(shippingAddress)),
    ],
  );
}

/** Marks orders as paid. @throws if one of them can no longer be paid */
export async function markPaid(manager: EntityManager, orderIds: readonly string[]): Promise<void> {
  const [, paid]: [unknown, number] = await manager.query(
    // The event of a refund or a dispute may have arrived first.
    `UPDATE customer_order SET status = 'PAID', paid_at = clock_timestamp(),
       payment_status = CASE WHEN payment_position = 0 THEN 'PAID' ELSE payment_status END
     WHERE id = ANY($1) AND status = ANY($2)`,
    [orderIds, sourcesOf('PAID', unmetConditions)],
  );
  if (paid < orderIds.length) throw new Error(`Of ${orderIds.length} orders only ${paid} could be paid.`);
  await recordEvents(
    manager,
    orderIds.map((orderId) => ({ orderId, type: 'payment', message: 'The order was paid.' })),
  );
}

/** Completes orders without shipments; people continue the others from PAID. */
export async function completeUnlessShipped(
  manager: EntityManager,
  orders: readonly { orderId: string; ships: boolean }[],
): Promise<void> {
  await recordEvents(
    manager,
    orders.map(({ orderId }) => ({ orderId, type: 'saga', message: 'The checkout was completed.' })),
  );
  const complete = orders.filter(({ ships }) => !ships).map(({ orderId }) => orderId);
  if (complete.length === 0) return;
  const [completed]: [{ id: string }[], number] = await manager.query(
    `UPDATE customer_order SET status = 'COMPLETED', completed_at = clock_timestamp()
     WHERE id = ANY($1) AND status = ANY($2) RETURNING id`,
    [complete, sourcesOf('COMPLETED', metConditions)],
  );
  await recordEvents(
    manager,
    completed.map(({ id }) => ({ orderId: id, type: 'status', message: 'The order was completed.' })),
  );
}

/** The conditions of an order whose checkout was compensated: its tokens are revoked, and nothing of it was shipped. */
const compensated = { ships: true, shipped: false, redeemed: false };

/** Cancels the orders of failed checkouts, after their compensation. */
export async function failOrders(manager: EntityManager, failures: readonly OrderFailure[]): Promise<void> {
  const [rows]: [{ id: string }[], number] = await manager.query(
    `UPDATE customer_order o SET status = 'CANCELLED', cancel_reason = f.reason,
       cancelled_at = clock_timestamp(),
       payment_status = CASE WHEN o.payment_position > 0 THEN o.payment_status ELSE f.payment_status END
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS f (id, payment_status, reason)
     WHERE o.id = f.id AND o.status = ANY($4) RETURNING o.id`,
    [
      failures.map(({ orderId }) => orderId),
      failures.map(({ paymentStatus }) => paymentStatus),
      failures.map(({ failure }) => failure.message),
      sourcesOf('CANCELLED', compensated),
    ],
  );
  const ended = new Set(rows.map(({ id }) => id));
  await recordEvents(manager, failures.filter(({ orderId }) => ended.has(orderId)).map(eventOf));
}

function eventOf({ orderId, failure }: OrderFailure): NewOrderEvent {
  return { orderId, type: 'status', message: `The order was cancelled: ${failure.message}` };
}
