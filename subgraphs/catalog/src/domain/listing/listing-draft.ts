import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { CategoryEntity } from '../../entities/category.js';
import type { Kind, ListingEntity, ListingImage, Stop } from '../../entities/listing.js';
import { validateImageAddress } from './image-address.js';
import type { InputCheck, Path } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import type { Seller } from '../permissions.js';
import { isSlug } from '../slug.js';
import { readUsableVenue } from '../venue/venue-use.js';

/** Input fields that all kinds of listings share. */
export interface CommonInput {
  title?: string | null;
  slug?: string | null;
  summary?: string | null;
  description?: string | null;
  categoryId?: string | null;
  tags?: readonly string[] | null;
  images?: readonly { url: URL; alt?: string | null }[] | null;
  features?: unknown;
}

/** Input of a listing: the common fields and those of its kind. */
export interface ListingDraftInput {
  listing: CommonInput;
  brand?: string | null;
  weightGrams?: number | null;
  location?: string | null;
  itinerary?:
    readonly { name: string; description?: string | null; latitude: number; longitude: number }[] | null;
  durationMinutes?: number | null;
  difficulty?: ListingEntity['difficulty'];
  version?: string | null;
  platforms?: readonly string[] | null;
  website?: URL | null;
  venueId?: string | null;
  startsAt?: Date | null;
  endsAt?: Date | null;
  doorsOpenAt?: Date | null;
}

/** Columns that a seller writes. A null slug is generated. */
export type ListingDraft = Omit<
  ListingEntity,
  | 'id'
  | 'slug'
  | 'kind'
  | 'status'
  | 'partnerId'
  | 'isSellerActive'
  | 'priceMin'
  | 'priceMax'
  | 'priceCurrency'
  | 'createdAt'
  | 'updatedAt'
  | 'publishedAt'
> & { slug: string | null };

const field = ['input'];
const common = [...field, 'listing'];
const maxWeightGrams = 100_000_000;
const minutesOfAYear = 527_040;

/** Reads a draft from an input and reports violations to `check`. */
export async function readDraft(
  manager: EntityManager,
  seller: Seller,
  kind: Kind,
  input: ListingDraftInput,
  check: InputCheck,
): Promise<ListingDraft> {
  const { listing } = input;
  const slug = listing.slug ?? null;
  if (slug !== null && !isSlug(slug))
    check.refuse([...common, 'slug'], 'A slug consists of lowercase letters, digits and hyphens.');
  return {
    slug,
    title: check.text([...common, 'title'], listing.title),
    summary: visibleText(listing.summary),
    description: visibleText(listing.description),
    categoryId: await readCategory(manager, listing.categoryId, check),
    tags: check.texts([...common, 'tags'], listing.tags, 20),
    images: readImages(listing.images, check),
    features: listing.features ?? null,
    ...ofOtherKinds,
    ...(await readOwn(manager, seller, kind, input, check)),
  };
}

type OwnColumns =
  | 'brand'
  | 'weightGrams'
  | 'location'
  | 'itinerary'
  | 'durationMinutes'
  | 'difficulty'
  | 'version'
  | 'platforms'
  | 'website'
  | 'venueId'
  | 'startsAt'
  | 'endsAt'
  | 'doorsOpenAt';

const ofOtherKinds: Pick<ListingDraft, OwnColumns> = {
  brand: null,
  weightGrams: null,
  location: null,
  itinerary: null,
  durationMinutes: null,
  difficulty: null,
  version: null,
  platforms: null,
  website: null,
  venueId: null,
  startsAt: null,
  endsAt: null,
  doorsOpenAt: null,
};

async function readOwn(
  manager: EntityManager,
  seller: Seller,
  kind: Kind,
  input: ListingDraftInput,
  check: InputCheck,
): Promise<Partial<Pick<ListingDraft, OwnColumns>>> {
  switch (kind) {
    case 'PRODUCT':
      return {
        brand: visibleText(input.brand),
        weightGrams: check.number([...field, 'weightGrams'], input.weightGrams, 0, maxWeightGrams),
      };
    case 'TOUR':
      return {
        location: visibleText(input.location),
        itinerary: readItinerary(input.itinerary, check),
        durationMinutes: check.number(
          [...field, 'durationMinutes'],
          input.durationMinutes,
          1,
          minutesOfAYear,
        ),
        difficulty: input.difficulty ?? null,
      };
    case 'APP':
      return {
        version: visibleText(input.version),
        platforms: check.texts([...field, 'platforms'], input.platforms, 20),
        website: check.url([...field, 'website'], input.website),
      };
    case 'EVENT':
      checkTimes(input, check);
      return {
        venueId: await readUsableVenue(manager, seller, input.venueId, [...field, 'venueId'], check),
        startsAt: input.startsAt ?? null,
        endsAt: input.endsAt ?? null,
        doorsOpenAt: input.doorsOpenAt ?? null,
      };
  }
}

function checkTimes({ startsAt, endsAt, doorsOpenAt }: ListingDraftInput, check: InputCheck): void {
  if (startsAt && endsAt && endsAt <= startsAt)
    check.refuse([...field, 'endsAt'], `An event must end after it starts, at ${startsAt.toISOString()}.`);
  if (startsAt && doorsOpenAt && doorsOpenAt > startsAt)
    check.refuse(
      [...field, 'doorsOpenAt'],
      `The doors must open by the start of the event, at ${startsAt.toISOString()}.`,
    );
}

function readImages(inputs: CommonInput['images'], check: InputCheck): ListingImage[] {
  const path = [...common, 'images'];
  const given = inputs ?? [];
  if (given.length > 20) {
    check.refuse(path, 'At most 20 images are allowed.');
    return [];
  }
  return given.map(({ url, alt }, index) => {
    const at = [...path, `${index}`];
    return {
      url: check.url([...at, 'url'], url, validateImageAddress) ?? '',
      alt: visibleText(alt),
      width: null,
      height: null,
    };
  });
}

function readItinerary(inputs: ListingDraftInput['itinerary'], check: InputCheck): Stop[] {
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

async function readCategory(
  manager: EntityManager,
  apiId: string | null | undefined,
  check: InputCheck,
): Promise<string | null> {
  if (apiId === null || apiId === undefined) return null;
  const id = fromApiId('category', apiId);
  if (id !== null && (await manager.existsBy(CategoryEntity, { id }))) return id;
  check.refuse([...common, 'categoryId'], 'There is no such category.', 'NOT_FOUND');
  return null;
}
