import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { OrderStatus } from '../entities/order.js';
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

/** An entry of an order's history. */
export interface OrderNote {
  orderId: string;
  type: OrderEventType;
  message: string;
  /** UUID of whose doing it was; left out where it was nobody's. */
  actorId?: string;
}

/** Adds to an order's history. */
export async function noteEvent(
  manager: EntityManager,
  orderId: string,
  type: OrderEventType,
  message: string,
  actorId?: string,
): Promise<void> {
  await noteEvents(manager, [{ orderId, type, message, ...(actorId !== undefined && { actorId }) }]);
}

/** Adds to the histories of orders, in the order given. */
export async function noteEvents(manager: EntityManager, notes: readonly OrderNote[]): Promise<void> {
  if (notes.length === 0) return;
  await manager.query(
    `INSERT INTO order_event (order_id, at, type, message, actor_id)
     SELECT order_id, clock_timestamp(), type, message, actor_id
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) WITH ORDINALITY AS n (order_id, type, message, actor_id, nth)
     ORDER BY nth`,
    [
      notes.map((note) => note.orderId),
      notes.map((note) => note.type),
      notes.map((note) => note.message),
      notes.map((note) => note.actorId ?? null),
    ],
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
