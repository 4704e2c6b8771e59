import { Rejection } from '@souk/shared/errors';
import type { CartEntity } from '../../entities/cart.js';
import { cartLocked } from './cart.js';
import type { CatalogOffer, CatalogSeat, SeatHolder } from '../catalog-port.js';
import { isHeldBy } from './seat-holder.js';
import type { RequestedLine } from '../purchase/purchase-validation.js';
import { validateLines, validateOffer, unitsOf } from '../purchase/purchase-validation.js';
import { validateSeatAvailability } from '../purchase/seat-validation.js';

/** Catalog's current offers and seats of a cart; a null offer no longer exists. */
export interface CatalogState {
  offers: readonly (CatalogOffer | null)[];
  seats: ReadonlyMap<string, CatalogSeat>;
}

/**
 * Returns all rejections that a checkout of this cart would get now. `seen` is null while catalog is
 * unavailable: the snapshots of the cart's items are then used.
 */
export function validateCart(
  { cart, holder }: { cart: Pick<CartEntity, 'lockedBy'>; holder: SeatHolder },
  lines: readonly RequestedLine[],
  seen: CatalogState | null,
  now: Date,
): Rejection[] {
  const judged = validateLines(lines, now).map(({ rejection }) => rejection);
  return [
    ...(lines.length === 0 ? [new Rejection('CART_EMPTY', 'The cart is empty.')] : []),
    ...(cart.lockedBy === null ? [] : [cartLocked(null)]),
    ...judged,
    ...(seen?.offers ?? []).flatMap((offer, index) => {
      const line = lines[index];
      return line && seen
        ? [
            ...validateAgainstCatalog(line, offer, lines, now),
            ...validateSeatAvailability(line, seen.seats, (id) => isHeldBy(holder, id)),
          ]
        : [];
    }),
  ];
}

function validateAgainstCatalog(
  line: RequestedLine,
  offer: CatalogOffer | null,
  lines: readonly RequestedLine[],
  now: Date,
): Rejection[] {
  const { offerId, title } = line.offer;
  if (!offer) {
    return [new Rejection('NOT_FOUND', `${JSON.stringify(title)} is no longer offered.`)];
  }
  // Report an offer once, at its first line.
  if (lines.find((other) => other.offer.offerId === offerId) !== line) return [];
  return validateOffer(line, offer, unitsOf(offerId, lines), now).map(({ rejection }) => rejection);
}
