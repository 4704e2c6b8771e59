import { callerOf } from '@souk/shared/graph/context';
import { readLimit } from '@souk/shared/graph/pagination';
import { toApiId } from '@souk/shared/ids';
import { recommendListings } from '../domain/recommendation/listing-recommendation.js';
import { recommendUsers } from '../domain/recommendation/user-recommendation.js';
import type {
  ListingRecommendationResolvers,
  QueryResolvers,
  Resolvers,
  UserRecommendationResolvers,
} from '../generated/resolvers.js';

const defaultLimit = 10;

/** Recommendations for the caller. */
const recommendationQueries: Pick<QueryResolvers, 'recommendedUsers' | 'recommendedListings'> = {
  recommendedUsers: (_root, { limit }, context) =>
    recommendUsers(
      context.database.reader,
      context.graph,
      callerOf(context).userId,
      readLimit(limit, 'limit', defaultLimit),
    ),
  recommendedListings: (_root, { limit }, context) =>
    recommendListings(
      context.database.reader,
      context.graph,
      callerOf(context).userId,
      readLimit(limit, 'limit', defaultLimit),
    ),
};

const userRecommendationFields: UserRecommendationResolvers = {
  user: ({ userId }) => ({ id: toApiId('user', userId) }),
};

const listingRecommendationFields: ListingRecommendationResolvers = {
  listing: ({ listingId }) => ({ id: toApiId('listing', listingId) }),
};

/** Resolvers of recommendations. */
export const recommendationResolvers: Resolvers = {
  Query: recommendationQueries,
  UserRecommendation: userRecommendationFields,
  ListingRecommendation: listingRecommendationFields,
};
