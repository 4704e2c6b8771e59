import type { LargestData } from './largest-data.js';

const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const common = { title: 'One too many' };
const payload = '{ userErrors { code message } }';

/** A write that would make a list longer than its maximum, or a read of more, with the number in the response. */
export interface OneTooMany {
  query: string;
  variables: (data: LargestData) => Record<string, unknown>;
  limit: string;
}

/** Writes that are refused with INVALID. */
export const writesOfOneTooMany: readonly OneTooMany[] = [
  {
    query: `mutation ($id: ID!, $input: OfferInput!) { createOffer(listingId: $id, input: $input) ${payload} }`,
    variables: ({ product }) => ({ id: product, input: { price: { amount: 1, currency: 'EUR' } } }),
    limit: '200',
  },
  {
    query: `mutation ($input: ProductInput!) { createProduct(input: $input) ${payload} }`,
    variables: () => ({
      input: { listing: { ...common, tags: Array.from({ length: 21 }, (_, n) => `t${n}`) } },
    }),
    limit: '20',
  },
  {
    query: `mutation ($input: ProductInput!) { createProduct(input: $input) ${payload} }`,
    variables: () => ({
      input: { listing: { ...common, images: many(21, { url: 'https://example.com/a' }) } },
    }),
    limit: '20',
  },
  {
    query: `mutation ($input: AppInput!) { createApp(input: $input) ${payload} }`,
    variables: () => ({
      input: { listing: common, platforms: Array.from({ length: 21 }, (_, n) => `p${n}`) },
    }),
    limit: '20',
  },
  {
    query: `mutation ($input: TourInput!) { createTour(input: $input) ${payload} }`,
    variables: () => ({
      input: { listing: common, itinerary: many(101, { name: 'Stop', latitude: 1, longitude: 1 }) },
    }),
    limit: '100',
  },
  {
    query: `mutation ($input: VenueInput!) { createVenue(input: $input) ${payload} }`,
    variables: () => ({
      input: {
        name: 'Hall',
        address: '1 Street',
        city: 'Lisbon',
        countryCode: 'PT',
        sections: Array.from({ length: 101 }, (_, n) => ({ name: `S${n}`, rows: 1, seatsPerRow: 1 })),
      },
    }),
    limit: '100',
  },
  {
    query: `mutation ($ids: [ID!]!) { blockSeats(seatIds: $ids, blocked: false) ${payload} }`,
    variables: ({ seatIds }) => ({ ids: [...seatIds, seatIds[0]] }),
    limit: '100',
  },
  {
    query: `mutation ($input: AddressInput!) { addAddress(input: $input) ${payload} }`,
    variables: () => ({
      input: { recipient: 'A', line1: 'B', city: 'C', postalCode: '1000', countryCode: 'PT' },
    }),
    limit: '50',
  },
  {
    query: `mutation ($id: ID!) { addToCart(item: { offerId: $id }) ${payload} }`,
    variables: ({ offerIds }) => ({ id: offerIds.at(-1) }),
    limit: '100',
  },
];

