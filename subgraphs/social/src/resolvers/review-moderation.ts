import { readPage, toConnection } from '@souk/shared/graph/pagination';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { isUuid, toApiId } from '@souk/shared/ids';
import { hideReview, showReview } from '../domain/review/review-moderation.js';
import type { ReportedCursor } from '../domain/review/review-report.js';
import { countReported, findReported } from '../domain/review/review-report.js';
import { findReview } from '../domain/review/review.js';
import type {
  MutationResolvers,
  QueryResolvers,
  ReportedReviewResolvers,
  Resolvers,
  ReviewReportResolvers,
} from '../generated/resolvers.js';

const queries: Pick<QueryResolvers, 'reportedReviews'> = {
  reportedReviews: async (_root, arguments_, { database: { reader } }) => {
    const page = readPage(arguments_, isReportedCursor);
    const found = await findReported(reader, { after: page.cursor, limit: page.limit + 1 });
    return toConnection(
      page,
      found,
      {
        cursor: (review): ReportedCursor => [review.reportedAt?.getTime() ?? 0, review.id],
        node: (review) => review,
      },
      () => countReported(reader),
    );
  },
};

const mutations: Pick<MutationResolvers, 'hideReview' | 'showReview'> = {
  hideReview: (_root, decision, context) =>
    withUserErrors({ review: null }, async () => {
      const now = context.clock.now();
      const id = await context.database.transact((manager, outbox) =>
        hideReview(manager, outbox, decision, now),
      );
      return { review: await findReview(context.database.reader, id) };
    }),

  showReview: (_root, { id: apiId }, context) =>
    withUserErrors({ review: null }, async () => {
      const id = await context.database.transact((manager, outbox) => showReview(manager, outbox, apiId));
      return { review: await findReview(context.database.reader, id) };
    }),
};

function isReportedCursor(value: unknown): value is ReportedCursor {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    Number.isSafeInteger(value[0]) &&
    Math.abs(value[0] as number) < 1e14 &&
    typeof value[1] === 'string' &&
    isUuid(value[1])
  );
}

const reportedFields: ReportedReviewResolvers = {
  review: (review) => review,
  reportsCount: async ({ id }, _arguments, { loaders }) => (await loaders.reviews.reports.load(id)).count,
  firstReportedAt: ({ reportedAt }) => {
    if (reportedAt === null) throw new Error('The review is not reported.');
    return reportedAt;
  },
  reports: async ({ id }, _arguments, { loaders }) => (await loaders.reviews.reports.load(id)).oldest,
};

const reportFields: ReviewReportResolvers = {
  reporter: ({ userId }) => ({ id: toApiId('user', userId) }),
};

/** Resolvers of reported and hidden reviews. */
export const reviewModerationResolvers: Resolvers = {
  Query: queries,
  Mutation: mutations,
  ReportedReview: reportedFields,
  ReviewReport: reportFields,
};
