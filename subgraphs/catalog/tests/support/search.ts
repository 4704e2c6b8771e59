import type { CatalogUnderTest, Made } from './catalog.js';

/** Creates a published product in a language. */
export function inLanguage(
  catalog: CatalogUnderTest,
  language: string,
  title: string,
  listing: object = {},
  offer: object = {},
): Promise<{ listing: Made; offer: Made }> {
  return catalog.product(offer, { title, language, ...listing });
}

/** Titles of the first 20 listings that a filter finds. */
export async function found(catalog: CatalogUnderTest, filter: object, sort?: string): Promise<string[]> {
  const data = await catalog.query<{ listings: { nodes: { title: string }[] } }>(
    'query ($filter: ListingFilter, $sort: ListingSort) { listings(filter: $filter, sort: $sort) { nodes { title } } }',
    { filter, sort },
  );
  return data.listings.nodes.map(({ title }) => title);
}
