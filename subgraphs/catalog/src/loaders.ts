import DataLoader from 'dataloader';
import type { GroupPage, ListPage } from '@souk/shared/graph/list-pages';
import { pageLoader } from '@souk/shared/graph/list-pages';
import type { CacheDependencies } from '@souk/shared/graph/cache-dependencies';
import type { Topic } from '@souk/shared/topic';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { In } from 'typeorm';
import { maxOffers } from './domain/offer/offer.js';
import type { PartnerListing, PartnerPage } from './domain/search/partner-listings.js';
import { countPartnerListings, findPartnerListings } from './domain/search/partner-listings.js';
import type { AdjacentSeats, SeatFilter } from './domain/seat/seat-search.js';
import { bestSeats, readSeats } from './domain/seat/seat-search.js';
import type { OfferStock } from './domain/stock/stock.js';
import { readStock } from './domain/stock/stock.js';
import { availabilityTopic, categoriesTopic, contentTopic, venuesTopic } from './domain/topics.js';
import { CategoryEntity } from './entities/category.js';
import { EventSeatEntity } from './entities/event-seat.js';
import { ListingEntity } from './entities/listing.js';
import { OfferEntity } from './entities/offer.js';
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
  seat: DataLoader<string, EventSeatEntity | null>;
  seatsOf: DataLoader<SeatsKey, EventSeatEntity[], string>;
  bestSeats: DataLoader<AdjacentSeats, EventSeatEntity[], string>;
  venue: DataLoader<string, VenueEntity | null>;
  category: DataLoader<string, CategoryEntity | null>;
  childrenOf: DataLoader<GroupPage, CategoryEntity[], string>;
  partnerListings: DataLoader<PartnerListingsKey, PartnerListing[], string>;
  partnerListingCount: DataLoader<PartnerCountKey, number, string>;
  venuesOf: DataLoader<GroupPage, VenueEntity[], string>;
}

type SeatsKey = SeatFilter & ListPage & { listingId: string };
type PartnerListingsKey = PartnerPage & { partnerId: string };
type PartnerCountKey = Pick<PartnerListingsKey, 'partnerId' | 'status'>;

const byValue = (key: object): string => JSON.stringify(key);

/**
 * Creates loaders that batch the lookups of one tick and record cache dependencies in `reads`, if present.
 */
export function createLoaders(manager: EntityManager, reads: CacheDependencies | null = null): Loaders {
  const noting = <Row>(topicOf: (row: Row) => Topic): NoteRow<Row> | null => reads && notes(reads, topicOf);
  const ofListing = noting<ListingEntity>(({ id }) => contentTopic(id));
  const ofCategory = noting<CategoryEntity>(() => categoriesTopic);
  const ofVenue = noting<VenueEntity>(() => venuesTopic);
  const listing = byColumn(manager, ListingEntity, 'id', ofListing);
  const seat = byColumn(
    manager,
    EventSeatEntity,
    'id',
    noting((row) => availabilityTopic(row.listingId)),
  );
  const offersBy = (column: 'id' | 'upc'): DataLoader<string, OfferEntity | null> =>
    new DataLoader(async (keys) => {
      const found = await readOffers(manager, column, keys);
      for (const row of found) {
        listing.prime(row.listing.id, row.listing);
        ofListing?.(row.listing);
      }
      if (found.length < keys.length) reads?.markPrivate();
      const offers = new Map(found.map(({ offer }) => [offer[column], offer]));
      return keys.map((key) => offers.get(key) ?? null);
    });
  return {
    listing,
    listingBySlug: byColumn(manager, ListingEntity, 'slug', ofListing),
    offer: offersBy('id'),
    offerByUpc: offersBy('upc'),
    offersOf: grouped(
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
    stock: new DataLoader(async (ids) => {
      const stock = await readStock(manager, ids);
      return ids.map((id) => stock.get(id) ?? { available: 0, onHand: 0, reserved: 0 });
    }),
    seat,
    seatsOf: byArguments(
      ({ status, section, limit, after }: SeatsKey) => ({ status, section, limit, after }),
      async (filter, keys) => {
        const ids = keys.map((key) => key.listingId);
        for (const id of ids) reads?.add(availabilityTopic(id));
        const seats = groupBy(await readSeats(manager, ids, filter, filter), (one) => one.listingId);
        return ids.map((id) => seats.get(id) ?? []);
      },
    ),
    bestSeats: new DataLoader<AdjacentSeats, EventSeatEntity[], string>(
      async (requests) => {
        for (const { listingId } of requests) reads?.add(availabilityTopic(listingId));
        const found = await bestSeats(manager, requests);
        return Promise.all(
          found.map(async (ids) => present(await Promise.all(ids.map((id) => seat.load(id))))),
        );
      },
      { cacheKeyFn: byValue },
    ),
    venue: byColumn(manager, VenueEntity, 'id', ofVenue),
    category: byColumn(manager, CategoryEntity, 'id', ofCategory),
    childrenOf: pageLoader(
      manager,
      { entity: CategoryEntity, group: 'parentId', order: ['name', 'id'] },
      () => reads?.add(categoriesTopic),
    ),
    partnerListings: byArguments(
      ({ status, limit, after }: PartnerListingsKey) => ({ status, limit, after }),
      (page, keys) =>
        findPartnerListings(
          manager,
          keys.map((key) => key.partnerId),
          page,
        ),
    ),
    partnerListingCount: byArguments(
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

/** Records a dependency on a row; null: the row does not exist. */
type NoteRow<Row> = (row: Row | null) => void;

/** No event announces the creation of a missing row, so the response must not be cached. */
function notes<Row>(reads: CacheDependencies, topicOf: (row: Row) => Topic): NoteRow<Row> {
  return (row) => (row === null ? reads.markPrivate() : reads.add(topicOf(row)));
}

function byColumn<Row extends ObjectLiteral, Column extends keyof Row & string>(
  manager: EntityManager,
  entity: new () => Row,
  column: Column,
  note: NoteRow<Row> | null,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = await manager
      .createQueryBuilder(entity, 'row')
      .where(`row.${column} = ANY(:keys)`, { keys })
      .getMany();
    const byKey = new Map(rows.map((row) => [row[column] as unknown, row]));
    for (const key of keys) note?.(byKey.get(key) ?? null);
    return keys.map((key) => byKey.get(key) ?? null);
  });
}

function grouped<Row>(
  read: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string | null,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const rows = groupBy(await read([...keys]), keyOf);
    return keys.map((key) => rows.get(key) ?? []);
  });
}

function groupBy<Key, Row>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function present<Row>(rows: readonly (Row | null)[]): Row[] {
  return rows.filter((row) => row !== null);
}

/** Loads keys that contain field arguments: one query for all keys with equal `sharedOf`. */
function byArguments<Key extends object, Shared, Value>(
  sharedOf: (key: Key) => Shared,
  read: (shared: Shared, keys: readonly Key[]) => Promise<Value[]>,
): DataLoader<Key, Value, string> {
  return new DataLoader<Key, Value, string>(
    async (keys) => {
      const groups = groupBy(keys, (key) => JSON.stringify(sharedOf(key)));
      const values = new Map<Key, Value>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const [first] = group;
          if (!first) return;
          const found = await read(sharedOf(first), group);
          for (const [index, key] of group.entries()) values.set(key, found[index] as Value);
        }),
      );
      return keys.map((key) => values.get(key) as Value);
    },
    { cacheKeyFn: byValue },
  );
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
