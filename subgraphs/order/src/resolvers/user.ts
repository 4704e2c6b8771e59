import { readListPage } from '@souk/shared/graph/list-pages';
import { fromApiId } from '@souk/shared/ids';
import { tokensHeldBy } from '../domain/order/order-lists.js';
import { tokensOfferedTo } from '../domain/token/token-transfer.js';
import type { Resolvers } from '../generated/resolvers.js';
import { requireReadAccess } from './access.js';
import { ordersPage } from './order.js';

/** Maximum number of a user's tokens in a page. */
const tokensSize = { byDefault: 1_000, max: 1_000 };
/** Maximum number of offered tokens in a page. */
const offeredTokensSize = { byDefault: 100, max: 100 };

/** Fields that order adds to entities of other subgraphs. */
export const entityResolvers: Resolvers = {
  User: {
    // Only account knows the users, so every well-formed id is accepted.
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
    offeredTokens: ({ userId }, paging, { identity, database }) => {
      requireReadAccess(identity, userId);
      return tokensOfferedTo(database.reader, userId, readListPage(paging, offeredTokensSize, 'token'));
    },
  },
  Listing: {
    __resolveReference: ({ id }) => (fromApiId('listing', id) === null ? null : { id }),
  },
  Partner: {
    __resolveReference: ({ id }) => (fromApiId('partner', id) === null ? null : { id }),
  },
};
