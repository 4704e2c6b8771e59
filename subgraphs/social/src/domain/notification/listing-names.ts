import { z } from 'zod';
import type { BuiltInLocale } from './notification-type.js';

const maxTitleLength = 120;

/** A listing: UUID, and title at the time of the purchase. */
export interface NamedListing {
  id: string;
  title: string;
}

/** Variables that name what was bought. */
export const listingNames = {
  /** The title of the first listing, shortened. */
  listing: z.string(),
  /** Number of further listings. */
  others: z.int().min(0),
};

/** Values of them. */
export const sampleListings = { listing: 'Old town at dusk', others: 2 };

/** Liquid that names what was bought, in each language. */
export const boughtListings: Readonly<Record<BuiltInLocale, string>> = {
  en: named('“', '”', 'and one other item', 'and {{ others }} other items'),
  de: named('„', '“', 'und einen weiteren Artikel', 'und {{ others }} weitere Artikel'),
  pt: named('“', '”', 'e mais um artigo', 'e mais {{ others }} artigos'),
  fr: named('« ', ' »', 'et un autre article', 'et {{ others }} autres articles'),
};

function named(open: string, close: string, one: string, many: string): string {
  return `${open}{{ listing }}${close}{% if others == 1 %} ${one}{% elsif others > 1 %} ${many}{% endif %}`;
}

/** The variables for listings. */
export function nameListings(listings: readonly NamedListing[]): { listing: string; others: number } {
  return { listing: shorten(listings[0]?.title ?? ''), others: Math.max(0, listings.length - 1) };
}

/** A title that is no longer than texts can bear. */
export function shorten(title: string): string {
  const characters = Array.from(title);
  return characters.length <= maxTitleLength ? title : `${characters.slice(0, maxTitleLength - 1).join('')}…`;
}
