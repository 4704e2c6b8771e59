import { Rejection, Rejections } from '@souk/shared/errors';
import { groupBy } from '@souk/shared/group-by';
import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { EventSeatEntity } from '../../entities/event-seat.js';
import { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import { isOnSale } from '../availability.js';
import { limitedOffer } from '../offer/quote.js';
import type { Seller } from '../permissions.js';
import { canSee } from '../permissions.js';

const maxSeats = 100;
/** Path of the seats in mutations. */
export const seatIdsField = ['seatIds'];

/** Seats that a mutation names, with their offers and listings. */
export interface NamedSeats {
  seats: EventSeatEntity[];
  /** Index of each seat in the argument. */
  indexOf: ReadonlyMap<string, number>;
  offers: ReadonlyMap<string, OfferEntity>;
  listings: ReadonlyMap<string, ListingEntity>;
}

/** Some of the named seats, grouped by listing. */
export function byListing(
  { seats }: NamedSeats,
  ids: readonly string[],
): { listingId: string; seatIds: string[] }[] {
  const some = seats.filter(({ id }) => ids.includes(id));
  return [...groupBy(some, ({ listingId }) => listingId)].map(([listingId, group]) => ({
    listingId,
    seatIds: group.map(({ id }) => id),
  }));
}

/** Returns the named seats in their order, without duplicates. @throws Rejection(s) INVALID, NOT_FOUND */
export async function readNamed(
  manager: EntityManager,
  seller: Seller | null,
  apiIds: readonly string[],
): Promise<NamedSeats> {
  if (apiIds.length === 0 || apiIds.length > maxSeats)
    throw new Rejection('INVALID', `Specify 1 to ${maxSeats} seats.`, { field: seatIdsField });
  const ids = apiIds.map((apiId) => fromApiId('seat', apiId));
  const found = new Map(
    (await manager.findBy(EventSeatEntity, { id: In(ids.filter((id) => id !== null)) })).map((seat) => [
      seat.id,
      seat,
    ]),
  );
  const all = [...found.values()];
  const offers = await manager.findBy(OfferEntity, { id: In(all.map((seat) => seat.offerId)) });
  const listings = new Map(
    (await manager.findBy(ListingEntity, { id: In(all.map((seat) => seat.listingId)) })).map((listing) => [
      listing.id,
      listing,
    ]),
  );
  const indexOf = new Map<string, number>();
  const unknown = ids.flatMap((id, index) => {
    const seat = found.get(id ?? '');
    const listing = seat && listings.get(seat.listingId);
    if (!seat || !listing || !canSee(seller, listing))
      return [new Rejection('NOT_FOUND', 'There is no such seat.', { field: [...seatIdsField, `${index}`] })];
    if (!indexOf.has(seat.id)) indexOf.set(seat.id, index);
    return [];
  });
  Rejections.throwIfAny(unknown);
  return {
    seats: [...indexOf.keys()].flatMap((id) => found.get(id) ?? []),
    indexOf,
    offers: new Map(offers.map((offer) => [offer.id, offer])),
    listings,
  };
}

/** @throws Rejection INVALID for seats that are not on sale, once for each offer */
export function requireOnSale({ seats, indexOf, offers, listings }: NamedSeats, now: Date): void {
  const reported = new Set<string>();
  const refused = seats.flatMap((seat) => {
    const offer = offers.get(seat.offerId);
    const listing = listings.get(seat.listingId);
    if (!offer || !listing || reported.has(offer.id) || isOnSale(offer, listing, now)) return [];
    reported.add(offer.id);
    return [
      new Rejection('INVALID', `${listing.title} is not on sale.`, {
        field: [...seatIdsField, `${indexOf.get(seat.id) ?? 0}`],
      }),
    ];
  });
  Rejections.throwIfAny(refused);
}

/** The seats' offers with their maximum of one order. */
export function limitsOf({ offers, listings }: NamedSeats): Map<string, ReturnType<typeof limitedOffer>> {
  return new Map(
    [...offers.values()].flatMap((offer) => {
      const listing = listings.get(offer.listingId);
      return listing ? [[offer.id, limitedOffer({ offer, listing })] as const] : [];
    }),
  );
}
