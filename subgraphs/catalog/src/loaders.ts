import type DataLoader from 'dataloader';
import type { RowCount } from '@souk/shared/db/row-count';
import type { CacheDependencies } from '@souk/shared/graph/cache-dependencies';
import type { ListPage } from '@souk/shared/graph/list-pages';
import type { GroupPage, OnRead } from '@souk/shared/graph/loaders';
import {
  argumentLoader,
  batchLoader,
  columnLoader,
  listLoader,
  pageLoader,
  rowLoader,
} from '@souk/shared/graph/loaders';
import { groupBy } from '@souk/shared/group-by';
import type { Topic } from '@souk/shared/topic';
import type { EntityManager } from 'typeorm';
import { Any, In } from 'typeorm';
import { readCategoryPath } from './domain/listing/category-tree.js';
import { readByFormerSlug } from './domain/listing/listing-slug.js';
import type { HistoryPage, HistoryRow } from './domain/offer/offer-history.js';
import { countHistories, readHistories } from './domain/offer/offer-history.js';
import { maxOffers } from './domain/offer/offer.js';
import type { PartnerListing, PartnerPage } from './domain/search/partner-listings.js';
import { countPartnerListings, findPartnerListings } from './domain/search/partner-listings.js';
import type { AdjacentSeats } from './domain/seat/best-seats.js';
import { findBestSeats } from './domain/seat/best-seats.js';
import type { SeatFilter } from './domain/seat/seat-search.js';
import { readSeats } from './domain/seat/seat-search.js';
import type { OfferStock } from './domain/stock/stock.js';
import { readStock } from './domain/stock/stock.js';
import { availabilityTopic, categoriesTopic, contentTopic, venuesTopic } from './domain/topics.js';
import { CategoryEntity } from './entities/category.js';
import { EventSeatEntity } from './entities/event-seat.js';
import { ListingEntity } from './entities/listing.js';
import { OfferPriceEntity } from './entities/offer-price.js';
import { OfferEntity } from './entities/offer.js';
import { StockMovementEntity } from './entities/stock-movement.js';
import { VenueEntity } from './entities/venue.js';

/** Loaders of one request. Keys are UUIDs; unknown keys load null. */
export interface Loaders {
  listing: DataLoader<string, ListingEntity | null>;
  listingBySlug: DataLoader<string, ListingEntity | null>;
  offer: DataLoader<string, OfferEntity | null>;
  offerByUpc: DataLoader<string, OfferEntity | null>;
  /** Departures by time, all other offers by creation. */
  offersOf: DataLoader<string, OfferEntity[]>;
  stock: DataLoader<string, OfferStock>;
  prices: HistoryLoaders<OfferPriceEntity>;
  movements: HistoryLoaders<StockMovementEntity>;
  seat: DataLoader<string, EventSeatEntity | null>;
  seatsOf: DataLoader<SeatsKey, EventSeatEntity[], string>;
  bestSeats: DataLoader<AdjacentSeats, EventSeatEntity[], string>;
  venue: DataLoader<string, VenueEntity | null>;
  category: DataLoader<string, CategoryEntity | null>;
  categoryBySlug: DataLoader<string, CategoryEntity | null>;
  /** The categories from the top down to one. */
  categoryPath: DataLoader<string, CategoryEntity[]>;
  childrenOf: DataLoader<GroupPage, CategoryEntity[], string>;
  partnerListings: DataLoader<PartnerListingsKey, PartnerListing[], string>;
  partnerListingCount: DataLoader<PartnerCountKey, RowCount, string>;
  venuesOf: DataLoader<GroupPage, VenueEntity[], string>;
}

type HistoryKey = HistoryPage & { offerId: string };

/** Loaders of pages of the histories of offers, and of their lengths. */
export interface HistoryLoaders<Row extends HistoryRow> {
  rows: DataLoader<HistoryKey, Row[], string>;
  count: DataLoader<string, RowCount, string>;
}

type SeatsKey = SeatFilter & ListPage & { listingId: string };
type PartnerListingsKey = PartnerPage & { partnerId: string };
type PartnerCountKey = Pick<PartnerListingsKey, 'partnerId' | 'status'>;

/**
 * Creates loaders that batch the lookups of one tick and record cache dependencies in `reads`, if present.
 */
