import type { Connection } from '@souk/shared/graph/pagination';
import type { AvailabilityStatus } from './domain/availability.js';
import type { FacetName } from './domain/search/listing-conditions.js';
import type { OfferStock } from './domain/stock/stock.js';
import type { ListingEntity, UploadedPicture } from './entities/listing.js';
import type { OfferPriceEntity } from './entities/offer-price.js';
import type { StockMovementEntity } from './entities/stock-movement.js';

/** An edge of a listing connection; the score is null without search words. */
export interface ListingEdge {
  cursor: string;
  node: ListingEntity;
  score: number | null;
}

/** A page of listings. Facets are counted where they are selected. */
export type ListingConnection = Connection<ListingEntity, ListingEdge> & { facets: () => Promise<Facet[]> };

/** A facet of a list. */
export interface Facet {
  name: FacetName;
  isEstimate: boolean;
  values: FacetValue[];
}

/** A value of a facet. */
export interface FacetValue {
  value: string;
  label: string;
  count: number;
  partner: PartnerReference | null;
}

/** A page of an offer's prices. */
export type OfferPriceConnection = Connection<OfferPriceEntity>;

/** A page of an offer's stock movements. */
export type StockMovementConnection = Connection<StockMovementEntity>;

/** Availability of an offer. */
export interface OfferAvailability extends OfferStock {
  status: AvailabilityStatus;
  /** The partner who may see stock quantities. */
  partnerId: string | null;
}

/** Reference to a partner, which account owns. */
export interface PartnerReference {
  /** UUID. */
  id: string;
}

/** One size of an uploaded picture. */
export interface ImageSize {
  /** Pixels. */
  width: number;
  height: number;
  picture: UploadedPicture;
}
