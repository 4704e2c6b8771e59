import type { GraphQLScalarType } from 'graphql';
import type { Money } from '../money.js';
import { formatMoney } from '../money.js';
import { boundedScalars } from './bounded-scalars.js';
import type { RequestContext } from './context.js';
import type { UserErrorData } from './user-errors.js';

/** Resolvers of the value types in common.graphql. */
export const commonResolvers: {
  DateTime: GraphQLScalarType;
  Date: GraphQLScalarType;
  EmailAddress: GraphQLScalarType;
  URL: GraphQLScalarType;
  JSON: GraphQLScalarType;
  SafeInt: GraphQLScalarType;
  Money: { formatted: (money: Money, arguments_: unknown, context: RequestContext) => string };
  UserError: { __resolveType: (error: UserErrorData) => string };
} = {
  ...boundedScalars,
  Money: { formatted: (money, _arguments, context) => formatMoney(money, context.locale) },
  UserError: { __resolveType: (error) => error.__typename },
};
