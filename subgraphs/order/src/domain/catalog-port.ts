import type { OfferSnapshot } from '../entities/offer-snapshot.js';

/** Reference to an offer by exactly one of the two keys. */
export type OfferReference = { offerId: string } | { upc: string };

/** Current state of an offer. */
export interface CatalogOffer extends OfferSnapshot {
  /** Whether it is published and on sale now. */
  onSale: boolean;
  /** Available units; null for unlimited stock. */
  available: number | null;
}

/** Current state of a seat, as the caller sees it. */
export interface CatalogSeat {
  /** UUID. */
  offerId: string;
  /** Whether it is sold, blocked, or held by another buyer. */
  taken: boolean;
}

/** Current offers and seats of catalog: order's only synchronous call to another subgraph. */
export interface CatalogPort {
  /**
   * Returns the offers in the order of the references, null for unknown ones; ids are UUIDs.
   * @throws Unavailable if catalog does not respond in time
   */
  find(wanted: readonly OfferReference[]): Promise<(CatalogOffer | null)[]>;
  /**
   * Returns the existing seats by id (UUIDs). Sends no query for an empty list. `authorization`: the caller's
   * header; without it, every hold counts as another buyer's.
   * @throws Unavailable if catalog does not respond in time
   */
  findSeats(
    seatIds: readonly string[],
    authorization?: string | null,
  ): Promise<ReadonlyMap<string, CatalogSeat>>;
}
