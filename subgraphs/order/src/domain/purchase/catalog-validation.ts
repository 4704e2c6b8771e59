import { Rejection } from '@souk/shared/errors';
import type { CatalogOffer, CatalogPort, CatalogSeat } from '../catalog-port.js';
import type { RequestedLine } from './purchase-validation.js';
import { validateLines, validateOffer } from './purchase-validation.js';
import { seatsToLookUp, validateSeatReferences } from './seat-validation.js';

/** Catalog's current state of the offers and seats of a purchase. */
export interface CatalogView {
  /** By UUID; null for an offer that no longer exists. */
  offers: ReadonlyMap<string, CatalogOffer | null>;
  /** The existing ones of the seats that were looked up, by UUID. */
  seats: ReadonlyMap<string, CatalogSeat>;
  /** The seats that were looked up. */
  seatIds: ReadonlySet<string>;
}

/** Reads catalog's current state of lines. @throws Unavailable if catalog does not respond in time */
export async function readCatalogView(
  catalog: CatalogPort,
  lines: readonly RequestedLine[],
): Promise<CatalogView> {
  const offerIds = [...new Set(lines.map(({ offer }) => offer.offerId))];
  const seatIds = seatsToLookUp(lines);
  const [offers, seats] = await Promise.all([
    offerIds.length === 0 ? [] : catalog.find(offerIds.map((offerId) => ({ offerId }))),
    catalog.findSeats(seatIds),
  ]);
  return {
    offers: new Map(offerIds.map((offerId, index) => [offerId, offers[index] ?? null])),
    seats,
    seatIds: new Set(seatIds),
  };
}

/**
 * Returns everything that is known to prevent a purchase before its saga starts. The saga checks stock, free seats and
 * prices. Lines that the view does not cover are validated by their own snapshot of the offer.
 */
export function validatePurchase(
  lines: readonly RequestedLine[],
  { offers, seats, seatIds }: CatalogView,
  now: Date,
): Rejection[] {
  const current = lines.map((line) => ({ ...line, offer: offers.get(line.offer.offerId) ?? line.offer }));
  return [
    ...lines.flatMap(({ offer: { offerId, title }, field }) =>
      offers.get(offerId) === null
        ? [new Rejection('NOT_FOUND', `${JSON.stringify(title)} is no longer offered.`, { field })]
        : [],
    ),
    ...current
      .flatMap((line) => {
        const offer = offers.get(line.offer.offerId);
        // The wanted quantity is 0, since the saga checks the stock.
        return offer ? validateOffer(line, offer, 0, now) : [];
      })
      .map(({ rejection }) => rejection),
    ...validateLines(current, now).map(({ rejection }) => rejection),
    ...current
      .filter((line) => line.seatIds.every((seatId) => seatIds.has(seatId)))
      .flatMap((line) => validateSeatReferences(line, seats, line.field ?? [])),
  ];
}

/** The view without catalog: every line is validated by its snapshot. */
export const emptyCatalogView: CatalogView = { offers: new Map(), seats: new Map(), seatIds: new Set() };
