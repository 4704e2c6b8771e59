import { orderEvents } from '@souk/shared/contracts/order';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { newId, toApiId } from '@souk/shared/ids';
import { singleItem } from '@souk/shared/single-item';
import type { EntityManager } from 'typeorm';
import type { OrderEntity } from '../../entities/order.js';
import { OrderLineEntity } from '../../entities/order.js';
import { lockOrders } from '../locks.js';
import { shippableUnits } from '../order/line-units.js';
import { recordEvent } from '../order/order.js';
import { moveOrder } from '../order/order-status-change.js';
import type { LineQuantity, NewShipment, SoldLines } from './shipment-validation.js';
import { validateShipment } from './shipment-validation.js';
import { trackingUrlOf } from './carrier.js';

/**
 * Records a shipment. The order is PROCESSING then, and COMPLETED once nothing is left to ship. The order's row lock
 * serializes shipments and cancellations, so that no unit is shipped twice, or shipped and canceled.
 * @param shipper the user, and the lines that they may ship
 * @throws Rejection or Rejections NOT_FOUND (line), ILLEGAL_TRANSITION (not PAID or PROCESSING), CONFLICT (its checkout or
 * a cancellation is running, the money was returned, or fewer units are left), INVALID
 */
export async function ship(
  manager: EntityManager,
  outbox: Outbox,
  orderId: string,
  { items, carrier, trackingNumber }: NewShipment,
  { shipperId, soldLines }: { shipperId: string; soldLines: SoldLines },
): Promise<string> {
  const order = singleItem(await lockOrders(manager, [orderId]));
  const lines = await manager.find(OrderLineEntity, { where: { orderId }, order: { position: 'ASC' } });
  const shipped = await validateShipment(manager, order, { lines, items, soldLines });
  const id = newId();
  const [{ shipped_at: shippedAt } = { shipped_at: new Date() }]: { shipped_at: Date }[] =
    await manager.query(
      `INSERT INTO shipment (id, order_id, carrier, tracking_number, shipped_by, shipped_at)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp()) RETURNING shipped_at`,
      [id, orderId, carrier, trackingNumber, shipperId],
    );
  await insertItems(manager, id, shipped);
  const units = shipped.reduce((sum, { quantity }) => sum + quantity, 0);
  const message =
    units === 1 ? `A unit was shipped: ${carrier}.` : `${units} units were shipped: ${carrier}.`;
  await recordEvent(manager, orderId, 'note', message, shipperId);
  const quantities = new Map(shipped.map(({ lineId, quantity }) => [lineId, quantity]));
  outbox.publish(orderEvents.orderShipped, orderId, {
    userId: order.customerId,
    orderId,
    orderNumber: order.number,
    shipmentId: id,
    carrier,
    trackingNumber,
    trackingUrl: trackingUrlOf(carrier, trackingNumber),
    shippedAt: shippedAt.toISOString(),
    lines: lines
      .filter((line) => quantities.has(line.id))
      .map((line) => ({
        lineId: line.id,
        listingId: line.listingId,
        title: line.title,
        quantity: quantities.get(line.id) ?? 0,
      })),
  });
  recordAction(outbox, 'MARK_SHIPPED', orderId, {
    before: null,
    after: {
      shipmentId: toApiId('shipment', id),
      carrier,
      items: shipped.map(({ lineId, quantity }) => ({ itemId: toApiId('line', lineId), quantity })),
    },
  });
  const left = lines.reduce((sum, line) => sum + shippableUnits(line) - (quantities.get(line.id) ?? 0), 0);
  await continueOrder(manager, outbox, order, { isComplete: left === 0, shipperId });
  return id;
}

async function insertItems(
  manager: EntityManager,
  shipmentId: string,
  items: readonly LineQuantity[],
): Promise<void> {
  await manager.query(
    `WITH shipped AS (
       INSERT INTO shipment_item (shipment_id, line_id, quantity)
       SELECT $1, line_id, quantity FROM unnest($2::uuid[], $3::int[]) AS n (line_id, quantity)
       RETURNING line_id, quantity
     )
     UPDATE order_line l SET shipped_quantity = l.shipped_quantity + s.quantity FROM shipped s WHERE l.id = s.line_id`,
    [shipmentId, items.map(({ lineId }) => lineId), items.map(({ quantity }) => quantity)],
  );
}

/** Moves the order on after a shipment. */
async function continueOrder(
  manager: EntityManager,
  outbox: Outbox,
  order: OrderEntity,
  { isComplete, shipperId }: { isComplete: boolean; shipperId: string },
): Promise<void> {
  const facts = { ships: true, shipped: true, redeemed: false };
  const statuses = [
    ...(order.status === 'PAID' ? (['PROCESSING'] as const) : []),
    ...(isComplete ? (['COMPLETED'] as const) : []),
  ];
  for (const to of statuses) {
    if (!(await moveOrder(manager, outbox, order, { to, facts, actorId: shipperId })))
      throw new Error(`Order ${order.id} cannot be ${to}.`);
  }
}
