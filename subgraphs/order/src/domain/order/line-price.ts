import type { OrderLineEntity } from '../../entities/order.js';

/** The amounts and units of a line. */
export type PricedLine = Pick<OrderLineEntity, 'unitAmount' | 'quantity' | 'cancelledUnits'>;

/** The amount that a refund of all units of a line gives back, in minor units. */
export function refundableOf({ unitAmount, quantity }: PricedLine): number {
  return unitAmount * quantity;
}

/**
 * The amount that a refund of the next `units` of a line gives back, in minor units. An amount that its units do not divide is
 * rounded by the units canceled so far, half up: any sequence of cancellations adds up to `refundableOf`.
 * @param whole the line's whole refundable amount
 */
export function refundOf(line: PricedLine, units: number, whole = refundableOf(line)): number {
  const before = line.cancelledUnits.length;
  return shareOf(whole, before + units, line.quantity) - shareOf(whole, before, line.quantity);
}

/** The amount that a refund of the units that were not canceled gives back, in minor units. */
export function refundOfRest(line: PricedLine): number {
  return refundOf(line, line.quantity - line.cancelledUnits.length);
}

function shareOf(whole: number, units: number, quantity: number): number {
  const all = 2n * BigInt(quantity);
  return Number((2n * BigInt(whole) * BigInt(units) + BigInt(quantity)) / all);
}
