import { readListPage } from '@souk/shared/graph/list-pages';
import { fromApiId } from '@souk/shared/ids';
import { tokensHeldBy } from '../domain/order/order-lists.js';
import type { Resolvers } from '../generated/resolvers.js';
import { requireReadAccess } from './access.js';
import { ordersPage } from './order.js';

/** Tokens of a user in one page. */
const tokensSize = { byDefault: 1_000, max: 1_000 };

/** What order adds to the entities of others. */
export const entityResolvers: Required<Pick<Resolvers, 'User' | 'Listing' | 'Partner'>> = {
  User: {
    // Who exists is account's to know: every well-formed id is taken for a user's.
    __resolveReference: ({ id }) => {
      const userId = fromApiId('user', id);
      return userId === null ? null : { id, userId };
    },
    cart: ({ userId }, _arguments, { identity, loaders }) => {
      requireReadAccess(identity, userId);
      return loaders.mainCartOf.load(userId);
    },
    orders: ({ userId }, { status, first, after }, { identity, database }) => {
      requireReadAccess(identity, userId);
      return ordersPage(database, { customerId: userId, status }, { first, after });
    },
    tokens: ({ userId }, { kind, status, first, after }, { identity, database }) => {
      requireReadAccess(identity, userId);
      const page = readListPage({ first, after }, tokensSize, 'token');
      return tokensHeldBy(database.reader, userId, { kind, status }, page);
    },
  },
  Listing: {
    __resolveReference: ({ id }) => (fromApiId('listing', id) === null ? null : { id }),
  },
  Partner: {
    __resolveReference: ({ id }) => (fromApiId('partner', id) === null ? null : { id }),
  },
};
