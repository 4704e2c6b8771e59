import type { EntityManager } from 'typeorm';
import { publishChange } from '@souk/shared/db/pending-changes';
import { newId } from '@souk/shared/ids';
import type { OrderStatus } from '../../entities/order.js';
import { newOrderNumber } from '../codes.js';
import type { OrderConditions } from './order-status.js';
import { firstStatus, sourcesOf, unmetConditions } from './order-status.js';
import type { RequestedLine } from '../purchase/purchase-validation.js';
import { orderTopic } from '../topics.js';

/** The kinds of entries in an order's history. */
export type OrderEventType = 'status' | 'payment' | 'saga' | 'token' | 'refund' | 'note';

/** An order to place. */
export interface NewOrder {
  /** UUIDs. */
  customerId: string;
  checkoutId: string;
  /** At least one. */
  lines: readonly RequestedLine[];
}

/** A placed order. */
export interface PlacedOrder {
  id: string;
  number: string;
  lines: { id: string; offerId: string; quantity: number; seatIds: readonly string[] }[];
}

/** An order with generated ids. */
interface OrderWithIds extends NewOrder {
  id: string;
  lines: readonly (RequestedLine & { id: string })[];
}

const numberTries = 5;

/**
 * Inserts PENDING orders with the lines that the buyers saw; catalog's quote replaces them later. Returns
 * them in the order given.
 */
export async function placeOrders(
  manager: EntityManager,
  orders: readonly NewOrder[],
): Promise<PlacedOrder[]> {
  if (orders.length === 0) return [];
  const begun = orders.map((order): OrderWithIds => ({
    ...order,
    id: newId(),
    lines: order.lines.map((line) => ({ ...line, id: newId() })),
  }));
  const numbers = await insertOrders(manager, begun);
  await insertLines(manager, begun);
  await recordEvents(
    manager,
    begun.map(({ id, customerId }) => ({
      orderId: id,
      type: 'status',
      message: 'The order was placed.',
      actorId: customerId,
    })),
  );
  return begun.map(({ id, lines }) => ({
    id,
    number: numbers.get(id) ?? '',
    lines: lines.map((line) => ({ ...line, offerId: line.offer.offerId })),
  }));
}

/** An entry of an order's history. */
export interface NewOrderEvent {
  orderId: string;
  type: OrderEventType;
  message: string;
  /** UUID of the acting user; absent for automatic changes. */
  actorId?: string;
}

/** Adds an entry to an order's history and publishes the change. */
export async function recordEvent(
  manager: EntityManager,
  orderId: string,
  type: OrderEventType,
  message: string,
  actorId?: string,
): Promise<void> {
  publishChange(manager, [orderTopic(orderId)]);
  await recordEvents(manager, [{ orderId, type, message, ...(actorId !== undefined && { actorId }) }]);
}

/** Adds entries to the histories of orders, in the order given. */
export async function recordEvents(manager: EntityManager, notes: readonly NewOrderEvent[]): Promise<void> {
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

/** Changes an order's status if the transition is allowed. Returns whether it did. */
export async function transitionTo(
  manager: EntityManager,
  orderId: string,
  to: OrderStatus,
  facts: OrderConditions = unmetConditions,
): Promise<boolean> {
  const [, moved]: [unknown, number] = await manager.query(
    'UPDATE customer_order SET status = $2 WHERE id = $1 AND status = ANY($3)',
    [orderId, to, sourcesOf(to, facts)],
  );
  return moved > 0;
}

/** Inserts the orders and returns their numbers by id; regenerates numbers that are taken. */
async function insertOrders(
  manager: EntityManager,
  orders: readonly OrderWithIds[],
): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  for (let tries = 1; tries <= numberTries; tries += 1) {
    const open = orders.filter(({ id }) => !numbers.has(id));
    const inserted: { id: string; number: string }[] = await manager.query(
      `INSERT INTO customer_order (id, number, customer_id, checkout_id, status, payment_status, currency, total_amount,
         refunded_amount, placed_at)
       SELECT id, number, customer_id, checkout_id, $7, 'UNPAID', currency, total_amount, 0, clock_timestamp()
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[])
         AS n (id, number, customer_id, checkout_id, currency, total_amount)
       ON CONFLICT (number) DO NOTHING RETURNING id, number`,
      [
        open.map(({ id }) => id),
        open.map(() => newOrderNumber()),
        open.map(({ customerId }) => customerId),
        open.map(({ checkoutId }) => checkoutId),
        open.map(currencyOf),
        open.map(({ lines }) =>
          lines.reduce((sum, { offer, quantity }) => sum + offer.unitAmount * quantity, 0),
        ),
        firstStatus,
      ],
    );
    for (const { id, number } of inserted) numbers.set(id, number);
    if (numbers.size === orders.length) return numbers;
  }
  throw new Error('No free order number was found.');
}

function currencyOf({ lines: [first] }: OrderWithIds): string {
  if (!first) throw new Error('An order has at least one line.');
  return first.offer.currency;
}

async function insertLines(manager: EntityManager, orders: readonly OrderWithIds[]): Promise<void> {
  const lines = orders.flatMap((order) =>
    order.lines.map(({ id, offer, quantity, seatIds }, position) => ({
      id,
      order_id: order.id,
      position,
      offer_id: offer.offerId,
      listing_id: offer.listingId,
      title: offer.title,
      upc: offer.upc,
      quantity,
      seat_ids: seatIds,
      unit_amount: offer.unitAmount,
      currency: offer.currency,
      fulfilment: offer.fulfilment,
    })),
  );
  await manager.query(
    `INSERT INTO order_line (id, order_id, position, offer_id, listing_id, title, upc, quantity, seat_ids, unit_amount,
       currency, fulfilment)
     SELECT * FROM json_to_recordset($1) AS n (id uuid, order_id uuid, position int, offer_id uuid, listing_id uuid,
       title text, upc text, quantity int, seat_ids uuid[], unit_amount bigint, currency text, fulfilment text)`,
    [JSON.stringify(lines)],
  );
}
