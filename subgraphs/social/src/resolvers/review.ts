import { once } from '@souk/shared/db/idempotency';
import { holds } from '@souk/shared/auth/identity';
import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { toApiId } from '@souk/shared/ids';
import { replyToReview } from '../domain/review/review-reply.js';
import { reportReview } from '../domain/review/review-report.js';
import { findReview } from '../domain/review/review.js';
import { deleteReview, readReview, saveReview } from '../domain/review/review-writing.js';
import type { MutationResolvers, Resolvers, ReviewResolvers } from '../generated/resolvers.js';

const mutations: Pick<
  MutationResolvers,
  'reviewListing' | 'deleteReview' | 'replyToReview' | 'reportReview'
> = {
  reviewListing: (_root, { idempotencyKey, ...given }, context) =>
    withUserErrors({ review: null }, async () => {
      const { userId } = callerOf(context);
      const review = readReview(given);
      const now = context.clock.now();
      const call = {
        caller: userId,
        operation: 'reviewListing',
        key: idempotencyKey,
        arguments: review,
      };
      const { result: id } = await context.database.transact((manager, outbox) =>
        once(manager, call, ['idempotencyKey'], () =>
          saveReview(manager, outbox, { ...review, userId }, now),
        ),
      );
      return { review: await findReview(context.database.reader, id) };
    }),

  deleteReview: (_root, { id }, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      await context.database.transact((manager, outbox) => deleteReview(manager, outbox, id, userId));
      return { ok: true };
    }),

  replyToReview: (_root, reply, context) =>
    withUserErrors({ review: null }, async () => {
      const identity = callerOf(context);
      const seller = { userId: identity.userId, isManager: holds(identity, 'catalog:manage') };
      const now = context.clock.now();
      const id = await context.database.transact((manager, outbox) =>
        replyToReview(manager, outbox, reply, seller, now),
      );
      return { review: await findReview(context.database.reader, id) };
    }),

  reportReview: (_root, report, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      const now = context.clock.now();
      await context.database.transact((manager, outbox) =>
        reportReview(manager, outbox, report, userId, now),
      );
      return { ok: true };
    }),
};

const reviewFields: ReviewResolvers = {
  id: ({ id }) => toApiId('review', id),
  listing: ({ listingId }) => ({ id: toApiId('listing', listingId) }),
  author: ({ userId }) => ({ id: toApiId('user', userId) }),
  reply: ({ replyText: text, repliedAt: at }) => (text === null || at === null ? null : { text, at }),
  isMine: ({ userId }, _arguments, { identity }) => identity?.userId === userId,
  isHidden: ({ isCounted }) => !isCounted,
};

/** Resolvers of reviews. */
export const reviewResolvers: Resolvers = { Mutation: mutations, Review: reviewFields };
