/** An operation that is measured. */
export interface Operation {
  name: string;
  query: string;
  /** Sent in rotation. */
  variables: readonly Record<string, unknown>[];
  /** Whether the buyer sends it, or an anonymous caller. */
  signedIn: boolean;
}

/** Operations of a shop's pages, on the demo data. */
export function operationsOf(slugs: readonly string[]): Operation[] {
  const each = slugs.map((slug) => ({ slug }));
  return [
    {
      name: 'one small field',
      query: '{ categories { name } }',
      variables: [{}],
      signedIn: false,
    },
    {
      name: 'listing page',
      query: `query ($first: Int) { listings(first: $first, sort: TITLE) { totalCount nodes {
        id slug title summary kind priceRange { min { amount currency } max { amount currency } }
        images { url alt } category { name slug } } } }`,
      variables: [12, 10, 8, 6].map((first) => ({ first })),
      signedIn: false,
    },
    {
      name: 'product page, catalog alone',
      query: `query ($slug: String) { listing(slug: $slug) { id title description tags images { url }
        category { name } offers { id title price { amount currency formatted } availability { status available } } } }`,
      variables: each,
      signedIn: false,
    },
    {
      name: 'product page, 3 subgraphs',
      query: `query ($slug: String) { listing(slug: $slug) { id title description images { url }
        partner { name slug owner { displayName followersCount } } offers { id title price { amount currency } availability { status available } }} }`,
      variables: each,
      signedIn: false,
    },
    {
      name: 'me with orders, 3 subgraphs',
      query: `{ me { id displayName orders(first: 5) { nodes { status total { amount currency }
        items { title quantity offer { id title price { amount } } } } } } }`,
      variables: [{}],
      signedIn: true,
    },
  ];
}
