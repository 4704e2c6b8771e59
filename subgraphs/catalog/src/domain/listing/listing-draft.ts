import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { CategoryEntity } from '../../entities/category.js';
import type { InputCheck } from '@souk/shared/input-check';
import { canonicalLocale } from '@souk/shared/locale';
import { visibleText } from '@souk/shared/text';
import { readKindChanges } from './kind-fields.js';
import { readImages } from './listing-images.js';
import type { ListingDraft, ListingInput, ListingWrite } from './listing-input.js';
import { isSlug } from '../slug.js';

const common = ['input', 'listing'];

const defaultLanguage = 'en';

const emptyDraft: ListingDraft = {
  slug: null,
  title: '',
  language: defaultLanguage,
  summary: null,
  description: null,
  seoTitle: null,
  seoDescription: null,
  categoryId: null,
  tags: [],
  images: [],
  features: null,
  brand: null,
  weightGrams: null,
  location: null,
  itinerary: null,
  durationMinutes: null,
  difficulty: null,
  timeZone: null,
  version: null,
  platforms: null,
  website: null,
  venueId: null,
  startsAt: null,
  endsAt: null,
  doorsOpenAt: null,
};

/** Reads a draft from an input and reports violations: a field that is absent or null is empty. */
export async function readDraft(write: ListingWrite, input: ListingInput): Promise<ListingDraft> {
  const { listing } = input;
  const changes = await readChanges(write, {
    ...input,
    listing: { ...listing, title: listing.title ?? null },
  });
  return { ...emptyDraft, ...changes };
}

/**
 * Reads the columns that an input changes, and reports violations: an absent field stays, null clears it. A null slug is
 * generated anew.
 */
export async function readChanges(
  write: ListingWrite,
  { listing, ...own }: ListingInput,
): Promise<Partial<ListingDraft>> {
  const { check } = write;
  const changes: Partial<ListingDraft> = {};
  if (listing.slug !== undefined) changes.slug = readSlug(listing.slug, check);
  if (listing.title !== undefined) changes.title = check.text([...common, 'title'], listing.title);
  if (listing.language !== undefined) changes.language = readLanguage(listing.language, check);
  if (listing.summary !== undefined) changes.summary = visibleText(listing.summary);
  if (listing.description !== undefined) changes.description = visibleText(listing.description);
  if (listing.seoTitle !== undefined) changes.seoTitle = visibleText(listing.seoTitle);
  if (listing.seoDescription !== undefined) changes.seoDescription = visibleText(listing.seoDescription);
  if (listing.categoryId !== undefined)
    changes.categoryId = await readCategory(write.manager, listing.categoryId, check);
  if (listing.tags !== undefined) changes.tags = check.texts([...common, 'tags'], listing.tags, 20);
  if (listing.images !== undefined) changes.images = await readImages(write, listing.images);
  if (listing.features !== undefined) changes.features = listing.features;
  return { ...changes, ...(await readKindChanges(write, own)) };
}

function readSlug(slug: string | null, check: InputCheck): string | null {
  if (slug !== null && !isSlug(slug))
    check.refuse([...common, 'slug'], 'A slug consists of lowercase letters, digits and hyphens.');
  return slug;
}

function readLanguage(tag: string | null, check: InputCheck): string {
  if (tag === null) return defaultLanguage;
  const language = canonicalLocale(tag);
  if (language === null)
    check.refuse([...common, 'language'], 'Must be a BCP 47 language tag, such as en or pt-BR.');
  return language ?? defaultLanguage;
}

/** The category is locked against deletion until the transaction ends. */
async function readCategory(
  manager: EntityManager,
  apiId: string | null,
  check: InputCheck,
): Promise<string | null> {
  if (apiId === null) return null;
  const id = fromApiId('category', apiId);
  const category =
    id !== null &&
    (await manager.findOne(CategoryEntity, { where: { id }, lock: { mode: 'for_key_share' } }));
  if (category) return category.id;
  check.refuse([...common, 'categoryId'], 'There is no such category.', 'NOT_FOUND');
  return null;
}
