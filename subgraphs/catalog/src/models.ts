import type { Connection } from '@souk/shared/graph/pagination';
import type { AvailabilityStatus } from './domain/availability.js';
import type { OfferStock } from './domain/stock/stock.js';
import type { ListingEntity } from './entities/listing.js';

/** An edge of a list of listings; the score is null where no words were searched. */
export interface ListingEdge {
  cursor: string;
  node: ListingEntity;
  score: number | null;
}

/** A list of listings. */
export type ListingConnection = Connection<ListingEntity, ListingEdge>;

/** What of an offer can be bought. */
export interface OfferAvailability extends OfferStock {
  status: AvailabilityStatus;
  /** Who may see the numbers of the stock. */
  partnerId: string | null;
}

/** A partner: account owns it, catalog knows its key. */
export interface PartnerReference {
  /** UUID. */
  id: string;
}
