/** Fulfillment of one unit. */
export type Fulfilment = 'SHIPMENT' | 'TOUR_TOKEN' | 'LICENCE' | 'TICKET';

/** Snapshot of an offer, on which carts and new orders are based. */
export interface OfferSnapshot {
  /** UUID. */
  offerId: string;
  /** UUID. */
  listingId: string;
  title: string;
  upc: string | null;
  /** Minor units. */
  unitAmount: number;
  /** ISO 4217. */
  currency: string;
  maxPerOrder: number;
  /** Whether each unit needs a seat. */
  seated: boolean;
  fulfilment: Fulfilment;
  salesStartAt: Date | null;
  salesEndAt: Date | null;
}
