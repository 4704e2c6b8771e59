import { Rejection } from '@souk/shared/errors';
import type { CartEntity } from '../entities/cart.js';
import { lockedCart } from './cart.js';
import type { CatalogOffer, CatalogSeat } from './catalog-port.js';
import type { WantedLine } from './purchase-rules.js';
import { judgeLines, judgeOffer, unitsOf } from './purchase-rules.js';
import { judgeSeatsNow } from './seat-rules.js';

/** What a cart's lines look like in catalog now; an offer is null where it is gone. */
export interface SeenNow {
  offers: readonly (CatalogOffer | null)[];
  seats: ReadonlyMap<string, CatalogSeat>;
}

/**
 * What would stop a checkout of a cart now, all at once. `seen` is null while catalog is away: then the cart is judged
 * by what was seen when its items were added.
 */
export function cartProblems(
  cart: Pick<CartEntity, 'lockedBy'>,
  lines: readonly WantedLine[],
  seen: SeenNow | null,
  now: Date,
): Rejection[] {
  const judged = judgeLines(lines, now).map(({ rejection }) => rejection);
  return [
    ...(lines.length === 0 ? [new Rejection('CART_EMPTY', 'There is nothing in the cart.')] : []),
    ...(cart.lockedBy === null ? [] : [lockedCart(null)]),
    ...judged,
    ...(seen?.offers ?? []).flatMap((offer, index) => {
      const line = lines[index];
      return line && seen ? [...judgeNow(line, offer, lines, now), ...judgeSeatsNow(line, seen.seats)] : [];
    }),
  ];
}

function judgeNow(
  line: WantedLine,
  offer: CatalogOffer | null,
  lines: readonly WantedLine[],
  now: Date,
): Rejection[] {
  const { offerId, title } = line.offer;
  if (!offer) {
    return [new Rejection('NOT_FOUND', `${JSON.stringify(title)} is no longer offered.`)];
  }
  // What several lines of one offer lack is told once.
  if (lines.find((other) => other.offer.offerId === offerId) !== line) return [];
  return judgeOffer(line, offer, unitsOf(offerId, lines), now).map(({ rejection }) => rejection);
}
