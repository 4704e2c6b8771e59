import { z } from 'zod';
import { time } from './catalog-values.js';
import type { Admission } from './domain/catalog-port.js';

/** The query of where and when an offer, and perhaps a seat, admits. */
export const admissionQuery = `query Admission($ids: [ID!]!, $seats: [_Any!]!) {
  offers(ids: $ids) { startsAt listing {
    ... on Event { startsAt endsAt venue { name address city timeZone } }
    ... on Tour { location durationMinutes timeZone } } }
  _entities(representations: $seats) { ... on EventSeat { section row number } }
}`;

const listing = z.object({
  startsAt: time.optional(),
  endsAt: time.optional(),
  venue: z
    .object({ name: z.string(), address: z.string(), city: z.string(), timeZone: z.string().nullable() })
    .optional(),
  location: z.string().optional(),
  durationMinutes: z.int().optional(),
  timeZone: z.string().nullable().optional(),
});

/** The response to `admissionQuery`. */
export const admissionAnswer = z.object({
  offers: z.array(z.object({ startsAt: time, listing }).nullable()),
  _entities: z.array(
    z.object({ section: z.string(), row: z.string(), number: z.string() }).partial().nullable(),
  ),
});

const minuteMs = 60_000;

/** Where and when it is; null if catalog has the offer no more. */
export function toAdmission({ offers, _entities }: z.infer<typeof admissionAnswer>): Admission | null {
  const [offer] = offers;
  if (!offer) return null;
  const { venue, location, durationMinutes, timeZone, ...event } = offer.listing;
  const startsAt = event.startsAt ?? offer.startsAt;
  const [seat] = _entities;
  return {
    startsAt,
    endsAt:
      event.endsAt ??
      (startsAt && durationMinutes !== undefined
        ? new Date(startsAt.getTime() + durationMinutes * minuteMs)
        : null),
    place: venue ? [venue.name, venue.address, venue.city] : location === undefined ? [] : [location],
    timeZone: venue?.timeZone ?? timeZone ?? null,
    seat: seat ? { section: seat.section ?? '', row: seat.row ?? '', number: seat.number ?? '' } : null,
  };
}