/** Reads of more than a list gives, which are refused with BAD_USER_INPUT. */
export const readsOfOneTooMany: readonly OneTooMany[] = [
  {
    query: 'query ($ids: [ID!]!) { offers(ids: $ids) { id } }',
    variables: ({ offerIds }) => ({ ids: [...offerIds, offerIds[0]] }),
    limit: '100',
  },
  {
    query: 'query ($id: ID!) { listing(id: $id) { ... on Event { bestAvailable(quantity: 101) { id } } } }',
    variables: ({ event }) => ({ id: event }),
    limit: '100',
  },
  ...(
    [
      ['listings(first: 101) { nodes { id } }', '100'],
      ['listings(last: 101) { nodes { id } }', '100'],
      ['categories(first: 1001) { id }', '1000'],
      ['categories(first: 1) { children(first: 1001) { id } }', '1000'],
      ['venues(first: 501) { id }', '500'],
      ['lowStock(first: 101) { id }', '100'],
      ['orders(first: 101) { nodes { id } }', '100'],
      ['payments(first: 101) { nodes { id } }', '100'],
      ['me { tokens(first: 1001) { id } }', '1000'],
      ['me { offeredTokens(first: 101) { id } }', '100'],
      ['me { mutualFollowers(first: 101) { id } }', '100'],
      ['reconciliation { differences(first: 1001) { id } }', '1000'],
      ['me { followers(first: 101) { nodes { id } } }', '100'],
      ['recommendedUsers(limit: 101) { score }', '100'],
      ['recommendedListings(limit: 101) { score }', '100'],
      ['feed(first: 101) { nodes { id } }', '100'],
      ['listings(first: 1) { nodes { alsoBought(first: 101) { score } } }', '100'],
      ['listings(first: 1) { nodes { boughtByFollowed(first: 101) { id } } }', '100'],
      ['listings(first: 1) { nodes { reviews(first: 101) { nodes { id } } } }', '100'],
      ['reportedReviews(first: 101) { nodes { reportsCount } }', '100'],
      ['me { wishlist(first: 101) { nodes { addedAt } } }', '100'],
      ['me { notifications(first: 101) { nodes { id } } }', '100'],
    ] as const
  ).map(([fields, limit]) => ({ query: `{ ${fields} }`, variables: () => ({}), limit: limit })),
  ...(
    [
      ['items { seats(first: 101) { id } }', '100'],
      ['items { tokens(first: 101) { id } }', '100'],
      ['tokens(first: 1001) { id }', '1000'],
      ['history(first: 1001) { id }', '1000'],
      ['shipments(first: 101) { id }', '100'],
      ['refunds(first: 101) { id }', '100'],
      ['payment { events(first: 1001) { id } }', '1000'],
      ['payment { disputes(first: 101) { id } }', '100'],
    ] as const
  ).map(([fields, limit]) => ({
    query: `query ($id: ID!) { order(id: $id) { ${fields} } }`,
    variables: ({ order }: LargestData) => ({ id: order }),
    limit: limit,
  })),
];

/** A list that is read page by page. */
export interface PagedList {
  /** Takes $id, $first and $after. */
  query: string;
  id: (data: LargestData) => string;
  first: number;
  total: number;
}

const page = '(first: $first, after: $after) { id }';
const ofOrder = (fields: string): Pick<PagedList, 'query' | 'id'> => ({
  query: `query ($id: ID!, $first: Int, $after: ID) { order(id: $id) { ${fields} } }`,
  id: ({ order }) => order,
});

/** Lists of which there is more than a page gives. */
export const pagedLists: readonly PagedList[] = [
  {
    query: `query ($id: ID!, $first: Int, $after: ID) { listing(id: $id) { ... on Event { seats${page} } } }`,
    id: ({ event }) => event,
    first: 7_000,
    total: 20_000,
  },
  {
    query: `query ($id: ID!, $first: Int, $after: ID) { partner(id: $id) { venues${page} } }`,
    id: ({ partner }) => partner,
    first: 200,
    total: 501,
  },
  {
    query: `query ($id: ID!, $first: Int, $after: ID) { user(id: $id) { tokens${page} } }`,
    id: ({ user }) => user,
    first: 300,
    total: 1_001,
  },
  {
    query: `query ($id: ID!, $first: Int, $after: ID) { user(id: $id) { mutualFollowers${page} } }`,
    id: ({ user }) => user,
    first: 40,
    total: 101,
  },
  {
    query: `query ($id: ID!, $first: Int, $after: ID) { listing(id: $id) { boughtByFollowed${page} } }`,
    id: ({ product }) => product,
    first: 40,
    total: 101,
  },
  {
    query: `query ($first: Int, $after: ID) { reconciliation { differences${page} } }`,
    id: () => '',
    first: 400,
    total: 1_000,
  },
  { ...ofOrder(`tokens${page}`), first: 300, total: 1_001 },
  {
    query: `query ($id: ID!, $first: Int, $after: ID) { user(id: $id) { offeredTokens${page} } }`,
    id: ({ user }) => user,
    first: 40,
    total: 101,
  },
  { ...ofOrder(`shipments${page}`), first: 40, total: 101 },
  {
    query: `query ($id: ID!, $first: Int, $after: ID) {
      partner(id: $id) { linesToShip(first: $first, after: $after) { id: itemId } } }`,
    id: ({ partner }) => partner,
    first: 40,
    total: 101,
  },
  { ...ofOrder(`refunds${page}`), first: 40, total: 101 },
  { ...ofOrder(`payment { disputes${page} }`), first: 40, total: 101 },
];
