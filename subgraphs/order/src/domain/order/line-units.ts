import type { OrderLineEntity, OrderStatus } from '../../entities/order.js';

/** A line with what became of its units. */
export type LineUnits = Pick<
  OrderLineEntity,
  'fulfilment' | 'quantity' | 'shippedQuantity' | 'cancelledUnits'
>;

/** Statuses of orders whose units can be canceled. */
const cancellable: readonly OrderStatus[] = ['PAID', 'PROCESSING', 'COMPLETED'];

/** Number of units of a line that were not canceled. */
export function remainingUnits(line: LineUnits): number {
  return line.quantity - line.cancelledUnits.length;
}

/** Number of units of a line that can still be shipped. */
export function shippableUnits(line: LineUnits): number {
  return line.fulfilment === 'SHIPMENT' ? remainingUnits(line) - line.shippedQuantity : 0;
}

/**
 * The units of a line, from 0, that may be canceled, lowest first: the only rule of it. Units of a line that is shipped are
 * interchangeable, since they have no tokens: the lowest count as those that were shipped.
 * @param redeemed units whose tokens were redeemed
 */
export function cancellableUnits(
  status: OrderStatus,
  line: LineUnits,
  redeemed: readonly number[],
): number[] {
  if (!cancellable.includes(status)) return [];
  // An administrator may have completed an order that was shipped without shipments in Souk.
  if (line.fulfilment === 'SHIPMENT' && status === 'COMPLETED') return [];
  return Array.from({ length: line.quantity }, (_, unit) => unit)
    .filter((unit) => !line.cancelledUnits.includes(unit) && !redeemed.includes(unit))
    .slice(line.shippedQuantity);
}
