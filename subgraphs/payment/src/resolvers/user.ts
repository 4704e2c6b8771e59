import { holds } from '@souk/shared/auth/identity';
import { callerOf } from '@souk/shared/graph/context';
import { graphError } from '@souk/shared/graph/errors';
import { isIdCursor, readPage } from '@souk/shared/graph/pagination';
import { fromApiId } from '@souk/shared/ids';
import { searchPayments } from '../domain/payment/payment-search.js';
import type { Resolvers } from '../generated/resolvers.js';

export const userResolvers: Resolvers = {
  User: {
    payments: ({ id }, page, context) => {
      const caller = callerOf(context);
      const customerId = fromApiId('user', id);
      if (customerId !== caller.userId && !holds(caller, 'payments:manage')) {
        throw graphError('FORBIDDEN', "You may not see another user's payments.");
      }
      if (customerId === null) return null;
      return searchPayments(context.services.database.reader, { customerId }, readPage(page, isIdCursor));
    },
  },
};
