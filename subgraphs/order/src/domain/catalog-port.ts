import type { OfferSnapshot } from '../entities/offer-snapshot.js';

/** Which offer is meant: exactly one of the two. */
export type OfferReference = { offerId: string } | { upc: string };

/** An offer as catalog shows it now. */
export interface CatalogOffer extends OfferSnapshot {
  /** Whether it is published and on sale at this moment. */
  onSale: boolean;
  /** Units that can be had now; null where there is no limit. */
  available: number | null;
}

/** A seat as catalog shows it to a caller now. */
export interface CatalogSeat {
  /** UUID. */
  offerId: string;
  /** Whether it is sold, kept back by its seller, or held by somebody else for some minutes. */
  taken: boolean;
}

/** The one question that crosses the wall while somebody waits: what are these offers and seats, and what do they cost? */
export interface CatalogPort {
  /**
   * The offers in the order asked for, null for unknown ones; ids are UUIDs.
   * @throws Unavailable where catalog does not answer in time.
   */
  find(wanted: readonly OfferReference[]): Promise<(CatalogOffer | null)[]>;
  /**
   * The seats among those ids (UUIDs) that there are. Asks nothing for none. `authorization` is the caller's header:
   * without one, all that is held is held by others.
   * @throws Unavailable where catalog does not answer in time.
   */
  findSeats(
    seatIds: readonly string[],
    authorization?: string | null,
  ): Promise<ReadonlyMap<string, CatalogSeat>>;
}