export function createLoaders(manager: EntityManager, reads: CacheDependencies | null = null): Loaders {
  // No event announces the creation of a missing row, so the response must not be cached.
  const noting = <Row>(topicOf: (row: Row) => Topic): OnRead<Row> | null =>
    reads && ((row) => (row === null ? reads.markPrivate() : reads.add(topicOf(row))));
  const ofListing = noting<ListingEntity>(({ id }) => contentTopic(id));
  const ofCategory = noting<CategoryEntity>(() => categoriesTopic);
  const ofVenue = noting<VenueEntity>(() => venuesTopic);
  const listing = columnLoader(manager, ListingEntity, 'id', { onRead: ofListing });
  const category = columnLoader(manager, CategoryEntity, 'id', { onRead: ofCategory });
  const seat = columnLoader(manager, EventSeatEntity, 'id', {
    onRead: noting((row) => availabilityTopic(row.listingId)),
  });
  const offersBy = (column: 'id' | 'upc'): DataLoader<string, OfferEntity | null> =>
    rowLoader(
      async (keys) => {
        const found = await readOffers(manager, column, keys);
        for (const row of found) {
          listing.prime(row.listing.id, row.listing);
          ofListing?.(row.listing);
        }
        if (found.length < keys.length) reads?.markPrivate();
        return found.map(({ offer }) => offer);
      },
      (offer) => offer[column],
    );
  return {
    listing,
    listingBySlug: batchLoader((slugs: readonly string[]) => readBySlug(manager, slugs, ofListing)),
    offer: offersBy('id'),
    offerByUpc: offersBy('upc'),
    offersOf: listLoader(
      (ids) => {
        for (const id of ids) reads?.add(contentTopic(id));
        return manager.find(OfferEntity, {
          where: { listingId: In(ids) },
          order: { startsAt: { direction: 'ASC', nulls: 'LAST' }, id: 'ASC' },
          take: maxOffers * ids.length,
        });
      },
      (offer) => offer.listingId,
    ),
    stock: batchLoader(async (ids: readonly string[]) => {
      const stock = await readStock(manager, ids);
      return ids.map((id) => stock.get(id) ?? { available: 0, onHand: 0, reserved: 0 });
    }),
    prices: historyLoaders(manager, OfferPriceEntity),
    movements: historyLoaders(manager, StockMovementEntity),
    seat,
    seatsOf: argumentLoader(
      ({ status, section, limit, after }: SeatsKey) => ({ status, section, limit, after }),
      async (filter, keys) => {
        const ids = keys.map((key) => key.listingId);
        for (const id of ids) reads?.add(availabilityTopic(id));
        const seats = groupBy(await readSeats(manager, ids, filter, filter), ({ listingId }) => listingId);
        return ids.map((id) => seats.get(id) ?? []);
      },
    ),
    bestSeats: batchLoader(async (requests: readonly AdjacentSeats[]) => {
      for (const { listingId } of requests) reads?.add(availabilityTopic(listingId));
      const found = await findBestSeats(manager, requests);
      return Promise.all(
        found.map(async (ids) => present(await Promise.all(ids.map((id) => seat.load(id))))),
      );
    }),
    venue: columnLoader(manager, VenueEntity, 'id', { onRead: ofVenue }),
    category,
    categoryBySlug: columnLoader(manager, CategoryEntity, 'slug', { onRead: ofCategory }),
    categoryPath: batchLoader(async (ids: readonly string[]) => {
      const paths = await readCategoryPath(manager, ids);
      return Promise.all(
        ids.map(async (id) =>
          present(await Promise.all((paths.get(id) ?? []).map((part) => category.load(part)))),
        ),
      );
    }),
    childrenOf: pageLoader(
      manager,
      { entity: CategoryEntity, group: 'parentId', order: ['name', 'id'] },
      () => reads?.add(categoriesTopic),
    ),
    partnerListings: argumentLoader(
      ({ status, limit, after }: PartnerListingsKey) => ({ status, limit, after }),
      (page, keys) =>
        findPartnerListings(
          manager,
          keys.map((key) => key.partnerId),
          page,
        ),
    ),
    partnerListingCount: argumentLoader(
      ({ status }: PartnerCountKey) => status,
      (status, keys) =>
        countPartnerListings(
          manager,
          keys.map((key) => key.partnerId),
          status,
        ),
    ),
    venuesOf: pageLoader(manager, { entity: VenueEntity, group: 'partnerId', order: ['name', 'id'] }, () =>
      reads?.add(venuesTopic),
    ),
  };
}

function present<Row>(rows: readonly (Row | null)[]): Row[] {
  return rows.filter((row) => row !== null);
}

function historyLoaders<Row extends HistoryRow>(
  manager: EntityManager,
  entity: new () => Row,
): HistoryLoaders<Row> {
  return {
    rows: argumentLoader(
      ({ limit, after }: HistoryKey) => ({ limit, after }),
      (page, keys) => readHistories(manager, entity, offerIdsOf(keys), page),
    ),
    count: batchLoader((offerIds: readonly string[]) => countHistories(manager, entity, offerIds)),
  };
}

function offerIdsOf(keys: readonly HistoryKey[]): string[] {
  return keys.map(({ offerId }) => offerId);
}

/** Reads listings by slug. A former slug finds its listing, which has another one now. */
async function readBySlug(
  manager: EntityManager,
  slugs: readonly string[],
  onRead: OnRead<ListingEntity> | null,
): Promise<(ListingEntity | null)[]> {
  const current = await manager.findBy(ListingEntity, { slug: Any(slugs) });
  const found = new Map(current.map((listing) => [listing.slug, listing]));
  const others = slugs.filter((slug) => !found.has(slug));
  const former = others.length === 0 ? null : await readByFormerSlug(manager, others);
  return slugs.map((slug) => {
    const listing = found.get(slug) ?? former?.get(slug) ?? null;
    onRead?.(listing);
    return listing;
  });
}

// One round trip for offers and their listings, because nearly every caller needs both.
async function readOffers(
  manager: EntityManager,
  column: 'id' | 'upc',
  keys: readonly string[],
): Promise<{ offer: OfferEntity; listing: ListingEntity }[]> {
  const offers = await manager
    .createQueryBuilder(OfferEntity, 'o')
    .innerJoinAndMapOne('o.listing', ListingEntity, 'l', 'l.id = o.listing_id')
    .where(`o.${column} = ANY(:keys)`, { keys })
    .getMany();
  return (offers as (OfferEntity & { listing: ListingEntity })[]).map((offer) => ({
    offer,
    listing: offer.listing,
  }));
}
