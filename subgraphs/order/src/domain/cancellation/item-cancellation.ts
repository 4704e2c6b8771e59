import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import type { Cause } from '@souk/shared/event';
import { singleItem } from '@souk/shared/single-item';
import type { EntityManager } from 'typeorm';
import type { OrderEntity } from '../../entities/order.js';
import { OrderLineEntity } from '../../entities/order.js';
import type { TokenEntity } from '../../entities/token.js';
import { lockOrders, lockTokensOfOrders } from '../locks.js';
import { remainingUnits, shippableUnits } from '../order/line-units.js';
import { recordEvent } from '../order/order.js';
import { findRunningSaga } from '../order/order-conditions.js';
import { metConditions } from '../order/order-status.js';
import { moveOrder } from '../order/order-status-change.js';
import { revokeTokensOfUnits } from '../token/token.js';
import { refundOf } from '../order/line-price.js';
import { isHeldByDispute } from './cancellation.js';
import type { RequestedUnits, SelectedUnits } from './unit-selection.js';
import { selectUnits } from './unit-selection.js';

/** Argument that names the order. */
export const orderIdField = ['orderId'];

/** Units of a line that are canceled, with what identifies them to others. */
export interface CancelledLine {
  lineId: string;
  offerId: string;
  listingId: string;
  partnerId: string | null;
  title: string;
  fulfilment: OrderLineEntity['fulfilment'];
  /** From 0. */
  units: number[];
  /** Their seats; empty without. */
  seatIds: string[];
  /** Their price, in minor units. */
  amount: number;
}

/** The selected units of an order, which is locked. */
export interface ItemSelection {
  order: OrderEntity;
  lines: CancelledLine[];
  /** Whether nothing else is left of the order. */
  isWhole: boolean;
}

/**
 * Locks an order and selects units to cancel. The lock makes concurrent cancellations and shipments of its units wait: at
 * most one finds them.
 * @throws Rejection or Rejections ILLEGAL_TRANSITION (already canceled), NOT_CANCELLABLE (the payment is or was disputed),
 * CONFLICT (its checkout or a cancellation is running), and as `selectUnits`
 */
export async function selectItems(
  manager: EntityManager,
  orderId: string,
  requested: readonly RequestedUnits[],
): Promise<ItemSelection> {
  const order = singleItem(await lockOrders(manager, [orderId]));
  const refusal = refusalOf(order) ?? (await findRunningSaga(manager, order, orderIdField));
  if (refusal) throw refusal;
  const lines = await manager.find(OrderLineEntity, { where: { orderId }, order: { position: 'ASC' } });
  const tokens = await lockTokensOfOrders(manager, [orderId]);
  const selected = selectUnits({ status: order.status, lines, tokens }, requested);
  const left = lines.reduce((sum, line) => sum + remainingUnits(line), 0);
  const units = selected.reduce((sum, line) => sum + line.units.length, 0);
  return { order, lines: selected.map(cancelledLine), isWhole: units === left };
}

function refusalOf(order: OrderEntity): Rejection | null {
  const field = orderIdField;
  if (order.status === 'CANCELLED')
    return new Rejection('ILLEGAL_TRANSITION', 'The order is already cancelled.', { field });
  // Money that a bank took for good would not come back for the units.
  if (!isHeldByDispute(order) && order.chargedBackAmount === 0) return null;
  const message =
    "No part of the order can be cancelled: the buyer's bank decides, or decided, about its money.";
  return new Rejection('NOT_CANCELLABLE', message, { field });
}

/** Whether units of an order may be canceled now. A PENDING order's checkout has not ended. */
export function isCancellableInPart(order: OrderEntity): boolean {
  return order.cancellationId === null && refusalOf(order) === null;
}

function cancelledLine({ line, units }: SelectedUnits): CancelledLine {
  const { id: lineId, offerId, listingId, partnerId, title, fulfilment } = line;
  const seatIds = units.flatMap((unit) => line.seatIds[unit] ?? []);
  const amount = refundOf(line, units.length);
  return { lineId, offerId, listingId, partnerId, title, fulfilment, units, seatIds, amount };
}

