import type { InputCheck, Path } from '@souk/shared/input-check';
import type { ListingEntity } from '../../entities/listing.js';
import { saleEnd } from '../availability.js';

/** Dates of an offer. */
export interface OfferDates {
  salesStartAt: Date | null;
  salesEndAt: Date | null;
  /** Departure. */
  startsAt: Date | null;
}

/** Where dates are given: the fields of the offer, and its listing. */
export interface DatePaths {
  fields: Path;
  listing: Path;
}

type ListingDates = Pick<ListingEntity, 'kind' | 'startsAt' | 'endsAt'>;

/**
 * Reports dates at which an offer could never be sold: a sale that ends before it starts, after its event or
 * departure, or in the past. Each message names the bound.
 */
export function checkSalePeriod(
  { salesStartAt, salesEndAt, startsAt }: OfferDates,
  listing: ListingDates,
  paths: DatePaths,
  check: InputCheck,
  now: Date,
): void {
  const refuse = (name: keyof OfferDates, message: string): void =>
    check.refuse([...paths.fields, name], message);
  if (startsAt && listing.kind !== 'TOUR') refuse('startsAt', "Only a tour's offer has a departure.");
  else if (startsAt && startsAt <= now)
    refuse('startsAt', `A departure must be after ${now.toISOString()}, now.`);
  if (listing.endsAt && listing.endsAt <= now) {
    check.refuse(
      paths.listing,
      `The event ended at ${listing.endsAt.toISOString()}: it can no longer be sold.`,
    );
    return;
  }
  const end = saleEnd({ salesStartAt, salesEndAt, startsAt }, listing);
  if (salesEndAt && salesStartAt && salesEndAt <= salesStartAt)
    refuse('salesEndAt', `Sales must end after they start, at ${salesStartAt.toISOString()}.`);
  else if (salesEndAt && startsAt && salesEndAt > startsAt)
    refuse('salesEndAt', `Sales must end by the departure, at ${startsAt.toISOString()}.`);
  else if (salesEndAt && listing.endsAt && salesEndAt > listing.endsAt)
    refuse('salesEndAt', `Sales must end by the end of the event, at ${listing.endsAt.toISOString()}.`);
  else if (salesEndAt && salesEndAt <= now)
    refuse('salesEndAt', `Sales must end after ${now.toISOString()}, now.`);
  else if (salesStartAt && end && salesStartAt >= end)
    refuse('salesStartAt', `Sales must start before they end, at ${end.toISOString()}.`);
  else if (end && end <= now && !startsAt) refuse('salesEndAt', whenSalesMustEnd(listing));
}

/** For an event that has begun: without salesEndAt its sales have ended with its start. */
function whenSalesMustEnd({ endsAt }: ListingDates): string {
  return `The event has begun, so its sales need an end, at ${endsAt?.toISOString() ?? 'the end of the event'} at the latest.`;
}
