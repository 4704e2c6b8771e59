import type { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import type { Kind, ListingEntity, ListingImage } from '../../entities/listing.js';
import type { Seller } from '../permissions.js';

/** A picture as a seller gives it: exactly one of an address and an uploaded image. */
export interface ImageInput {
  url?: URL | null;
  /** TypeID of an uploaded image. */
  imageId?: string | null;
  alt?: string | null;
}

/** Input fields that all kinds of listings share. */
export interface CommonInput {
  title?: string | null;
  language?: string | null;
  slug?: string | null;
  summary?: string | null;
  description?: string | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
  categoryId?: string | null;
  tags?: readonly string[] | null;
  images?: readonly ImageInput[] | null;
  features?: unknown;
}

/** Input fields of one kind of listing; those of other kinds are absent. */
export interface KindInput {
  brand?: string | null;
  weightGrams?: number | null;
  location?: string | null;
  itinerary?:
    readonly { name: string; description?: string | null; latitude: number; longitude: number }[] | null;
  durationMinutes?: number | null;
  difficulty?: ListingEntity['difficulty'];
  timeZone?: string | null;
  version?: string | null;
  platforms?: readonly string[] | null;
  website?: URL | null;
  venueId?: string | null;
  startsAt?: Date | null;
  endsAt?: Date | null;
  doorsOpenAt?: Date | null;
}

/** Input of a listing: the common fields and those of its kind. */
export interface ListingInput extends KindInput {
  listing: CommonInput;
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
  | 'revision'
> & { slug: string | null };

/** The seller, the kind of their listing, and the collected violations. */
export interface ListingWrite {
  manager: EntityManager;
  seller: Seller;
  kind: Kind;
  check: InputCheck;
  /** The pictures of the listing so far; absent for a new one. */
  images?: readonly ListingImage[];
}
