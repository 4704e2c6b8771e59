import { Rejection } from '@souk/shared/errors';
import { InputCheck } from '@souk/shared/input-check';
import type { OrderLineEntity, OrderStatus } from '../../entities/order.js';
import type { TokenEntity } from '../../entities/token.js';
import { cancellableUnits } from '../order/line-units.js';
import { maxLines, maxUnitsOfLine } from '../purchase/purchase-validation.js';

/** Units of a line that a caller wants to cancel. Ids are UUIDs; null: an unknown one. */
export interface RequestedUnits {
  lineId: string | null;
  quantity: number;
  /** The tokens, or the seats, of the units; null: the first units that can be canceled. */
  named: { by: 'tokenIds' | 'seatIds'; ids: readonly (string | null)[] } | null;
  /** Whether both tokens and seats were given. */
  isAmbiguous: boolean;
}

/** Units of a line, from 0. */
export interface SelectedUnits {
  line: OrderLineEntity;
  units: number[];
}

/** The order, on which the selection depends. */
export interface OrderUnits {
  status: OrderStatus;
  lines: readonly OrderLineEntity[];
  /** The tokens of all lines. */
  tokens: readonly TokenEntity[];
}

/**
 * Selects the units of an order that a caller wants to cancel, in the order of the request. Pure.
 * @throws Rejection or Rejections NOT_FOUND (line, token or seat), NOT_CANCELLABLE (NotCancellableError), INVALID
 */
export function selectUnits(order: OrderUnits, requested: readonly RequestedUnits[]): SelectedUnits[] {
  const check = new InputCheck([], maxLines);
  if (requested.length === 0 || requested.length > maxLines)
    check.throwWith(new Rejection('INVALID', `Name 1 to ${maxLines} lines.`, { field: check.path('items') }));
  const seen = new Set<string>();
  const selected = requested.flatMap((item, index) => {
    const field = ['items', `${index}`];
    const line = order.lines.find(({ id }) => id === item.lineId);
    if (!line) {
      check.refuse([...field, 'itemId'], 'There is no such line in the order.', 'NOT_FOUND');
      return [];
    }
    if (seen.has(line.id)) check.refuse([...field, 'itemId'], 'The line is in the list twice.');
    seen.add(line.id);
    const units = readUnits(check, field, order, line, item);
    return units ? [{ line, units }] : [];
  });
  check.throwIfAny();
  return selected;
}

/** Null if they are refused. */
function readUnits(
  check: InputCheck,
  field: readonly string[],
  order: OrderUnits,
  line: OrderLineEntity,
  { quantity, named, isAmbiguous }: RequestedUnits,
): number[] | null {
  if (quantity < 1 || quantity > maxUnitsOfLine) {
    check.refuse([...field, 'quantity'], `Must be between 1 and ${maxUnitsOfLine}; it is ${quantity}.`);
    return null;
  }
  const tokens = order.tokens.filter(({ lineId }) => lineId === line.id);
  const redeemed = tokens.filter(({ status }) => status === 'REDEEMED').map(({ unit }) => unit);
  const possible = cancellableUnits(order.status, line, redeemed);
  if (quantity > possible.length) {
    check.add(notCancellable(check.path([...field, 'quantity']), line, possible.length));
    return null;
  }
  if (isAmbiguous) check.refuse([...field, 'seatIds'], 'Name tokens or seats, not both.');
  if (named === null || isAmbiguous) return possible.slice(0, quantity);
  if (named.ids.length !== quantity || new Set(named.ids).size !== quantity) {
    const message = `Name each of the ${quantity} units once; ${named.ids.length} are named.`;
    check.refuse([...field, named.by], message);
    return null;
  }
  return named.ids.flatMap((id, index) => {
    const path = [...field, named.by, `${index}`];
    const unit =
      named.by === 'tokenIds'
        ? (tokens.find((token) => token.id === id)?.unit ?? -1)
        : line.seatIds.findIndex((seatId) => seatId === id);
    if (unit < 0) check.refuse(path, 'The line has no such unit.', 'NOT_FOUND');
    else if (!possible.includes(unit)) check.add(notCancellable(check.path(path), line, possible.length));
    return unit;
  });
}

function notCancellable(field: readonly string[], line: OrderLineEntity, cancellable: number): Rejection {
  const message = `Of ${line.quantity} units of the line, ${cancellable} can still be cancelled.`;
  return new Rejection('NOT_CANCELLABLE', message, {
    field,
    typename: 'NotCancellableError',
    details: { cancellable },
  });
}
