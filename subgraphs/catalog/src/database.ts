import { Ratings1796074000000 } from './migrations/1796074000000-ratings.js';
import { CategoryEntity } from './entities/category.js';
import { EventSeatEntity } from './entities/event-seat.js';
import { ImageEntity } from './entities/image.js';
import { ListingEntity } from './entities/listing.js';
import { OfferPriceEntity } from './entities/offer-price.js';
import { OfferEntity } from './entities/offer.js';
import { PartnerProjectionEntity } from './entities/partner-projection.js';
import { ReservationEntity } from './entities/reservation.js';
import { StockMovementEntity } from './entities/stock-movement.js';
import { VenueEntity } from './entities/venue.js';
import { CatalogTables1763601000000 } from './migrations/1763601000000-catalog-tables.js';
import { UnpaidUnits1764400000000 } from './migrations/1764400000000-unpaid-units.js';
import { EndedReservations1764800200000 } from './migrations/1764800200000-ended-reservations.js';
import { SortedTexts1764900000000 } from './migrations/1764900000000-sorted-texts.js';
import { ListingSearch1765200000000 } from './migrations/1765200000000-listing-search.js';
import { SearchRows1765200100000 } from './migrations/1765200100000-search-rows.js';
import { NetworkHolds1764900100000 } from './migrations/1764900100000-network-holds.js';
import { ListingChanges1765100000000 } from './migrations/1765100000000-listing-changes.js';
import { PageFields1765100100000 } from './migrations/1765100100000-page-fields.js';
import { StockMovements1765100200000 } from './migrations/1765100200000-stock-movements.js';
import { SeatCounts1765100300000 } from './migrations/1765100300000-seat-counts.js';
import { DeletedListings1765100400000 } from './migrations/1765100400000-deleted-listings.js';
import { SeatMap1765300000000 } from './migrations/1765300000000-seat-map.js';
import { Images1765400000000 } from './migrations/1765400000000-images.js';
import { PublishedHoldEnds1765800100000 } from './migrations/1765800100000-published-hold-ends.js';
import { DeferredSearch1765900000000 } from './migrations/1765900000000-deferred-search.js';
import { NetworkDigests1766105000000 } from './migrations/1766105000000-network-digests.js';
import { FormerSearch1766105100000 } from './migrations/1766105100000-former-search.js';
import { FilteredLists1766105200000 } from './migrations/1766105200000-filtered-lists.js';
import { Reminders1796073000000 } from './migrations/1796073000000-reminders.js';

/** Entities of this subgraph. */
export const entities = [
  CategoryEntity,
  EventSeatEntity,
  ImageEntity,
  ListingEntity,
  OfferEntity,
  OfferPriceEntity,
  PartnerProjectionEntity,
  ReservationEntity,
  StockMovementEntity,
  VenueEntity,
];

/** Migrations in the order in which they run. */
export const migrations = [
  CatalogTables1763601000000,
  UnpaidUnits1764400000000,
  EndedReservations1764800200000,
  SortedTexts1764900000000,
  NetworkHolds1764900100000,
  ListingChanges1765100000000,
  PageFields1765100100000,
  StockMovements1765100200000,
  SeatCounts1765100300000,
  DeletedListings1765100400000,
  ListingSearch1765200000000,
  SearchRows1765200100000,
  SeatMap1765300000000,
  Images1765400000000,
  PublishedHoldEnds1765800100000,
  DeferredSearch1765900000000,
  NetworkDigests1766105000000,
  FormerSearch1766105100000,
  FilteredLists1766105200000,
  Reminders1796073000000,
  Ratings1796074000000,
];
