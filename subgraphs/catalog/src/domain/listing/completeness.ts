import type { InputCheck } from '@souk/shared/input-check';
import type { ListingEntity } from '../../entities/listing.js';
import type { OfferEntity } from '../../entities/offer.js';
import { hasSaleAhead } from '../availability.js';

/** A field of an input that a published listing needs. */
export interface NeededField {
  name: keyof ListingEntity;
  message: string;
}

/** Returns the fields that a listing needs before it can be published, and does not have. */
export function missingFields(listing: ListingEntity): NeededField[] {
  const needed: readonly (NeededField & { isPresent: boolean })[] = neededFields(listing);
  return needed.flatMap(({ isPresent, ...field }) => (isPresent ? [] : [field]));
}

function neededFields(listing: ListingEntity): (NeededField & { isPresent: boolean })[] {
  const need = (
    name: NeededField['name'],
    message: string,
    isPresent = listing[name] !== null,
  ): NeededField & { isPresent: boolean } => ({ name, message, isPresent });
  switch (listing.kind) {
    case 'PRODUCT':
      return [];
    case 'TOUR':
      return [
        need('location', 'A tour needs a location.'),
        need('durationMinutes', 'A tour needs a duration.'),
      ];
    case 'APP':
      return [
        need('version', 'An app needs a version.'),
        need('platforms', 'An app needs a platform.', (listing.platforms ?? []).length > 0),
      ];
    case 'EVENT':
      return [
        need('venueId', 'An event needs a venue.'),
        need('startsAt', 'An event needs a start.'),
        need('endsAt', 'An event needs an end.'),
      ];
  }
}

/**
 * Reports every field that a listing needs before it can be published, and dates at which nothing can be sold. Field
 * paths are those of the inputs.
 */
export function checkComplete(
  listing: ListingEntity,
  offers: readonly OfferEntity[],
  check: InputCheck,
  now: Date,
): void {
  if (offers.length === 0) check.refuse(['id'], 'A listing needs an offer before it can be published.');
  if (listing.endsAt !== null && listing.endsAt <= now) {
    check.refuse(
      ['input', 'endsAt'],
      `The event ended at ${listing.endsAt.toISOString()}: it can no longer be published.`,
    );
  } else if (offers.length > 0 && !offers.some((offer) => hasSaleAhead(offer, listing, now))) {
    check.refuse(['id'], 'The sale of every offer has ended. Add an offer that can still be sold.');
  }
  for (const { name, message } of missingFields(listing)) check.refuse(['input', name], message);
}