/** Marks an order, which is locked, as being canceled in part; only the saga changes it from then on. */
export async function beginItemCancellation(
  manager: EntityManager,
  { order, lines }: ItemSelection,
  { cancellationId, reason, actorId }: { cancellationId: string; reason: string; actorId: string },
): Promise<void> {
  await manager.query('UPDATE customer_order SET cancellation_id = $2 WHERE id = $1', [
    order.id,
    cancellationId,
  ]);
  const message = `A part of the order is being cancelled: ${describe(lines)}. ${reason}`;
  await recordEvent(manager, order.id, 'note', message, actorId);
}

/** Units whose tokens are to be revoked. */
export interface OrderPart {
  orderId: string;
  lines: readonly { lineId: string; units: readonly number[] }[];
}

/**
 * Revokes the tokens of units that are being canceled. The row locks order it before or after a concurrent redemption.
 * Returns, in order, null or NOT_CANCELLABLE if one of the tokens was redeemed, or the payment disputed, since the
 * cancellation began; the tokens are then unchanged.
 */
export async function withdrawUnits(
  manager: EntityManager,
  parts: readonly OrderPart[],
): Promise<(Rejection | null)[]> {
  const orderIds = parts.map(({ orderId }) => orderId);
  const orders = new Map((await lockOrders(manager, orderIds)).map((order) => [order.id, order]));
  const tokens = await lockTokensOfOrders(manager, orderIds);
  const refusals: (Rejection | null)[] = [];
  for (const part of parts) {
    const order = orders.get(part.orderId);
    if (!order) throw new Error(`There is no order ${part.orderId}.`);
    const own = tokens.filter((token) => isOf(token, part));
    const refusal = own.some(({ status }) => status === 'REDEEMED')
      ? new Rejection('NOT_CANCELLABLE', 'One of the tokens has been redeemed.')
      : refusalOf(order);
    if (!refusal) await revokeTokensOfUnits(manager, part.orderId, own);
    refusals.push(refusal);
  }
  return refusals;
}

function isOf({ lineId, unit }: TokenEntity, { lines }: OrderPart): boolean {
  return lines.some((line) => line.lineId === lineId && line.units.includes(unit));
}

/** A part of an order, all steps of whose cancellation are done. */
export interface EndedPart {
  orderId: string;
  lines: readonly CancelledLine[];
  reason: string;
  actorId: string;
}

/** Counts the units as canceled. An order of which nothing is left to ship is completed. */
export async function endItemCancellation(
  manager: EntityManager,
  outbox: Outbox,
  { orderId, lines, reason, actorId }: EndedPart,
  cause: Cause,
): Promise<void> {
  const order = singleItem(await lockOrders(manager, [orderId]));
  await manager.query(
    `UPDATE order_line l
     SET cancelled_units = cancelled_units || ARRAY(SELECT jsonb_array_elements_text(c.units)::int)
     FROM jsonb_to_recordset($1::jsonb) AS c ("lineId" uuid, units jsonb) WHERE l.id = c."lineId"`,
    [JSON.stringify(lines)],
  );
  await manager.query('UPDATE customer_order SET cancellation_id = NULL WHERE id = $1', [orderId]);
  const message = `A part of the order was cancelled: ${describe(lines)}. ${reason}`;
  await recordEvent(manager, orderId, 'saga', message, actorId);
  if (order.status !== 'PAID' && order.status !== 'PROCESSING') return;
  const rest = await manager.findBy(OrderLineEntity, { orderId });
  if (rest.some((line) => shippableUnits(line) > 0)) return;
  await moveOrder(manager, outbox, order, { to: 'COMPLETED', facts: metConditions, actorId, cause });
}

/** Ends a rejected cancellation of a part; the order is unchanged. */
export async function refuseItemCancellation(
  manager: EntityManager,
  orderId: string,
  message: string,
): Promise<void> {
  await manager.query('UPDATE customer_order SET cancellation_id = NULL WHERE id = $1', [orderId]);
  await recordEvent(manager, orderId, 'saga', `A part of the order could not be cancelled: ${message}`);
}

/** Lines that a text names. */
const mostNamed = 5;

function describe(lines: readonly CancelledLine[]): string {
  const named = lines.slice(0, mostNamed).map(({ units, title }) => `${units.length} × ${title}`);
  const more = lines.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
