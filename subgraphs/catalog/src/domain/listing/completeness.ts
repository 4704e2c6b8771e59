import type { InputCheck } from '@souk/shared/input-check';
import type { ListingEntity } from '../../entities/listing.js';
import type { OfferEntity } from '../../entities/offer.js';
import { hasSaleAhead } from '../availability.js';

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
  const need = (present: boolean, field: readonly string[], message: string): void => {
    if (!present) check.refuse(['input', ...field], message);
  };
  if (offers.length === 0) check.refuse(['id'], 'A listing needs an offer before it can be published.');
  const isOver = listing.endsAt !== null && listing.endsAt <= now;
  if (isOver) {
    need(
      false,
      ['endsAt'],
      `The event ended at ${listing.endsAt?.toISOString() ?? ''}: it can no longer be published.`,
    );
  } else if (offers.length > 0 && !offers.some((offer) => hasSaleAhead(offer, listing, now))) {
    check.refuse(['id'], 'The sale of every offer has ended. Add an offer that can still be sold.');
  }
  switch (listing.kind) {
    case 'PRODUCT':
      return;
    case 'TOUR':
      need(listing.location !== null, ['location'], 'A tour needs a location.');
      need(listing.durationMinutes !== null, ['durationMinutes'], 'A tour needs a duration.');
      return;
    case 'APP':
      need(listing.version !== null, ['version'], 'An app needs a version.');
      need((listing.platforms ?? []).length > 0, ['platforms'], 'An app needs a platform.');
      return;
    case 'EVENT':
      need(listing.venueId !== null, ['venueId'], 'An event needs a venue.');
      need(listing.startsAt !== null, ['startsAt'], 'An event needs a start.');
      need(listing.endsAt !== null, ['endsAt'], 'An event needs an end.');
  }
}
