import { z } from 'zod';
import { defineCommand } from '../command.js';
import { defineEvent } from '../event.js';
import type { StateItem } from '../state.js';
import { defineState } from '../state.js';
import { fulfilment, leavingPerson, money, nothing, uuid } from './values.js';

/** The part of a purchase that social uses. */
export const purchase = z.object({
  userId: uuid,
  orderId: uuid,
  orderNumber: z.string(),
  total: money,
  lines: z
    .array(
      z.object({
        listingId: uuid,
        offerId: uuid,
        /** The seller; null: the platform. Absent in commands of releases before 0.2. */
        partnerId: uuid.nullish(),
        title: z.string(),
        quantity: z.int().min(1),
        fulfilment,
      }),
    )
    .min(1),
});

/** The commands that social handles. */
export const socialCommands = {
  /**
   * Step UPDATE_STATS: statistics of the buyer, purchases in the graph, a notification to the buyer (ORDER_PAID if a line
   * is shipped, otherwise ORDER_COMPLETED), and FOLLOWED_PURCHASED to the followers of one who shares purchases.
   */
  recordPurchase: defineCommand('social', 'recordPurchase', { payload: purchase, output: nothing }),
  /** Undo of recordPurchase: subtracts; notifications that were sent stay. */
  erasePurchase: defineCommand('social', 'erasePurchase', { payload: purchase, output: nothing }),
  /** Sent when a checkout ends without success; no reply is awaited. */
  tellFailure: defineCommand('social', 'tellFailure', {
    payload: z.object({ userId: uuid, orderId: uuid, orderNumber: z.string(), reason: z.string() }),
    output: nothing,
  }),
  /**
   * Step UPDATE_STATS of a cancellation: removes the purchase, and notifies the buyer with ORDER_CANCELLED. The event
   * `orderRefunded` announces its refund.
   */
  recordCancellation: defineCommand('social', 'recordCancellation', {
    payload: z.object({
      userId: uuid,
      orderId: uuid,
      orderNumber: z.string(),
      reason: z.string(),
    }),
    output: nothing,
  }),
  /**
   * Step UPDATE_STATS of the cancellation of a part of an order: subtracts its units from the purchase, and notifies the
   * buyer with ORDER_ITEMS_CANCELLED. The event `orderRefunded` announces the refund.
   */
  recordItemCancellation: defineCommand('social', 'recordItemCancellation', {
    payload: purchase.omit({ total: true }).extend({ reason: z.string() }),
    output: nothing,
  }),
  /**
   * Step ERASE_SOCIAL of a deletion: erases the personal data of a person. Figures stay. Repeating it has no further effect.
   */
  erasePerson: defineCommand('social', 'erasePerson', { payload: leavingPerson, output: nothing }),
};

const stars = z.int().min(1).max(5);

/** The review that an event is about; `userId` is its author. */
const reviewRef = z.object({ reviewId: uuid, listingId: uuid, userId: uuid });

/**
 * The events that social publishes. The aggregate is the acting user where nothing else is said. Where the graph is in a store of its own (Neo4j), a
 * process that dies between the store's commit and social's leaves a follow without its event.
 */
export const socialEvents = {
  /** A user follows another one from now on. */
  userFollowed: defineEvent('social', 'userFollowed', z.object({ followerId: uuid, followeeId: uuid })),
  /** A user does not follow another one any more. */
  userUnfollowed: defineEvent('social', 'userUnfollowed', z.object({ followerId: uuid, followeeId: uuid })),
  /** A user has blocked another one. The follows between them have ended, or end as soon as the graph is available. */
  userBlocked: defineEvent('social', 'userBlocked', z.object({ blockerId: uuid, blockedId: uuid })),
  /** A user has ended a block. */
  userUnblocked: defineEvent('social', 'userUnblocked', z.object({ blockerId: uuid, blockedId: uuid })),
  /** A user has a listing on their wishlist from now on. */
  wishlistItemAdded: defineEvent('social', 'wishlistItemAdded', z.object({ userId: uuid, listingId: uuid })),
  /** A user removed a listing from their wishlist. */
  wishlistItemRemoved: defineEvent(
    'social',
    'wishlistItemRemoved',
    z.object({ userId: uuid, listingId: uuid }),
  ),
  /** A user let their followers learn of purchases, or stopped it. */
  activitySharingChanged: defineEvent(
    'social',
    'activitySharingChanged',
    z.object({ userId: uuid, enabled: z.boolean() }),
  ),
  /** A user chose on which channels they get a type of notification. */
  notificationPreferenceChanged: defineEvent(
    'social',
    'notificationPreferenceChanged',
    z.object({ userId: uuid, type: z.string(), channels: z.array(z.string()).max(10) }),
  ),
  /** A user set the hours in which no messages leave, as times of day; null: none. */
  quietHoursChanged: defineEvent(
    'social',
    'quietHoursChanged',
    z.object({ userId: uuid, start: z.string().nullable(), end: z.string().nullable() }),
  ),
  /** A user registered a browser for Web Push, or ended its registration. */
  pushSubscriptionChanged: defineEvent(
    'social',
    'pushSubscriptionChanged',
    z.object({ userId: uuid, isRegistered: z.boolean() }),
  ),
  /** An administrator saved a template of notifications. */
  notificationTemplateSaved: defineEvent(
    'social',
    'notificationTemplateSaved',
    z.object({ templateId: uuid, type: z.string(), channel: z.string(), locale: z.string() }),
  ),
  /** An administrator notifies many users; null: all of them, else the buyers of a listing. */
  announcementStarted: defineEvent(
    'social',
    'announcementStarted',
    z.object({ announcementId: uuid, title: z.string(), listingId: uuid.nullable() }),
  ),
  /** A user read notifications. */
  notificationsRead: defineEvent(
    'social',
    'notificationsRead',
    z.object({
      userId: uuid,
      /** The one that was marked as read; null: all that were unread. */
      notificationId: uuid.nullable(),
      count: z.int().min(1),
    }),
  ),
  /** A buyer reviewed a listing, or changed their review of it. The aggregate of the events of reviews is the listing. */
  reviewSaved: defineEvent(
    'social',
    'reviewSaved',
    reviewRef.extend({ stars, /** Null: the review is new. */ previousStars: stars.nullable() }),
  ),
  /** A user deleted their review. */
  reviewDeleted: defineEvent('social', 'reviewDeleted', reviewRef),
  /** A listing's partner, or an administrator for the platform, answered a review. */
  reviewAnswered: defineEvent('social', 'reviewAnswered', reviewRef),
  /** A user reported a review. */
  reviewReported: defineEvent(
    'social',
    'reviewReported',
    reviewRef.extend({ reporterId: uuid, reason: z.string() }),
  ),
  /** An administrator hid a review, which counts no longer. */
  reviewHidden: defineEvent('social', 'reviewHidden', reviewRef.extend({ reason: z.string() })),
  /** An administrator showed a hidden review again, or found nothing wrong with a reported one. */
  reviewShown: defineEvent('social', 'reviewShown', reviewRef),
};

const votes = z.int().min(0);

/** The states that social replicates. */
export const socialStates = {
  /** The reviews of each listing that ever had one: how many have each number of stars. Hidden ones do not count. */
  ratings: defineState(
    'social',
    'ratings',
    z.object({
      listingId: uuid,
      /** Reviews with one star, two stars, and so on. */
      votes: z.tuple([votes, votes, votes, votes, votes]),
    }),
  ),
};

/** A listing's rating as social replicates it. */
export type RatingItem = StateItem<typeof socialStates.ratings>;
