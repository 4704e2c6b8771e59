import type { Resolvers } from '../generated/resolvers.js';
import { addressFields, addressMutations } from './address.js';
import { authenticationMutations, sessionFields } from './authentication.js';
import { partnerFields, partnerMutations, partnerQueries } from './partner.js';
import { userFields, userMutations, userQueries } from './user.js';

/** All resolvers of account. */
export const resolvers: Resolvers = {
  Query: { ...userQueries, ...partnerQueries },
  Mutation: { ...authenticationMutations, ...userMutations, ...addressMutations, ...partnerMutations },
  User: userFields,
  Address: addressFields,
  Session: sessionFields,
  Partner: partnerFields,
};
