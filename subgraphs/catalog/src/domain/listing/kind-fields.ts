import type { InputCheck, Path } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import type { Stop } from '../../entities/listing.js';
import { readTimeZone } from '../time-zone.js';
import { readUsableVenue } from '../venue/venue-use.js';
import type { KindInput, ListingDraft, ListingWrite } from './listing-input.js';

const field = ['input'];
const maxWeightGrams = 100_000_000;
const minutesOfAYear = 527_040;

/** Reads the columns of a kind that an input changes: an absent field stays, null clears it. */
export async function readKindChanges(
  { manager, seller, kind, check }: ListingWrite,
  input: KindInput,
): Promise<Partial<ListingDraft>> {
  switch (kind) {
    case 'PRODUCT':
      return readProduct(input, check);
    case 'TOUR':
      return readTour(input, check);
    case 'APP':
      return readApp(input, check);
    case 'EVENT': {
      const { venueId, startsAt, endsAt, doorsOpenAt } = input;
      const path = [...field, 'venueId'];
      return {
        ...(venueId !== undefined && {
          venueId: await readUsableVenue(manager, seller, venueId, path, check),
        }),
        ...(startsAt !== undefined && { startsAt }),
        ...(endsAt !== undefined && { endsAt }),
        ...(doorsOpenAt !== undefined && { doorsOpenAt }),
      };
    }
  }
}

/** Reports times of an event that contradict each other; those of a listing after its change. */
export function checkTimes(
  { startsAt, endsAt, doorsOpenAt }: Pick<ListingDraft, 'startsAt' | 'endsAt' | 'doorsOpenAt'>,
  check: InputCheck,
): void {
  if (startsAt && endsAt && endsAt <= startsAt)
    check.refuse([...field, 'endsAt'], `An event must end after it starts, at ${startsAt.toISOString()}.`);
  if (startsAt && doorsOpenAt && doorsOpenAt > startsAt)
    check.refuse(
      [...field, 'doorsOpenAt'],
      `The doors must open by the start of the event, at ${startsAt.toISOString()}.`,
    );
}

function readProduct({ brand, weightGrams }: KindInput, check: InputCheck): Partial<ListingDraft> {
  return {
    ...(brand !== undefined && { brand: visibleText(brand) }),
    ...(weightGrams !== undefined && {
      weightGrams: check.number([...field, 'weightGrams'], weightGrams, 0, maxWeightGrams),
    }),
  };
}

function readTour(
  { location, itinerary, durationMinutes, difficulty, timeZone }: KindInput,
  check: InputCheck,
): Partial<ListingDraft> {
  return {
    ...(location !== undefined && { location: visibleText(location) }),
    ...(itinerary !== undefined && { itinerary: readItinerary(itinerary, check) }),
    ...(durationMinutes !== undefined && {
      durationMinutes: check.number([...field, 'durationMinutes'], durationMinutes, 1, minutesOfAYear),
    }),
    ...(difficulty !== undefined && { difficulty }),
    ...(timeZone !== undefined && { timeZone: readTimeZone(timeZone, check) }),
  };
}

function readApp({ version, platforms, website }: KindInput, check: InputCheck): Partial<ListingDraft> {
  return {
    ...(version !== undefined && { version: visibleText(version) }),
    ...(platforms !== undefined && { platforms: check.texts([...field, 'platforms'], platforms, 20) }),
    ...(website !== undefined && { website: check.url([...field, 'website'], website) }),
  };
}

function readItinerary(inputs: KindInput['itinerary'], check: InputCheck): Stop[] {
  const path = [...field, 'itinerary'];
  return (inputs ?? []).map((stop, index) => {
    const at: Path = [...path, `${index}`];
    return {
      name: check.text([...at, 'name'], stop.name),
      description: visibleText(stop.description),
      latitude: check.number([...at, 'latitude'], stop.latitude, -90, 90) ?? 0,
      longitude: check.number([...at, 'longitude'], stop.longitude, -180, 180) ?? 0,
    };
  });
}
