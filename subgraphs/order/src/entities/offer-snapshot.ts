/** What the buyer gets for one unit. */
export type Fulfilment = 'SHIPMENT' | 'TOUR_TOKEN' | 'LICENCE' | 'TICKET';

/** An offer as catalog showed it at one moment: what carts and new orders go by. */
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
  /** Whether a seat must be chosen for each unit. */
  seated: boolean;
  fulfilment: Fulfilment;
  salesStartAt: Date | null;
  salesEndAt: Date | null;
}
