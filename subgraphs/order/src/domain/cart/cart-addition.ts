import type { Rejection } from '@souk/shared/errors';
import type { CartEntity, CartItemEntity } from '../../entities/cart.js';
import { linesOf } from './cart.js';
import { isHeldBy, seatHolderOf } from './seat-holder.js';
import type { CatalogOffer, CatalogSeat } from '../catalog-port.js';
import type { ParsedItem } from '../purchase/item-input.js';
import type { RequestedLine } from '../purchase/purchase-validation.js';
import { unitsOf, validateLines, validateOffer } from '../purchase/purchase-validation.js';
import { validateSeatAvailability, validateSeatReferences } from '../purchase/seat-validation.js';

/** Catalog's state of an offer to add, and of its seats. */
export interface WantedState {
  offer: CatalogOffer;
  seats: ReadonlyMap<string, CatalogSeat>;
}

/** Returns the line that an item would become, the line that it replaces, and everything that stands against it. */
export function validateAddition(
  { cart, items }: { cart: Pick<CartEntity, 'id' | 'ownerId'>; items: readonly CartItemEntity[] },
  wanted: ParsedItem,
  { offer, seats }: WantedState,
  now: Date,
): { line: RequestedLine; known: CartItemEntity | undefined; violations: Rejection[] } {
  const known = offer.seated ? undefined : items.find((item) => item.offerId === offer.offerId);
  const line: RequestedLine = {
    offer,
    quantity: wanted.quantity + (known?.quantity ?? 0),
    seatIds: wanted.seatIds,
    field: wanted.field,
  };
  const lines = [...linesOf(without(items, known), null), line];
  const problems = [
    ...validateLines(lines, now),
    ...validateOffer(line, offer, unitsOf(offer.offerId, lines), now),
  ].filter((problem) => problem.line === line);
  const holder = seatHolderOf(cart, items);
  const references = validateSeatReferences(line, seats, wanted.field);
  const unavailable =
    references.length > 0 ? [] : validateSeatAvailability(line, seats, (id) => isHeldBy(holder, id));
  return {
    line,
    known,
    violations: [...problems.map(({ rejection }) => rejection), ...references, ...unavailable],
  };
}

/** Returns the items but this one. */
export function without(
  items: readonly CartItemEntity[],
  item: CartItemEntity | undefined,
): CartItemEntity[] {
  return items.filter((other) => other !== item);
}
