import { callerOf } from '@souk/shared/graph/context';
import { isIdCursor, readPage, toConnection } from '@souk/shared/graph/pagination';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import {
  addToWishlist,
  findWishlist,
  listingNotFound,
  removeFromWishlist,
} from '../domain/wishlist/wishlist.js';
import type {
  MutationResolvers,
  Resolvers,
  UserResolvers,
  WishlistItemResolvers,
} from '../generated/resolvers.js';
import { requireSelf } from './user.js';

const mutations: Pick<MutationResolvers, 'addToWishlist' | 'removeFromWishlist'> = {
  addToWishlist: (_root, { listingId: id }, context) =>
    withUserErrors({ listing: null }, async () => {
      const wish = { userId: callerOf(context).userId, listingId: parseListingId(id) };
      await context.database.transact((manager, outbox) =>
        addToWishlist(manager, outbox, wish, context.clock.now()),
      );
      return { listing: { id } };
    }),

  removeFromWishlist: (_root, { listingId: id }, context) =>
    withUserErrors({ listing: null }, async () => {
      const wish = { userId: callerOf(context).userId, listingId: parseListingId(id) };
      await context.database.transact((manager, outbox) => removeFromWishlist(manager, outbox, wish));
      return { listing: { id } };
    }),
};

const userFields: UserResolvers = {
  wishlist: async (parent, { first, after }, context) => {
    const userId = requireSelf(parent, context, 'Only its owner may read a wishlist.');
    const page = readPage({ first, after }, isIdCursor);
    const items = await findWishlist(context.database.reader, {
      ...{ userId, after: page.cursor, limit: page.limit + 1 },
    });
    const { edges, nodes, pageInfo } = toConnection(
      page,
      items,
      { cursor: ({ id }) => id, node: (item) => item },
      () => Promise.reject(new Error('Nobody counts a wishlist.')),
    );
    return { edges, nodes, pageInfo };
  },
};

const itemFields: WishlistItemResolvers = {
  listing: ({ listingId }) => ({ id: toApiId('listing', listingId) }),
};

/** Parses a listing's id to a UUID. @throws Rejection NOT_FOUND */
function parseListingId(id: string): string {
  const listingId = fromApiId('listing', id);
  if (listingId === null) throw listingNotFound();
  return listingId;
}

/** Resolvers of wishlists. */
export const wishlistResolvers: Resolvers = {
  Mutation: mutations,
  User: userFields,
  WishlistItem: itemFields,
};
