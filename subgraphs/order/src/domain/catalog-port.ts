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

/** Current state of a seat. */
export interface CatalogSeat {
  /** UUID. */
  offerId: string;
  /** Whether it is sold or blocked. */
  isTaken: boolean;
  /** UUID of the user, or digest of the cart, that holds it; null if it is not held. */
  holder: string | null;
  /** End of the hold; null without one. */
  heldUntil: Date | null;
}

/** Where and when a token admits. */
export interface Admission {
  startsAt: Date | null;
  endsAt: Date | null;
  /** Name, street and city, as far as they are known. */
  place: readonly string[];
  /** IANA; null if it is unknown. */
  timeZone: string | null;
  seat: { section: string; row: string; number: string } | null;
}

/** The buyer of a cart, as catalog knows them. */
export interface SeatHolder {
  /** UUID; null for a guest. */
  userId: string | null;
  /** Digests of the carts that they have or had as a guest; the first one is a guest's identity. */
  cartDigests: readonly string[];
}

/** The request of a client that catalog serves through order. */
export interface RequestSource {
  /** Catalog limits the holds of one network. */
  clientAddress: string | null;
  requestId: string | null;
}

/** Offers, seats and sellers of catalog. */
export interface CatalogPort {
  /**
   * Returns the offers in the order of the references, null for unknown ones; ids are UUIDs.
   * @throws Unavailable if catalog does not respond in time
   */
  find(wanted: readonly OfferReference[]): Promise<(CatalogOffer | null)[]>;
  /**
   * Returns the existing seats by id (UUIDs). Sends no query for an empty list.
   * @throws Unavailable if catalog does not respond in time
   */
  findSeats(seatIds: readonly string[]): Promise<ReadonlyMap<string, CatalogSeat>>;
  /**
   * Returns the sellers (UUIDs) of listings by id; null for the platform's own listings. Drafts and unknown listings are
   * missing. Sends no query for an empty list.
   * @throws Unavailable if catalog does not respond in time
   */
  findSellers(listingIds: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  /**
   * Returns where and when an offer, and perhaps a seat, admits (UUIDs); null if catalog has the offer no more.
   * @throws Unavailable
   */
  findAdmission(of: { offerId: string; seatId: string | null }): Promise<Admission | null>;
  /**
   * Holds 1 to 100 seats (UUIDs) for a cart, all or none, and extends those that the buyer holds already.
   * @throws Rejections as catalog refuses it, without a field; Unavailable
   */
  holdSeats(seatIds: readonly string[], holder: SeatHolder, source: RequestSource): Promise<void>;
  /**
   * Releases those of 1 to 100 seats (UUIDs) that the buyer holds without a checkout.
   * @throws Unavailable
   */
  releaseSeats(seatIds: readonly string[], holder: SeatHolder, source: RequestSource): Promise<void>;
}
