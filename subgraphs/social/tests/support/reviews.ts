import { socialCommands } from '@souk/shared/contracts/social';
import { newId, toApiId } from '@souk/shared/ids';
import type { SubgraphUnderTest, TestUser } from '../../../../tests/support/subgraph.js';
import { buy } from './purchases.js';
import { dataOf } from './social.js';

/** The fields of a review that the tests query. */
export const reviewFields = `id stars text createdAt editedAt isMine isHidden author { id } listing { id } reply { text at }`;

/** A review as the tests query it. */
export interface ReviewResult {
  id: string;
  stars: number;
  text: string | null;
  createdAt: string;
  editedAt: string | null;
  isMine: boolean;
  isHidden: boolean;
  author: { id: string };
  listing: { id: string };
  reply: { text: string; at: string } | null;
}

/** The result of a mutation of reviews. */
export interface Reviewed {
  review: ReviewResult | null;
  /** Codes, with the field that each names. */
  errors: string[];
}

/** Runs a mutation whose payload has a review. */
export async function change(
  social: SubgraphUnderTest,
  user: TestUser,
  call: string,
  variables: Record<string, unknown>,
): Promise<Reviewed> {
  const text = call.startsWith('reply') ? 'String!' : 'String';
  const types = { text, reason: 'String!', id: 'ID!', listingId: 'ID!', stars: 'Int!', key: 'String!' };
  const declared = Object.keys(variables).map((name) => `$${name}: ${types[name as keyof typeof types]}`);
  const { done } = dataOf<{
    done: { review?: ReviewResult | null; userErrors: { code: string; field: string[] | null }[] };
  }>(
    await social.run(
      `mutation (${declared.join(', ')}) {
        done: ${call} { ${/^(delete|report)/.test(call) ? 'ok' : `review { ${reviewFields} }`}
          userErrors { code field } } }`,
      variables,
      user,
    ),
  );
  return {
    review: done.review ?? null,
    errors: done.userErrors.map(({ code, field }) => [code, ...(field ?? [])].join(' ')),
  };
}

/** Reviews a listing (UUID). */
export function review(
  social: SubgraphUnderTest,
  user: TestUser,
  listingId: string,
  stars = 5,
  { text = null, key = newId() }: { text?: string | null; key?: string } = {},
): Promise<Reviewed> {
  return change(
    social,
    user,
    'reviewListing(listingId: $listingId, stars: $stars, text: $text, idempotencyKey: $key)',
    { listingId: toApiId('listing', listingId), stars, text, key },
  );
}

/** A new buyer of a listing (UUID) with a review. */
export async function reviewer(
  social: SubgraphUnderTest,
  listingId: string,
  stars = 5,
): Promise<{ user: TestUser; id: string; cancel: () => Promise<void> }> {
  const user = social.user();
  const cancel = await buy(social, user, listingId);
  const { review: saved } = await review(social, user, listingId, stars);
  return { user, id: saved?.id ?? '', cancel };
}

/** Fields of listings (UUIDs), by reference as the gateway reads them. */
export async function listings<Listing>(
  social: SubgraphUnderTest,
  ids: readonly string[],
  fields: string,
  viewer: TestUser | null = null,
): Promise<Listing[]> {
  const representations = ids.map((id) => ({ __typename: 'Listing', id: toApiId('listing', id) }));
  const result = await social.run(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Listing { ${fields} } } }`,
    { of: representations },
    viewer,
  );
  return dataOf<{ _entities: Listing[] }>(result)._entities;
}

/** The ids of the reviews of a listing that a viewer is visibleReviews, in an order. */
export async function visibleReviews(
  social: SubgraphUnderTest,
  listingId: string,
  viewer: TestUser | null = null,
): Promise<string[]> {
  const [listing] = await listings<{ reviews: { nodes: { id: string }[]; totalCount: number } }>(
    social,
    [listingId],
    'reviews(first: 100) { nodes { id } totalCount }',
    viewer,
  );
  const ids = listing?.reviews.nodes.map(({ id }) => id) ?? [];
  expect(listing?.reviews.totalCount).toBe(ids.length);
  return ids;
}

/** The rating of a listing (UUID). */
export async function ratingOf(
  social: SubgraphUnderTest,
  listingId: string,
): Promise<{ average: number | null; count: number; histogram: number[] } | undefined> {
  const [listing] = await listings<{
    rating: { average: number | null; count: number; histogram: number[] };
  }>(social, [listingId], 'rating { average count histogram }');
  return listing?.rating;
}

/** A purchase of units of a listing (UUID) that are shipped later. */
export async function order(
  social: SubgraphUnderTest,
  user: TestUser,
  listingId: string,
  { quantity = 1, partnerId }: { quantity?: number; partnerId?: string } = {},
): Promise<{ orderId: string; line: { listingId: string; lineId: string; title: string } }> {
  const orderId = newId();
  await social.command(
    socialCommands.recordPurchase,
    {
      ...{ userId: user.userId, orderId, orderNumber: 'SK-2026-2', total: { amount: 4200, currency: 'EUR' } },
      lines: [
        {
          listingId,
          offerId: newId(),
          partnerId,
          title: 'A lamp',
          quantity,
          fulfilment: 'SHIPMENT' as const,
        },
      ],
    },
    { sagaId: newId(), step: 'UPDATE_STATS' },
  );
  return { orderId, line: { listingId, lineId: newId(), title: 'A lamp' } };
}
