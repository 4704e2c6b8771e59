import type { Context } from '../context.js';
import { availabilityStatus, bestStatus, isOnSale, sumUnlessUnlimited } from '../domain/availability.js';
import { availabilityTopic, sellerTopic } from '../domain/topics.js';
import type { ListingEntity } from '../entities/listing.js';
import type { OfferEntity } from '../entities/offer.js';
import type { AvailabilityResolvers, Resolvers } from '../generated/resolvers.js';
import type { OfferAvailability } from '../models.js';
import { requireOwner } from './visibility.js';

/**
 * Returns the availability of an offer, or of several offers of one listing together: those that are not on sale do not
 * count then.
 */
export async function availabilityOf(
  context: Context,
  listing: ListingEntity,
  offers: readonly OfferEntity[],
): Promise<OfferAvailability> {
  context.cacheDependencies?.add(availabilityTopic(listing.id));
  if (listing.partnerId !== null) context.cacheDependencies?.add(sellerTopic(listing.partnerId));
  const now = context.clock.now();
  const stocks = await Promise.all(
    offers.map(async (offer) => {
      const stock = await context.loaders.stock.load(offer.id);
      const status = availabilityStatus(
        isOnSale(offer, listing, now),
        stock.available,
        context.settings.lowStockThreshold,
      );
      return { ...stock, status, partnerId: listing.partnerId };
    }),
  );
  const [only] = stocks;
  if (only && stocks.length === 1 && offers.length === 1) return only;
  const onSale = stocks.filter(({ status }) => status !== 'NOT_ON_SALE');
  return {
    available: sumUnlessUnlimited(onSale.map(({ available }) => available)),
    onHand: sumUnlessUnlimited(onSale.map(({ onHand }) => onHand)),
    reserved: sumUnlessUnlimited(onSale.map(({ reserved }) => reserved)),
    status: bestStatus(onSale.map(({ status }) => status)),
    partnerId: listing.partnerId,
  };
}

/** Availability's fields; quantities are visible to the seller only. */
const availabilityFields: AvailabilityResolvers = {
  onHand: async ({ onHand, partnerId }, _arguments, context) => {
    await requireOwner(context, partnerId, 'Stock');
    return onHand;
  },
  reserved: async ({ reserved, partnerId }, _arguments, context) => {
    await requireOwner(context, partnerId, 'Stock');
    return reserved;
  },
};

/** Resolvers of availability. */
export const availabilityResolvers: Resolvers = { Availability: availabilityFields };
