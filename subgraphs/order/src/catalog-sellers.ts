import { z } from 'zod';
import { typeId } from './catalog-values.js';

/** The query of the sellers of listings by id. */
export const sellerQuery = `query Sellers($listings: [_Any!]!) {
  _entities(representations: $listings) { ... on Listing { id partner { id } } }
}`;

/** The response to `sellerQuery`. */
export const sellersAnswer = z.object({
  _entities: z.array(
    z.object({ id: typeId('listing'), partner: z.object({ id: typeId('partner') }).nullable() }).nullable(),
  ),
});

/** Returns the sellers of responses by the listing's UUID. */
export function toSellers(
  answers: readonly z.infer<typeof sellersAnswer>[],
): ReadonlyMap<string, string | null> {
  const listings = answers.flatMap(({ _entities }) => _entities).filter((listing) => listing !== null);
  return new Map(listings.map(({ id, partner }) => [id, partner?.id ?? null]));
}
