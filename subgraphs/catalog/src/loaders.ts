import DataLoader from 'dataloader';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { In } from 'typeorm';
import type { PartnerListing, PartnerPage } from './domain/partner-listings.js';
import { countPartnerListings, findPartnerListings } from './domain/partner-listings.js';
import type { AdjacentSeats, SeatFilter } from './domain/seat-search.js';
import { bestSeats, readSeats } from './domain/seat-search.js';
import type { OfferStock } from './domain/stock.js';
import { readStock } from './domain/stock.js';
import { CategoryEntity } from './entities/category.js';
import { EventSeatEntity } from './entities/event-seat.js';
import { ListingEntity } from './entities/listing.js';
import { OfferEntity } from './entities/offer.js';
import { VenueEntity } from './entities/venue.js';

/** What one request has read. Keys are UUIDs; what does not exist is null. */
export interface Loaders {
  listing: DataLoader<string, ListingEntity | null>;
  listingBySlug: DataLoader<string, ListingEntity | null>;
  offer: DataLoader<string, OfferEntity | null>;
  offerByUpc: DataLoader<string, OfferEntity | null>;
  /** Departures in their order, everything else as it was made. */
  offersOf: DataLoader<string, OfferEntity[]>;
  stock: DataLoader<string, OfferStock>;
  seat: DataLoader<string, EventSeatEntity | null>;
  seatsOf: DataLoader<SeatsKey, EventSeatEntity[], string>;
  bestSeats: DataLoader<AdjacentSeats, EventSeatEntity[], string>;
  venue: DataLoader<string, VenueEntity | null>;
  category: DataLoader<string, CategoryEntity | null>;
  childrenOf: DataLoader<string, CategoryEntity[]>;
  partnerListings: DataLoader<PartnerListingsKey, PartnerListing[], string>;
  partnerListingCount: DataLoader<PartnerCountKey, number, string>;
  venuesOf: DataLoader<string, VenueEntity[]>;
}

type SeatsKey = SeatFilter & { listingId: string };
type PartnerListingsKey = PartnerPage & { partnerId: string };
type PartnerCountKey = Pick<PartnerListingsKey, 'partnerId' | 'status'>;

const byValue = (key: object): string => JSON.stringify(key);
const maxVenues = 500;

/** New loaders on a manager; they batch what is asked within one tick. */
export function createLoaders(manager: EntityManager): Loaders {
  const listing = byColumn(manager, ListingEntity, 'id');
  const seat = byColumn(manager, EventSeatEntity, 'id');
  const offersBy = (column: 'id' | 'upc'): DataLoader<string, OfferEntity | null> =>
    new DataLoader(async (keys) => {
      const found = await readOffers(manager, column, keys);
      for (const row of found) listing.prime(row.listing.id, row.listing);
      const offers = new Map(found.map(({ offer }) => [offer[column], offer]));
      return keys.map((key) => offers.get(key) ?? null);
    });
  return {
    listing,
    listingBySlug: byColumn(manager, ListingEntity, 'slug'),
    offer: offersBy('id'),
    offerByUpc: offersBy('upc'),
    offersOf: grouped(
      (ids) =>
        manager.find(OfferEntity, {
          where: { listingId: In(ids) },
          order: { startsAt: { direction: 'ASC', nulls: 'LAST' }, id: 'ASC' },
        }),
      (offer) => offer.listingId,
    ),
    stock: new DataLoader(async (ids) => {
      const stock = await readStock(manager, ids);
      return ids.map((id) => stock.get(id) ?? { available: 0, onHand: 0, reserved: 0 });
    }),
    seat,
    seatsOf: byArguments(
      ({ status, section }: SeatsKey) => ({ status, section }),
      async (filter, keys) => {
        const ids = keys.map((key) => key.listingId);
        const seats = groupBy(await readSeats(manager, ids, filter), (one) => one.listingId);
        return ids.map((id) => seats.get(id) ?? []);
      },
    ),
    bestSeats: new DataLoader<AdjacentSeats, EventSeatEntity[], string>(
      async (asked) => {
        const found = await bestSeats(manager, asked);
        return Promise.all(
          found.map(async (ids) => present(await Promise.all(ids.map((id) => seat.load(id))))),
        );
      },
      { cacheKeyFn: byValue },
    ),
    venue: byColumn(manager, VenueEntity, 'id'),
    category: byColumn(manager, CategoryEntity, 'id'),
    childrenOf: grouped(
      (ids) =>
        manager.find(CategoryEntity, { where: { parentId: In(ids) }, order: { name: 'ASC', id: 'ASC' } }),
      (category) => category.parentId,
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
    venuesOf: grouped(
      (ids) =>
        manager.find(VenueEntity, {
          where: { partnerId: In(ids) },
          order: { name: 'ASC', id: 'ASC' },
          take: maxVenues * ids.length,
        }),
      (venue) => venue.partnerId,
    ),
  };
}

function byColumn<Row extends ObjectLiteral, Column extends keyof Row & string>(
  manager: EntityManager,
  entity: new () => Row,
  column: Column,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = await manager
      .createQueryBuilder(entity, 'row')
      .where(`row.${column} = ANY(:keys)`, { keys })
      .getMany();
    const byKey = new Map(rows.map((row) => [row[column] as unknown, row]));
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

/** Answers keys that are arguments of a field: one reading for all that share `sharedOf`. */
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

// One round trip for the offers and what they are offers of: nearly every reader asks for both.
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
