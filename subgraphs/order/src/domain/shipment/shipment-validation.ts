import { Rejection } from '@souk/shared/errors';
import { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import type { OrderEntity, OrderLineEntity } from '../../entities/order.js';
import { shippableUnits } from '../order/line-units.js';
import { findRunningSaga } from '../order/order-conditions.js';

/** Units of a line; UUID. */
export interface LineQuantity {
  lineId: string;
  quantity: number;
}

/** A parcel that a seller has handed to a carrier. */
export interface NewShipment {
  /** One entry for each line. A null id is an unknown one. */
  items: readonly { lineId: string | null; quantity: number }[];
  carrier: string;
  trackingNumber: string | null;
}

/** The lines that a person may ship: all of them, or those that they sold (UUIDs). */
export type SoldLines = 'all' | ReadonlySet<string>;

const orderField = ['orderId'];

/**
 * Validates a shipment of a locked order. Returns its items.
 * @throws Rejection or Rejections as `ship`
 */
export async function validateShipment(
  manager: EntityManager,
  order: OrderEntity,
  {
    lines,
    items,
    soldLines,
  }: { lines: readonly OrderLineEntity[]; items: NewShipment['items']; soldLines: SoldLines },
): Promise<LineQuantity[]> {
  const refusal = refusalOfOrder(order) ?? (await findRunningSaga(manager, order, orderField));
  if (refusal) throw refusal;
  const check = new InputCheck();
  const byId = new Map(
    lines.filter(({ id }) => soldLines === 'all' || soldLines.has(id)).map((line) => [line.id, line]),
  );
  const seen = new Set<string>();
  const shipped = items.map(({ lineId, quantity }, index) => {
    const field = ['items', index.toString()];
    const line = lineId === null ? undefined : byId.get(lineId);
    if (!line) check.refuse([...field, 'itemId'], 'There is no such line in the order.', 'NOT_FOUND');
    else if (seen.has(line.id)) check.refuse([...field, 'itemId'], 'The line is in the list twice.');
    else refuseQuantity(check, [...field, 'quantity'], line, quantity);
    if (line) seen.add(line.id);
    return { lineId: line?.id ?? '', quantity };
  });
  check.throwIfAny();
  return shipped;
}

function refuseQuantity(
  check: InputCheck,
  field: readonly string[],
  line: OrderLineEntity,
  quantity: number,
): void {
  const left = shippableUnits(line);
  if (line.fulfilment !== 'SHIPMENT') check.refuse(field, 'The line is not shipped.');
  else if (quantity < 1) check.refuse(field, `The quantity must be 1 or more; it is ${quantity}.`);
  else if (quantity > left)
    check.refuse(field, `Only ${left} of ${line.quantity} units are left to be shipped.`, 'CONFLICT');
}

function refusalOfOrder({ status, paymentStatus }: OrderEntity): Rejection | null {
  if (status !== 'PAID' && status !== 'PROCESSING') {
    const message = `Paid orders are shipped until they are completed; this one is ${status}.`;
    return new Rejection('ILLEGAL_TRANSITION', message, { field: orderField });
  }
  if (paymentStatus === 'REFUNDED' || paymentStatus === 'CHARGED_BACK') {
    const message = "The order's money was returned to the buyer.";
    return new Rejection('CONFLICT', message, { field: orderField });
  }
  return null;
}
