import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { UserKey, ListingKey, FollowConnection as FollowConnectionModel, FollowEdge as FollowEdgeModel, NotificationConnection as NotificationConnectionModel, ReviewConnection as ReviewConnectionModel, ReportedReviewConnection as ReportedReviewConnectionModel } from '../models.js';
import type { NotificationEntity, DeliveryEntity } from '../entities/notification.js';
import type { Activity as ActivityModel } from '../domain/feed/activity.js';
import type { WishlistItem as WishlistItemModel } from '../domain/wishlist/wishlist.js';
import type { UserRecommendation as UserRecommendationModel } from '../domain/recommendation/user-recommendation.js';
import type { ListingRecommendation as ListingRecommendationModel } from '../domain/recommendation/listing-recommendation.js';
import type { Review as ReviewModel } from '../domain/review/review.js';
import type { Report as ReportModel } from '../domain/review/review-report.js';
import type { NotificationTemplate as NotificationTemplateModel } from '../domain/notification/stored-template.js';
import type { Context } from '../context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A day without a time: RFC 3339 full-date, such as 2026-01-31. The field says in which time zone. */
  Date: { input: string; output: string; }
  /**
   * A point in time: RFC 3339, in UTC with milliseconds in output (2026-01-31T12:00:00.000Z); input may have any offset.
   * At most 100 characters.
   */
  DateTime: { input: Date; output: Date; }
  /** An e-mail address as HTML forms accept it; blanks around it are removed. */
  EmailAddress: { input: string; output: string; }
  /** Any JSON value. In input at most 32 levels and 20,000 values. */
  JSON: { input: unknown; output: unknown; }
  /** An integer from -(2^53 - 1) to 2^53 - 1. */
  SafeInt: { input: number; output: number; }
  /** An absolute URL. */
  URL: { input: URL; output: URL | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Result of an action with nothing to return. */
export type ActionPayload = {
  __typename?: 'ActionPayload';
  /** Whether it was done; false if there are userErrors. */
  ok: Scalars['Boolean']['output'];
  /** The first 100 where there are more. */
  userErrors: Array<UserError>;
};

/** An action of a user whom the caller follows. */
export type Activity = {
  __typename?: 'Activity';
  /** The user who acted. */
  actor: Maybe<User>;
  /** Time of the action. */
  at: Scalars['DateTime']['output'];
  /** TypeID with the prefix activity. */
  id: Scalars['ID']['output'];
  /** The listing that was bought or published; null for others. */
  listing: Maybe<Listing>;
  /** The user who was followed; null for others. */
  target: Maybe<User>;
  /** What they did. */
  type: ActivityType;
};

/** A page of activities. */
export type ActivityConnection = {
  __typename?: 'ActivityConnection';
  /** The items of the page with their cursors. */
  edges: Array<ActivityEdge>;
  /** The items of the page. */
  nodes: Array<Activity>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
};

/** An item of a page of activities, with its cursor. */
export type ActivityEdge = {
  __typename?: 'ActivityEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Activity;
};

/** Actions in the feed. */
export type ActivityType =
  /** Followed a user. */
  | 'FOLLOWED'
  /** Published a listing. */
  | 'PUBLISHED_LISTING'
  /** Bought a listing, and shares their purchases. */
  | 'PURCHASED';

/** A postal address. */
export type Address = {
  __typename?: 'Address';
  /** City or town. */
  city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2 code. */
  countryCode: Scalars['String']['output'];
  /** TypeID with the prefix addr. */
  id: Scalars['ID']['output'];
  /** Whether it is the user's default address. */
  isDefault: Scalars['Boolean']['output'];
  /** A name for the user's own use, such as Home; null without one. */
  label: Maybe<Scalars['String']['output']>;
  /** Street and number. */
  line1: Scalars['String']['output'];
  /** Second line, or null. */
  line2: Maybe<Scalars['String']['output']>;
  /** Phone number for the delivery, or null. */
  phone: Maybe<Scalars['String']['output']>;
  /** Postal code as its country writes it; empty in countries without postal codes. */
  postalCode: Scalars['String']['output'];
  /** Name of the person or company. */
  recipient: Scalars['String']['output'];
  /** State, province or region, or null. */
  region: Maybe<Scalars['String']['output']>;
};

/** Ways to deliver notifications. */
export type Channel =
  /** E-mail. */
  | 'EMAIL'
  /** User.notifications and Subscription.notificationReceived. */
  | 'IN_APP'
  /** Web Push. */
  | 'PUSH'
  /** Text message. */
  | 'SMS';

/** The delivery of a notification on one channel. */
export type Delivery = {
  __typename?: 'Delivery';
  /** Number of attempts so far. */
  attempts: Scalars['Int']['output'];
  /** The channel. */
  channel: Channel;
  /** Why the last attempt failed, or null. */
  error: Maybe<Scalars['String']['output']>;
  /** Time at which it was sent; null before. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
  /** State of the delivery. */
  status: DeliveryStatus;
};

/** States of a delivery. */
export type DeliveryStatus =
  /** The receiving server refuses the address for good. Later messages to it are SUPPRESSED until it changes. */
  | 'BOUNCED'
  /** Arrived. */
  | 'DELIVERED'
  /** All attempts failed. */
  | 'FAILED'
  /** Not sent yet. */
  | 'QUEUED'
  /** Sent; its arrival is not confirmed. */
  | 'SENT'
  /** The user's preferences disable the channel, or an earlier message to the address bounced. */
  | 'SUPPRESSED';

/** Kinds of expected refusals, for programs. Output only. Each mutation's description lists the codes that it returns. */
export type ErrorCode =
  /** One of the two users has blocked the other. */
  | 'BLOCKED'
  /** Nobody can follow themselves. */
  | 'CANNOT_FOLLOW_SELF'
  /** The state of the object, or of something that depends on it, does not allow the change now. */
  | 'CONFLICT'
  /** The idempotency key was used within the last 24 hours with other arguments (IdempotencyConflictError). */
  | 'IDEMPOTENCY_CONFLICT'
  /** An argument or input field breaks a rule; the message says which. */
  | 'INVALID'
  /** The object does not exist, or the caller may not see it. */
  | 'NOT_FOUND'
  /** The caller may see the object, but not change or use it. */
  | 'NOT_OWNER'
  /** The caller has no purchase of the listing that allows a review of it. */
  | 'NOT_VERIFIED_BUYER'
  /** The template does not parse, or uses an unknown variable; the message says where. */
  | 'TEMPLATE_INVALID'
  /** The caller blocks the maximum number of users (TooManyBlocksError). */
  | 'TOO_MANY_BLOCKS'
  /** The caller follows the maximum number of users (TooManyFollowsError). */
  | 'TOO_MANY_FOLLOWS'
  /** The caller has reported the maximum number of reviews of late (TooManyReportsError). */
  | 'TOO_MANY_REPORTS'
  /** The caller's wishlist has the maximum number of listings (WishlistFullError). */
  | 'WISHLIST_FULL';

/** A page of follows. */
export type FollowConnection = {
  __typename?: 'FollowConnection';
  /** The items of the page with their cursors. */
  edges: Array<FollowEdge>;
  /** The items of the page. */
  nodes: Array<Maybe<User>>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of follows, with its cursor. */
export type FollowEdge = {
  __typename?: 'FollowEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** Time of the follow. */
  followedAt: Scalars['DateTime']['output'];
  /** The follower, or the user who is followed. */
  node: Maybe<User>;
};

/** Result of a change of follows or blocks. */
export type FollowPayload = {
  __typename?: 'FollowPayload';
  /** The other user; null if the change was refused. */
  user: Maybe<User>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** The idempotency key was used before with other arguments. */
export type IdempotencyConflictError = UserError & {
  __typename?: 'IdempotencyConflictError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Time of its first use. A key is free again after 24 hours. */
  firstUsedAt: Scalars['DateTime']['output'];
  /** The key. */
  idempotencyKey: Scalars['String']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A refusal that carries nothing beyond its code. */
export type InputError = UserError & {
  __typename?: 'InputError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Fewer units of an offer are available than were requested. */
export type InsufficientStockError = UserError & {
  __typename?: 'InsufficientStockError';
  /** Number of units that are available. */
  available: Scalars['Int']['output'];
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeID of the offer. */
  offerId: Scalars['ID']['output'];
};

/**
 * A thing that is offered for sale. Carts contain its offers. (schema.org: Product, TouristTrip, SoftwareApplication,
 * Event.)
 */
export type Listing = {
  __typename?: 'Listing';
  /**
   * Listings that the latest buyers of this one bought, most buyers first. Without names: a single buyer counts only if they
   * share their purchases.
   */
  alsoBought: Maybe<Array<ListingRecommendation>>;
  /** Users whom the caller follows, who bought the listing and share their purchases, the latest purchase first. */
  boughtByFollowed: Maybe<Array<Maybe<User>>>;
  /** TypeID with the prefix listing. */
  id: Scalars['ID']['output'];
  /** The caller's review of the listing, also a hidden one; null without one. */
  myReview: Maybe<Review>;
  /**
   * What all reviews of the listing say together, hidden ones left out. The same for every caller. Public reads may be a
   * minute old.
   */
  rating: Maybe<ListingRating>;
  /** Reviews of the listing by its buyers. Without hidden ones, and without those of users whom the caller has blocked. */
  reviews: Maybe<ReviewConnection>;
};


/**
 * A thing that is offered for sale. Carts contain its offers. (schema.org: Product, TouristTrip, SoftwareApplication,
 * Event.)
 */
export type ListingAlsoBoughtArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A thing that is offered for sale. Carts contain its offers. (schema.org: Product, TouristTrip, SoftwareApplication,
 * Event.)
 */
export type ListingBoughtByFollowedArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A thing that is offered for sale. Carts contain its offers. (schema.org: Product, TouristTrip, SoftwareApplication,
 * Event.)
 */
export type ListingReviewsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ReviewSort>;
};

/** What the reviews of a listing say together. */
export type ListingRating = {
  __typename?: 'ListingRating';
  /** Mean number of stars, 1 to 5, rounded to two decimal places; null without reviews. */
  average: Maybe<Scalars['Float']['output']>;
  /** Number of reviews. */
  count: Scalars['Int']['output'];
  /** How many reviews have one star, two stars, and so on up to five; always five numbers. */
  histogram: Array<Scalars['Int']['output']>;
};

/** A listing that somebody may want to buy. */
export type ListingRecommendation = {
  __typename?: 'ListingRecommendation';
  /** The listing. */
  listing: Maybe<Listing>;
  /** The reason as text, in English. */
  reason: Scalars['String']['output'];
  /** Rank, higher is better. */
  score: Scalars['Float']['output'];
};

/** More of an offer than one buyer may hold without having paid: in one order, or in seats held and open checkouts together. */
export type MaxPerOrderError = UserError & {
  __typename?: 'MaxPerOrderError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many the buyer holds already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many units one buyer may hold unpaid. */
  maximum: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeID of the offer. */
  offerId: Scalars['ID']['output'];
};

/** An exact amount in the currency's minor unit (cents; yen have none). */
export type Money = {
  __typename?: 'Money';
  /** Number of minor units; negative where the field says so. */
  amount: Scalars['SafeInt']['output'];
  /** ISO 4217 code, three capital letters. */
  currency: Scalars['String']['output'];
  /** Written for reading, e.g. "€12.50", in the request's Accept-Language. */
  formatted: Scalars['String']['output'];
};

/** An exact amount in the currency's minor unit. */
export type MoneyInput = {
  /** Number of minor units: 1250 EUR is 12.50 euros. */
  amount: Scalars['SafeInt']['input'];
  /** ISO 4217 code. At most 3 characters. */
  currency: Scalars['String']['input'];
};

/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Adds a listing to the caller's wishlist. From then on they are notified, at most once a day for each listing, when one of
   * its offers can be bought again (BACK_IN_STOCK), and when one has a lower price (PRICE_DROPPED). Idempotent.
   * Codes: NOT_FOUND (also a listing that is not on sale), WISHLIST_FULL (WishlistFullError: at most 1,000).
   */
  addToWishlist: WishlistPayload;
  /**
   * Notifies all active users, or all who have bought the listing, in the background. For notifications:manage.
   * Codes: INVALID (an empty text), NOT_FOUND (a listing that nobody has bought).
   */
  announce: ActionPayload;
  /**
   * Blocks a user without notifying them. Ends the follows between the two; from then on follow answers BLOCKED to both, neither
   * gets notifications about the other, and those of before are deleted. Neither is in the other's feed, recommendations or
   * buyers of a listing, and the caller does not see the user's reviews. Other public lists still have both. Idempotent.
   * Codes: NOT_FOUND, INVALID (the caller), TOO_MANY_BLOCKS (TooManyBlocksError: at most 1,000).
   */
  block: FollowPayload;
  /**
   * Deletes the caller's review, with its reply and reports.
   * Codes: NOT_FOUND, NOT_OWNER, CONFLICT (an administrator has hidden it: its author can change it, and not write it
   * anew).
   */
  deleteReview: ActionPayload;
  /**
   * Lets the caller follow a user. Idempotent. Notifies the user at most once a week about the same follower.
   * Codes: NOT_FOUND, CANNOT_FOLLOW_SELF, BLOCKED (one of the two has blocked the other), TOO_MANY_FOLLOWS
   * (TooManyFollowsError: at most 5,000).
   */
  follow: FollowPayload;
  /**
   * Hides a review: it is in no list and counts in no rating. Its reports are settled. Idempotent. For notifications:manage.
   * Codes: NOT_FOUND, INVALID (an empty reason).
   */
  hideReview: ReviewPayload;
  /**
   * Marks all of the caller's notifications as read.
   * Codes: none of its own.
   */
  markAllNotificationsRead: ActionPayload;
  /**
   * Marks one of the caller's notifications as read; one that was read keeps its time.
   * Codes: NOT_FOUND.
   */
  markNotificationRead: NotificationPayload;
  /**
   * Registers the caller's browser for Web Push, and replaces its earlier registration, also that of another user. A user has
   * the 10 browsers that were registered last. A browser that ends its subscription is forgotten.
   * Codes: INVALID (not a Web Push subscription; its endpoint is no https: URL, or not on the public internet; push messages are
   * not configured).
   */
  registerPushSubscription: ActionPayload;
  /**
   * Removes a listing from the caller's wishlist. Idempotent.
   * Codes: NOT_FOUND (a malformed id).
   */
  removeFromWishlist: WishlistPayload;
  /**
   * Ends the registration of one of the caller's browsers. Idempotent: an unknown one, or another user's, changes nothing.
   * Codes: none of its own.
   */
  removePushSubscription: ActionPayload;
  /**
   * Answers a review, once: a reply cannot be changed. The same text again changes nothing. For the owner of the listing's
   * partner, and for catalog:manage.
   * Codes: NOT_FOUND (also a hidden review), NOT_OWNER, CONFLICT (it has another reply), INVALID (an empty text, a card
   * number in it).
   */
  replyToReview: ReviewPayload;
  /**
   * Reports a review to the administrators. Each user reports a review once: a further report changes nothing.
   * Codes: NOT_FOUND (also a hidden review), INVALID (the caller's own review, an empty reason), TOO_MANY_REPORTS
   * (TooManyReportsError: at most 50 in 24 hours).
   */
  reportReview: ActionPayload;
  /**
   * Reviews a listing as one of its buyers, or replaces the caller's review of it: each buyer has one for each listing. A buyer
   * has a token of the listing, bought or accepted from another user, or a unit that was shipped to them. Units that were
   * canceled and tokens that were revoked do not count, nor do purchases by the listing's own seller. A change does not end
   * a reply, and does not show a hidden review again.
   * Codes: NOT_FOUND (a malformed id, a deleted listing), NOT_VERIFIED_BUYER, INVALID (stars outside of 1 to 5, an empty
   * text, a card number in it), IDEMPOTENCY_CONFLICT (IdempotencyConflictError).
   */
  reviewListing: ReviewPayload;
  /**
   * Creates or replaces a template; a built-in one is replaced too. For notifications:manage.
   * Codes: INVALID (also more than 500 templates), TEMPLATE_INVALID (it does not parse, uses a variable that the type does
   * not have, or does not render with sample data).
   */
  saveNotificationTemplate: NotificationTemplatePayload;
  /**
   * Sets whether the caller's followers learn of the caller's purchases: by notifications (FOLLOWED_PURCHASED), their
   * feeds, and recommendations. Off until switched on. Switching it off takes them out of feeds and recommendations;
   * notifications that were sent remain.
   * Codes: none of its own.
   */
  setActivitySharing: ActionPayload;
  /**
   * Sets on which channels the caller gets one type of notification.
   * Codes: INVALID (unknown type; a channel of a message about the security of the account is switched off; a further channel
   * for a message with a token, which goes by e-mail alone).
   */
  setNotificationPreference: NotificationPreferencesPayload;
  /**
   * Sets the hours in which no messages leave Souk for the caller. Messages that wait already leave when they were to leave.
   * Codes: INVALID (a text that is no time of day; the end is the start).
   */
  setQuietHours: QuietHoursPayload;
  /**
   * Shows a hidden review again, or settles the reports of one that is shown. Idempotent. For notifications:manage.
   * Codes: NOT_FOUND.
   */
  showReview: ReviewPayload;
  /**
   * Ends a block by the caller. The follows of before do not return. Idempotent.
   * Codes: NOT_FOUND (a malformed id).
   */
  unblock: FollowPayload;
  /**
   * Ends the caller's follow of a user. Idempotent.
   * Codes: NOT_FOUND (a malformed id).
   */
  unfollow: FollowPayload;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationAddToWishlistArgs = {
  listingId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationAnnounceArgs = {
  body: Scalars['String']['input'];
  listingId: InputMaybe<Scalars['ID']['input']>;
  title: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationBlockArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationDeleteReviewArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationFollowArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationHideReviewArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationMarkNotificationReadArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRegisterPushSubscriptionArgs = {
  subscription: Scalars['JSON']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRemoveFromWishlistArgs = {
  listingId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRemovePushSubscriptionArgs = {
  endpoint: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationReplyToReviewArgs = {
  reviewId: Scalars['ID']['input'];
  text: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationReportReviewArgs = {
  reason: Scalars['String']['input'];
  reviewId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationReviewListingArgs = {
  idempotencyKey: Scalars['String']['input'];
  listingId: Scalars['ID']['input'];
  stars: Scalars['Int']['input'];
  text: InputMaybe<Scalars['String']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSaveNotificationTemplateArgs = {
  input: NotificationTemplateInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSetActivitySharingArgs = {
  enabled: Scalars['Boolean']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSetNotificationPreferenceArgs = {
  channels: Array<Channel>;
  type: NotificationType;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSetQuietHoursArgs = {
  quietHours: InputMaybe<QuietHoursInput>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationShowReviewArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUnblockArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUnfollowArgs = {
  userId: Scalars['ID']['input'];
};

/** A message to one user. Readable by that user only; null to others. */
export type Notification = {
  __typename?: 'Notification';
  /** Text for people. */
  body: Scalars['String']['output'];
  /** Time at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Its subject for clients: TypeIDs and numbers, such as orderId; null without any. */
  data: Maybe<Scalars['JSON']['output']>;
  /** One for each channel that it was sent to; at most 4. */
  deliveries: Array<Delivery>;
  /** TypeID with the prefix notification. */
  id: Scalars['ID']['output'];
  /** Time at which it was marked as read; null before. */
  readAt: Maybe<Scalars['DateTime']['output']>;
  /** One line for people. */
  title: Scalars['String']['output'];
  /** What it is about. */
  type: NotificationType;
};

/** A page of notifications. */
export type NotificationConnection = {
  __typename?: 'NotificationConnection';
  /** The items of the page with their cursors. */
  edges: Array<NotificationEdge>;
  /** The items of the page. */
  nodes: Array<Notification>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of notifications, with its cursor. */
export type NotificationEdge = {
  __typename?: 'NotificationEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Notification;
};

/** Result of a change of a notification. */
export type NotificationPayload = {
  __typename?: 'NotificationPayload';
  /** The notification after the change; null if it was refused. */
  notification: Maybe<Notification>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** On which channels a user gets one type of notification. */
export type NotificationPreference = {
  __typename?: 'NotificationPreference';
  /** The channels that are on; at most 4. */
  channels: Array<Channel>;
  /** The type of notification. */
  type: NotificationType;
};

/** Result of setNotificationPreference. */
export type NotificationPreferencesPayload = {
  __typename?: 'NotificationPreferencesPayload';
  /** All preferences after the change; at most 100. */
  preferences: Array<NotificationPreference>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** A notification as its recipient would get it. */
export type NotificationPreview = {
  __typename?: 'NotificationPreview';
  /** Text; null if it was refused. */
  body: Maybe<Scalars['String']['output']>;
  /** HTML part of an e-mail; null for other channels, and if it was refused. */
  html: Maybe<Scalars['String']['output']>;
  /** Subject; null for channels without one, and if it was refused. */
  subject: Maybe<Scalars['String']['output']>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Text of a type of notification for one channel and language. */
export type NotificationTemplate = {
  __typename?: 'NotificationTemplate';
  /** Text, in Liquid ({{ name }}). */
  body: Scalars['String']['output'];
  /** The channel. */
  channel: Channel;
  /** TypeID with the prefix template. */
  id: Scalars['ID']['output'];
  /** Language as a BCP 47 tag. */
  locale: Scalars['String']['output'];
  /** Subject of e-mails, in Liquid; null for channels without one. */
  subject: Maybe<Scalars['String']['output']>;
  /** The type of notification. */
  type: NotificationType;
  /** Time of the last change. */
  updatedAt: Scalars['DateTime']['output'];
  /** Variables that the text can use; 100 at most. */
  variables: Array<Scalars['String']['output']>;
};

/** A template, which replaces the one of the same type, channel and language. */
export type NotificationTemplateInput = {
  /** Text, in Liquid ({{ name }}). At most 20,000 characters. */
  body: Scalars['String']['input'];
  /** The channel. */
  channel: Channel;
  /** Language as a BCP 47 tag. At most 60 characters. */
  locale: Scalars['String']['input'];
  /** Subject of e-mails, in Liquid; null for channels without one. At most 200 characters. */
  subject?: InputMaybe<Scalars['String']['input']>;
  /** The type of notification. */
  type: NotificationType;
};

/** Result of saveNotificationTemplate. */
export type NotificationTemplatePayload = {
  __typename?: 'NotificationTemplatePayload';
  /** The template after the change; null if it was refused. */
  template: Maybe<NotificationTemplate>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Types of notifications. */
export type NotificationType =
  /** A text of an administrator (announce). */
  | 'ANNOUNCEMENT'
  /** An offer of a listing on the recipient's wishlist can be bought again: data.listingId, data.offerId. */
  | 'BACK_IN_STOCK'
  /** The recipient's cart has items. */
  | 'CART_REMINDER'
  /** A token for verifyEmail. */
  | 'EMAIL_VERIFICATION'
  /** An event or departure for which the recipient has a token starts within a day: data.listingId. */
  | 'EVENT_REMINDER'
  /** A user whom the recipient follows bought something. */
  | 'FOLLOWED_PURCHASED'
  /** A user follows the recipient. */
  | 'NEW_FOLLOWER'
  /** The recipient's order was canceled. */
  | 'ORDER_CANCELLED'
  /** The recipient's order is complete. */
  | 'ORDER_COMPLETED'
  /** The checkout of the recipient's order failed. */
  | 'ORDER_FAILED'
  /** A part of the recipient's order was canceled. */
  | 'ORDER_ITEMS_CANCELLED'
  /** The recipient's order is paid, and something is still to be shipped. */
  | 'ORDER_PAID'
  /** Money of the recipient's order was refunded. */
  | 'ORDER_REFUNDED'
  /** Items of the recipient's order were shipped: data.shipmentId. */
  | 'ORDER_SHIPPED'
  /** A value that this version of Souk does not know: an older or newer one stored it. INVALID in inputs. */
  | 'OTHER'
  /** The recipient registered a partner, or is an administrator and can verify it: data.partnerId. */
  | 'PARTNER_REGISTERED'
  /** The recipient's partner was rejected. */
  | 'PARTNER_REJECTED'
  /** The data of the recipient's partner were changed: data.partnerId. */
  | 'PARTNER_UPDATED'
  /** The recipient's partner was verified, or has another commission. */
  | 'PARTNER_VERIFIED'
  /** A token for resetPassword. */
  | 'PASSWORD_RESET'
  /** An order of the recipient is not paid yet, and expires soon: data.orderId, data.checkoutId. */
  | 'PAYMENT_DUE'
  /** An offer of a listing on the recipient's wishlist has a lower price: data.listingId, data.offerId. */
  | 'PRICE_DROPPED'
  /** A hold of the recipient's seats ends soon: data.listingId, data.seatIds. */
  | 'SEAT_HOLD_ENDING'
  /** A change of the recipient's sign-in data. */
  | 'SECURITY_ALERT'
  /** A purchase token is offered to the recipient: data.tokenId. */
  | 'TOKEN_OFFERED';

/** Where a page lies in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item; null for an empty page. Pass it as `after` to get the next page. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether items follow the page. When paging backward: whether it began at a cursor. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether items precede the page. When paging forward: whether it began at a cursor. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null for an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** Ways to pay. */
export type PaymentMethod =
  /** A transfer that quotes Payment.reference, recorded by an administrator. */
  | 'BANK_TRANSFER'
  /** A card, charged by the card provider. */
  | 'CREDIT_CARD'
  /** An electronic wallet, recorded by an administrator. */
  | 'E_WALLET'
  /** A transfer to an account number of its own, recorded by an administrator. */
  | 'VIRTUAL_ACCOUNT';

/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type Query = {
  __typename?: 'Query';
  /**
   * Actions of users whom the caller follows, newest first: those of the last 90 days, of a user who was followed later the
   * latest 50. What was undone, and what the caller may not see, is left out. SERVICE_UNAVAILABLE while the social graph is
   * unavailable.
   */
  feed: Maybe<ActivityConnection>;
  /**
   * Templates of notifications, the built-in ones first, then the oldest; at most 500: saveNotificationTemplate rejects
   * more (INVALID). For notifications:manage.
   */
  notificationTemplates: Array<NotificationTemplate>;
  /**
   * What a notification would look like. For notifications:manage.
   * Codes: NOT_FOUND (template), TEMPLATE_INVALID (also data without a variable that the template uses).
   */
  previewNotification: NotificationPreview;
  /**
   * Listings that the caller may want to buy, best first: bought by users whom the caller follows and who share their
   * purchases, or bought together with what the caller bought; then what is popular at the moment. SERVICE_UNAVAILABLE
   * while the social graph is unavailable.
   */
  recommendedListings: Maybe<Array<ListingRecommendation>>;
  /**
   * Users whom the caller may want to follow, best first: by users whom the caller follows and who follow them, and by
   * purchases that they share and the caller made too; then users who are popular at the moment. SERVICE_UNAVAILABLE while
   * the social graph is unavailable.
   */
  recommendedUsers: Maybe<Array<UserRecommendation>>;
  /**
   * Reviews that users have reported and that no administrator has hidden or shown since, the one that waits longest first.
   * For notifications:manage.
   */
  reportedReviews: Maybe<ReportedReviewConnection>;
  /**
   * The key that browsers subscribe to Web Push with (applicationServerKey, RFC 8292), in base64url; null where push messages
   * are not configured. For everybody.
   */
  vapidPublicKey: Maybe<Scalars['String']['output']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryFeedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryNotificationTemplatesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  type: InputMaybe<NotificationType>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPreviewNotificationArgs = {
  channel: Channel;
  data: Scalars['JSON']['input'];
  locale: InputMaybe<Scalars['String']['input']>;
  type: NotificationType;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryRecommendedListingsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryRecommendedUsersArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryReportedReviewsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/**
 * The part of each day in which no e-mails, text messages and pushes leave Souk for a user, as clocks in their time zone
 * (User.timeZone) show it. It may include midnight. Messages about the security of the account, and those that are of no use
 * later, leave all the same.
 */
export type QuietHours = {
  __typename?: 'QuietHours';
  /** The first minute after it, such as 07:00. */
  end: Scalars['String']['output'];
  /** The first minute, such as 22:00. */
  start: Scalars['String']['output'];
};

/** The part of each day in which no messages leave Souk. */
export type QuietHoursInput = {
  /** The first minute after it; it differs from the start. At most 5 characters. */
  end: Scalars['String']['input'];
  /** The first minute, from 00:00 to 23:59. At most 5 characters. */
  start: Scalars['String']['input'];
};

/** Result of setQuietHours. */
export type QuietHoursPayload = {
  __typename?: 'QuietHoursPayload';
  /** The quiet hours after the change; null without any, and if the change was refused. */
  quietHours: Maybe<QuietHours>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** A review that users have reported, and that no administrator has decided on since. */
export type ReportedReview = {
  __typename?: 'ReportedReview';
  /** Time of the first report. */
  firstReportedAt: Scalars['DateTime']['output'];
  /** The reports, the oldest first; at most 20. */
  reports: Array<ReviewReport>;
  /** Number of users who reported it. */
  reportsCount: Scalars['Int']['output'];
  /** The review. */
  review: Review;
};

/** A page of reported reviews. */
export type ReportedReviewConnection = {
  __typename?: 'ReportedReviewConnection';
  /** The items of the page with their cursors. */
  edges: Array<ReportedReviewEdge>;
  /** The items of the page. */
  nodes: Array<ReportedReview>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of reported reviews, with its cursor. */
export type ReportedReviewEdge = {
  __typename?: 'ReportedReviewEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: ReportedReview;
};

/**
 * What a buyer of a listing says of it. It counts while a purchase of its author stands: of a unit whose token they have, or
 * that was shipped to them. If all of them are canceled or revoked, the review is hidden; a refund alone changes nothing.
 */
export type Review = {
  __typename?: 'Review';
  /** The user who bought the listing. Everybody may read their display name. Null while they cannot be read. */
  author: Maybe<User>;
  /** Time of its creation. */
  createdAt: Scalars['DateTime']['output'];
  /** Time of its last change by the author; null without one. */
  editedAt: Maybe<Scalars['DateTime']['output']>;
  /** TypeID with the prefix review. */
  id: Scalars['ID']['output'];
  /**
   * Whether it is left out of Listing.reviews and Listing.rating: an administrator has hidden it, or its author's purchases
   * were canceled. Only the author and notifications:manage see such a review.
   */
  isHidden: Scalars['Boolean']['output'];
  /** Whether it is the caller's. */
  isMine: Scalars['Boolean']['output'];
  /** The listing; null while it cannot be read. */
  listing: Maybe<Listing>;
  /** The answer of the listing's seller; null without one. */
  reply: Maybe<ReviewReply>;
  /** Number of stars, 1 to 5. */
  stars: Scalars['Int']['output'];
  /** What the author says; null for stars alone. At most 5,000 characters. */
  text: Maybe<Scalars['String']['output']>;
};

/** A page of reviews. */
export type ReviewConnection = {
  __typename?: 'ReviewConnection';
  /** The items of the page with their cursors. */
  edges: Array<ReviewEdge>;
  /** The items of the page. */
  nodes: Array<Review>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of reviews, with its cursor. */
export type ReviewEdge = {
  __typename?: 'ReviewEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Review;
};

/** Result of a change of a review. */
export type ReviewPayload = {
  __typename?: 'ReviewPayload';
  /** The review after the change; null if it was refused, or deleted meanwhile. */
  review: Maybe<Review>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** The answer of a listing's seller to a review. */
export type ReviewReply = {
  __typename?: 'ReviewReply';
  /** Time of the answer. */
  at: Scalars['DateTime']['output'];
  /** What the seller says. */
  text: Scalars['String']['output'];
};

/** A user's report of a review. */
export type ReviewReport = {
  __typename?: 'ReviewReport';
  /** Time of the report. */
  at: Scalars['DateTime']['output'];
  /** Why, in their words. */
  reason: Scalars['String']['output'];
  /** The user; null while they cannot be read. */
  reporter: Maybe<User>;
};

/** Orders of reviews. Those with the same number of stars are ordered by the time of their creation. */
export type ReviewSort =
  /** Most stars first, of equal ones the newest. */
  | 'HIGHEST'
  /** Fewest stars first, of equal ones the oldest. */
  | 'LOWEST'
  /** The newest first. */
  | 'NEWEST';

/** Seats that are sold, blocked, or held by somebody else. */
export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeIDs of these seats; the first 100 if there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

/** Numbers about one user's purchases. */
export type SocialStatistics = {
  __typename?: 'SocialStatistics';
  /** Number of tickets bought. */
  eventsAttended: Scalars['Int']['output'];
  /** Number of units bought. */
  purchases: Scalars['Int']['output'];
  /** Number of places on tours bought. */
  toursTaken: Scalars['Int']['output'];
};

/** Live data over Server-Sent Events or WebSocket (graphql-transport-ws). */
export type Subscription = {
  __typename?: 'Subscription';
  /** The caller's notifications, each as it is created. */
  notificationReceived: Notification;
};

/** Too many failures of late. */
export type TooManyAttemptsError = UserError & {
  __typename?: 'TooManyAttemptsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Earliest time at which another attempt makes sense. */
  retryAt: Scalars['DateTime']['output'];
};

/** The caller blocks the maximum number of users. */
export type TooManyBlocksError = UserError & {
  __typename?: 'TooManyBlocksError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Maximum number of users that one user can block. */
  limit: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** The caller follows the maximum number of users. */
export type TooManyFollowsError = UserError & {
  __typename?: 'TooManyFollowsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Maximum number of users that one user can follow. */
  limit: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** More seats than one buyer or one network may hold without a checkout. */
export type TooManyHoldsError = UserError & {
  __typename?: 'TooManyHoldsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many are held already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many seats may be held. */
  maximum: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** The caller has reported too many reviews of late. */
export type TooManyReportsError = UserError & {
  __typename?: 'TooManyReportsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Maximum number of reviews that one user can report in 24 hours. */
  limit: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** Whether the caller follows this user; false for anonymous callers. */
  followedByMe: Maybe<Scalars['Boolean']['output']>;
  /** Users who follow this one, the newest follow first. */
  followers: Maybe<FollowConnection>;
  /** Number of users who follow this one. Public reads may be a minute old. */
  followersCount: Maybe<Scalars['Int']['output']>;
  /** Users whom this one follows, the newest follow first. */
  following: Maybe<FollowConnection>;
  /** Number of users whom this one follows. Public reads may be a minute old. */
  followingCount: Maybe<Scalars['Int']['output']>;
  /** TypeID with the prefix user. */
  id: Scalars['ID']['output'];
  /**
   * Users whom the caller follows and who follow this user, the latest follow of this user first; empty for anonymous
   * callers.
   */
  mutualFollowers: Maybe<Array<Maybe<User>>>;
  /** The channels of each type of notification; at most 100. Private: FORBIDDEN to all others. */
  notificationPreferences: Maybe<Array<NotificationPreference>>;
  /**
   * The user's notifications, newest first. Private: FORBIDDEN to all others. Stored for 90 days, at most 1,000; beyond
   * that the oldest read ones are deleted first.
   */
  notifications: Maybe<NotificationConnection>;
  /** The hours in which no messages leave Souk for the user; null without any. Private: FORBIDDEN to all others. */
  quietHours: Maybe<QuietHours>;
  /** Numbers about the user's purchases, without what was canceled. */
  socialStatistics: Maybe<SocialStatistics>;
  /** Number of unread notifications. Private: FORBIDDEN to all others. */
  unreadNotifications: Maybe<Scalars['Int']['output']>;
  /**
   * Listings that the user wants to remember, the one added last first. A listing that is not on sale at present is left out
   * until it is on sale again; a deleted one is gone. Private: FORBIDDEN to all others.
   */
  wishlist: Maybe<WishlistConnection>;
};


/** A person with an account. */
export type UserFollowersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person with an account. */
export type UserFollowingArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person with an account. */
export type UserMutualFollowersArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person with an account. */
export type UserNotificationsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


/** A person with an account. */
export type UserWishlistArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** An expected refusal that the caller can act on. Implementations carry the numbers that a client needs. */
export type UserError = {
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path into the input, e.g. ["input", "items", "0", "quantity"]; 10 steps at most. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A user whom the caller may want to follow. */
export type UserRecommendation = {
  __typename?: 'UserRecommendation';
  /**
   * Number of users whom the caller follows and who follow this user, among the 200 that the caller followed last and the
   * 200 that each of them followed last.
   */
  mutualCount: Scalars['Int']['output'];
  /** The reason as text, in English: "Followed by 3 people you follow". */
  reason: Scalars['String']['output'];
  /** Rank, higher is better. */
  score: Scalars['Float']['output'];
  /** The user. */
  user: Maybe<User>;
};

/** A page of a wishlist. */
export type WishlistConnection = {
  __typename?: 'WishlistConnection';
  /** The items of the page with their cursors. */
  edges: Array<WishlistEdge>;
  /** The items of the page. */
  nodes: Array<WishlistItem>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
};

/** An item of a page of a wishlist, with its cursor. */
export type WishlistEdge = {
  __typename?: 'WishlistEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: WishlistItem;
};

/** The caller's wishlist has the maximum number of listings. */
export type WishlistFullError = UserError & {
  __typename?: 'WishlistFullError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Maximum number of listings on a wishlist. */
  limit: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A listing on a wishlist. */
export type WishlistItem = {
  __typename?: 'WishlistItem';
  /** Time at which it was added. */
  addedAt: Scalars['DateTime']['output'];
  /** The listing; null while catalog is unavailable, and just after its deletion. */
  listing: Maybe<Listing>;
};

/** Result of a change of a wishlist. */
export type WishlistPayload = {
  __typename?: 'WishlistPayload';
  /** The listing; null if the change was refused. */
  listing: Maybe<Listing>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Who may get an answer that is kept. */
export type CacheControl__Scope =
  /** Nobody but the caller: it is never kept. */
  | 'PRIVATE'
  /** Everybody. */
  | 'PUBLIC';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Listing: Listing;
  Notification: Notification;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Listing:
    ( { __typename: 'Listing' }
    & GraphQLRecursivePick<FederationTypes['Listing'], {"id":true}> );
  Notification:
    ( { __typename: 'Notification' }
    & GraphQLRecursivePick<FederationTypes['Notification'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActionPayload: ResolverTypeWrapper<Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Activity: ResolverTypeWrapper<ActivityModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActivityConnection: ResolverTypeWrapper<Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ActivityEdge']>, nodes: Array<ResolversTypes['Activity']> }>;
  ActivityEdge: ResolverTypeWrapper<Omit<ActivityEdge, 'node'> & { node: ResolversTypes['Activity'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ActivityType: ActivityType;
  Address: ResolverTypeWrapper<Address>;
  Channel: Channel;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Delivery: ResolverTypeWrapper<DeliveryEntity>;
  DeliveryStatus: DeliveryStatus;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  ErrorCode: ErrorCode;
  FollowConnection: ResolverTypeWrapper<FollowConnectionModel>;
  FollowEdge: ResolverTypeWrapper<FollowEdgeModel>;
  FollowPayload: ResolverTypeWrapper<Omit<FollowPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Listing: ResolverTypeWrapper<ListingKey>;
  ListingRating: ResolverTypeWrapper<ListingRating>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ListingRecommendation: ResolverTypeWrapper<ListingRecommendationModel>;
  MaxPerOrderError: ResolverTypeWrapper<UserErrorData>;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Notification: ResolverTypeWrapper<NotificationEntity>;
  NotificationConnection: ResolverTypeWrapper<NotificationConnectionModel>;
  NotificationEdge: ResolverTypeWrapper<Omit<NotificationEdge, 'node'> & { node: ResolversTypes['Notification'] }>;
  NotificationPayload: ResolverTypeWrapper<Omit<NotificationPayload, 'notification' | 'userErrors'> & { notification?: Maybe<ResolversTypes['Notification']>, userErrors: Array<ResolversTypes['UserError']> }>;
  NotificationPreference: ResolverTypeWrapper<NotificationPreference>;
  NotificationPreferencesPayload: ResolverTypeWrapper<Omit<NotificationPreferencesPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  NotificationPreview: ResolverTypeWrapper<Omit<NotificationPreview, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  NotificationTemplate: ResolverTypeWrapper<NotificationTemplateModel>;
  NotificationTemplateInput: NotificationTemplateInput;
  NotificationTemplatePayload: ResolverTypeWrapper<Omit<NotificationTemplatePayload, 'template' | 'userErrors'> & { template?: Maybe<ResolversTypes['NotificationTemplate']>, userErrors: Array<ResolversTypes['UserError']> }>;
  NotificationType: NotificationType;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PaymentMethod: PaymentMethod;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QuietHours: ResolverTypeWrapper<QuietHours>;
  QuietHoursInput: QuietHoursInput;
  QuietHoursPayload: ResolverTypeWrapper<Omit<QuietHoursPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  ReportedReview: ResolverTypeWrapper<ReviewModel>;
  ReportedReviewConnection: ResolverTypeWrapper<ReportedReviewConnectionModel>;
  ReportedReviewEdge: ResolverTypeWrapper<Omit<ReportedReviewEdge, 'node'> & { node: ResolversTypes['ReportedReview'] }>;
  Review: ResolverTypeWrapper<ReviewModel>;
  ReviewConnection: ResolverTypeWrapper<ReviewConnectionModel>;
  ReviewEdge: ResolverTypeWrapper<Omit<ReviewEdge, 'node'> & { node: ResolversTypes['Review'] }>;
  ReviewPayload: ResolverTypeWrapper<Omit<ReviewPayload, 'review' | 'userErrors'> & { review?: Maybe<ResolversTypes['Review']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ReviewReply: ResolverTypeWrapper<ReviewReply>;
  ReviewReport: ResolverTypeWrapper<ReportModel>;
  ReviewSort: ReviewSort;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  SocialStatistics: ResolverTypeWrapper<SocialStatistics>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  TooManyBlocksError: ResolverTypeWrapper<TooManyBlocksError>;
  TooManyFollowsError: ResolverTypeWrapper<TooManyFollowsError>;
  TooManyHoldsError: ResolverTypeWrapper<UserErrorData>;
  TooManyReportsError: ResolverTypeWrapper<TooManyReportsError>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<UserKey>;
  UserError: ResolverTypeWrapper<UserErrorData>;
  UserRecommendation: ResolverTypeWrapper<UserRecommendationModel>;
  WishlistConnection: ResolverTypeWrapper<Omit<WishlistConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['WishlistEdge']>, nodes: Array<ResolversTypes['WishlistItem']> }>;
  WishlistEdge: ResolverTypeWrapper<Omit<WishlistEdge, 'node'> & { node: ResolversTypes['WishlistItem'] }>;
  WishlistFullError: ResolverTypeWrapper<WishlistFullError>;
  WishlistItem: ResolverTypeWrapper<WishlistItemModel>;
  WishlistPayload: ResolverTypeWrapper<Omit<WishlistPayload, 'listing' | 'userErrors'> & { listing?: Maybe<ResolversTypes['Listing']>, userErrors: Array<ResolversTypes['UserError']> }>;
  cacheControl__Scope: CacheControl__Scope;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionPayload: Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Activity: ActivityModel;
  ID: Scalars['ID']['output'];
  ActivityConnection: Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ActivityEdge']>, nodes: Array<ResolversParentTypes['Activity']> };
  ActivityEdge: Omit<ActivityEdge, 'node'> & { node: ResolversParentTypes['Activity'] };
  String: Scalars['String']['output'];
  Address: Address;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Delivery: DeliveryEntity;
  EmailAddress: Scalars['EmailAddress']['output'];
  FollowConnection: FollowConnectionModel;
  FollowEdge: FollowEdgeModel;
  FollowPayload: Omit<FollowPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  IdempotencyConflictError: UserErrorData;
  InputError: UserErrorData;
  InsufficientStockError: UserErrorData;
  JSON: Scalars['JSON']['output'];
  Listing: ListingKey;
  ListingRating: ListingRating;
  Float: Scalars['Float']['output'];
  ListingRecommendation: ListingRecommendationModel;
  MaxPerOrderError: UserErrorData;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Notification: NotificationEntity;
  NotificationConnection: NotificationConnectionModel;
  NotificationEdge: Omit<NotificationEdge, 'node'> & { node: ResolversParentTypes['Notification'] };
  NotificationPayload: Omit<NotificationPayload, 'notification' | 'userErrors'> & { notification?: Maybe<ResolversParentTypes['Notification']>, userErrors: Array<ResolversParentTypes['UserError']> };
  NotificationPreference: NotificationPreference;
  NotificationPreferencesPayload: Omit<NotificationPreferencesPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  NotificationPreview: Omit<NotificationPreview, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  NotificationTemplate: NotificationTemplateModel;
  NotificationTemplateInput: NotificationTemplateInput;
  NotificationTemplatePayload: Omit<NotificationTemplatePayload, 'template' | 'userErrors'> & { template?: Maybe<ResolversParentTypes['NotificationTemplate']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  QuietHours: QuietHours;
  QuietHoursInput: QuietHoursInput;
  QuietHoursPayload: Omit<QuietHoursPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  ReportedReview: ReviewModel;
  ReportedReviewConnection: ReportedReviewConnectionModel;
  ReportedReviewEdge: Omit<ReportedReviewEdge, 'node'> & { node: ResolversParentTypes['ReportedReview'] };
  Review: ReviewModel;
  ReviewConnection: ReviewConnectionModel;
  ReviewEdge: Omit<ReviewEdge, 'node'> & { node: ResolversParentTypes['Review'] };
  ReviewPayload: Omit<ReviewPayload, 'review' | 'userErrors'> & { review?: Maybe<ResolversParentTypes['Review']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ReviewReply: ReviewReply;
  ReviewReport: ReportModel;
  SafeInt: Scalars['SafeInt']['output'];
  SeatUnavailableError: UserErrorData;
  SocialStatistics: SocialStatistics;
  Subscription: Record<PropertyKey, never>;
  TooManyAttemptsError: UserErrorData;
  TooManyBlocksError: TooManyBlocksError;
  TooManyFollowsError: TooManyFollowsError;
  TooManyHoldsError: UserErrorData;
  TooManyReportsError: TooManyReportsError;
  URL: Scalars['URL']['output'];
  User: UserKey;
  UserError: UserErrorData;
  UserRecommendation: UserRecommendationModel;
  WishlistConnection: Omit<WishlistConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['WishlistEdge']>, nodes: Array<ResolversParentTypes['WishlistItem']> };
  WishlistEdge: Omit<WishlistEdge, 'node'> & { node: ResolversParentTypes['WishlistItem'] };
  WishlistFullError: WishlistFullError;
  WishlistItem: WishlistItemModel;
  WishlistPayload: Omit<WishlistPayload, 'listing' | 'userErrors'> & { listing?: Maybe<ResolversParentTypes['Listing']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge: Maybe<Scalars['Boolean']['input']>;
  maxAge: Maybe<Scalars['Int']['input']>;
  scope: Maybe<CacheControl__Scope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LengthDirectiveArgs = {
  max: Scalars['Int']['input'];
  multiline?: Scalars['Boolean']['input'];
  opaque?: Scalars['Boolean']['input'];
};

export type LengthDirectiveResolver<Result, Parent, ContextType = Context, Args = LengthDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionPayload'] = ResolversParentTypes['ActionPayload']> = {
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ActivityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Activity'] = ResolversParentTypes['Activity']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ActivityType'], ParentType, ContextType>;
};

export type ActivityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityConnection'] = ResolversParentTypes['ActivityConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ActivityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Activity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ActivityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityEdge'] = ResolversParentTypes['ActivityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Activity'], ParentType, ContextType>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DeliveryStatus'], ParentType, ContextType>;
};

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type FollowConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FollowConnection'] = ResolversParentTypes['FollowConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FollowEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['User']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type FollowEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FollowEdge'] = ResolversParentTypes['FollowEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  followedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type FollowPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FollowPayload'] = ResolversParentTypes['FollowPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type IdempotencyConflictErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyConflictError'] = ResolversParentTypes['IdempotencyConflictError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  firstUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InputError'] = ResolversParentTypes['InputError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InsufficientStockErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InsufficientStockError'] = ResolversParentTypes['InsufficientStockError']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
  alsoBought?: Resolver<Maybe<Array<ResolversTypes['ListingRecommendation']>>, ParentType, ContextType, RequireFields<ListingAlsoBoughtArgs, 'first'>>;
  boughtByFollowed?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType, RequireFields<ListingBoughtByFollowedArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  myReview?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType>;
  rating?: Resolver<Maybe<ResolversTypes['ListingRating']>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<ResolversTypes['ReviewConnection']>, ParentType, ContextType, RequireFields<ListingReviewsArgs, 'first' | 'sort'>>;
};

export type ListingRatingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingRating'] = ResolversParentTypes['ListingRating']> = {
  average?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  histogram?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ListingRecommendationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingRecommendation'] = ResolversParentTypes['ListingRecommendation']> = {
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MaxPerOrderErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MaxPerOrderError'] = ResolversParentTypes['MaxPerOrderError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addToWishlist?: Resolver<ResolversTypes['WishlistPayload'], ParentType, ContextType, RequireFields<MutationAddToWishlistArgs, 'listingId'>>;
  announce?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationAnnounceArgs, 'body' | 'title'>>;
  block?: Resolver<ResolversTypes['FollowPayload'], ParentType, ContextType, RequireFields<MutationBlockArgs, 'userId'>>;
  deleteReview?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteReviewArgs, 'id'>>;
  follow?: Resolver<ResolversTypes['FollowPayload'], ParentType, ContextType, RequireFields<MutationFollowArgs, 'userId'>>;
  hideReview?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationHideReviewArgs, 'id' | 'reason'>>;
  markAllNotificationsRead?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType>;
  markNotificationRead?: Resolver<ResolversTypes['NotificationPayload'], ParentType, ContextType, RequireFields<MutationMarkNotificationReadArgs, 'id'>>;
  registerPushSubscription?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRegisterPushSubscriptionArgs, 'subscription'>>;
  removeFromWishlist?: Resolver<ResolversTypes['WishlistPayload'], ParentType, ContextType, RequireFields<MutationRemoveFromWishlistArgs, 'listingId'>>;
  removePushSubscription?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRemovePushSubscriptionArgs, 'endpoint'>>;
  replyToReview?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationReplyToReviewArgs, 'reviewId' | 'text'>>;
  reportReview?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationReportReviewArgs, 'reason' | 'reviewId'>>;
  reviewListing?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationReviewListingArgs, 'idempotencyKey' | 'listingId' | 'stars'>>;
  saveNotificationTemplate?: Resolver<ResolversTypes['NotificationTemplatePayload'], ParentType, ContextType, RequireFields<MutationSaveNotificationTemplateArgs, 'input'>>;
  setActivitySharing?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationSetActivitySharingArgs, 'enabled'>>;
  setNotificationPreference?: Resolver<ResolversTypes['NotificationPreferencesPayload'], ParentType, ContextType, RequireFields<MutationSetNotificationPreferenceArgs, 'channels' | 'type'>>;
  setQuietHours?: Resolver<ResolversTypes['QuietHoursPayload'], ParentType, ContextType, Partial<MutationSetQuietHoursArgs>>;
  showReview?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationShowReviewArgs, 'id'>>;
  unblock?: Resolver<ResolversTypes['FollowPayload'], ParentType, ContextType, RequireFields<MutationUnblockArgs, 'userId'>>;
  unfollow?: Resolver<ResolversTypes['FollowPayload'], ParentType, ContextType, RequireFields<MutationUnfollowArgs, 'userId'>>;
};

export type NotificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification'], FederationReferenceType extends FederationReferenceTypes['Notification'] = FederationReferenceTypes['Notification']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Notification']> | FederationReferenceType, FederationReferenceType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  deliveries?: Resolver<Array<ResolversTypes['Delivery']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['NotificationType'], ParentType, ContextType>;
};

export type NotificationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationConnection'] = ResolversParentTypes['NotificationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Notification']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type NotificationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationEdge'] = ResolversParentTypes['NotificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Notification'], ParentType, ContextType>;
};

export type NotificationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPayload'] = ResolversParentTypes['NotificationPayload']> = {
  notification?: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type NotificationPreferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreference'] = ResolversParentTypes['NotificationPreference']> = {
  channels?: Resolver<Array<ResolversTypes['Channel']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['NotificationType'], ParentType, ContextType>;
};

export type NotificationPreferencesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreferencesPayload'] = ResolversParentTypes['NotificationPreferencesPayload']> = {
  preferences?: Resolver<Array<ResolversTypes['NotificationPreference']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type NotificationPreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreview'] = ResolversParentTypes['NotificationPreview']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  html?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type NotificationTemplateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationTemplate'] = ResolversParentTypes['NotificationTemplate']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['NotificationType'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  variables?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type NotificationTemplatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationTemplatePayload'] = ResolversParentTypes['NotificationTemplatePayload']> = {
  template?: Resolver<Maybe<ResolversTypes['NotificationTemplate']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  feed?: Resolver<Maybe<ResolversTypes['ActivityConnection']>, ParentType, ContextType, RequireFields<QueryFeedArgs, 'first'>>;
  notificationTemplates?: Resolver<Array<ResolversTypes['NotificationTemplate']>, ParentType, ContextType, RequireFields<QueryNotificationTemplatesArgs, 'first'>>;
  previewNotification?: Resolver<ResolversTypes['NotificationPreview'], ParentType, ContextType, RequireFields<QueryPreviewNotificationArgs, 'channel' | 'data' | 'type'>>;
  recommendedListings?: Resolver<Maybe<Array<ResolversTypes['ListingRecommendation']>>, ParentType, ContextType, RequireFields<QueryRecommendedListingsArgs, 'limit'>>;
  recommendedUsers?: Resolver<Maybe<Array<ResolversTypes['UserRecommendation']>>, ParentType, ContextType, RequireFields<QueryRecommendedUsersArgs, 'limit'>>;
  reportedReviews?: Resolver<Maybe<ResolversTypes['ReportedReviewConnection']>, ParentType, ContextType, RequireFields<QueryReportedReviewsArgs, 'first'>>;
  vapidPublicKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QuietHoursResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuietHours'] = ResolversParentTypes['QuietHours']> = {
  end?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QuietHoursPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuietHoursPayload'] = ResolversParentTypes['QuietHoursPayload']> = {
  quietHours?: Resolver<Maybe<ResolversTypes['QuietHours']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReportedReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportedReview'] = ResolversParentTypes['ReportedReview']> = {
  firstReportedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reports?: Resolver<Array<ResolversTypes['ReviewReport']>, ParentType, ContextType>;
  reportsCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
};

export type ReportedReviewConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportedReviewConnection'] = ResolversParentTypes['ReportedReviewConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReportedReviewEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ReportedReview']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type ReportedReviewEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportedReviewEdge'] = ResolversParentTypes['ReportedReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReportedReview'], ParentType, ContextType>;
};

export type ReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Review'] = ResolversParentTypes['Review']> = {
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isHidden?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isMine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  reply?: Resolver<Maybe<ResolversTypes['ReviewReply']>, ParentType, ContextType>;
  stars?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReviewConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewConnection'] = ResolversParentTypes['ReviewConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReviewEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Review']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type ReviewEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewEdge'] = ResolversParentTypes['ReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
};

export type ReviewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewPayload'] = ResolversParentTypes['ReviewPayload']> = {
  review?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReviewReplyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewReply'] = ResolversParentTypes['ReviewReply']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReviewReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewReport'] = ResolversParentTypes['ReviewReport']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reporter?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SeatUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatUnavailableError'] = ResolversParentTypes['SeatUnavailableError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SocialStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SocialStatistics'] = ResolversParentTypes['SocialStatistics']> = {
  eventsAttended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  purchases?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  toursTaken?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  notificationReceived?: SubscriptionResolver<ResolversTypes['Notification'], "notificationReceived", ParentType, ContextType>;
};

export type TooManyAttemptsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttemptsError'] = ResolversParentTypes['TooManyAttemptsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyBlocksErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyBlocksError'] = ResolversParentTypes['TooManyBlocksError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyFollowsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyFollowsError'] = ResolversParentTypes['TooManyFollowsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyHoldsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyHoldsError'] = ResolversParentTypes['TooManyHoldsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyReportsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyReportsError'] = ResolversParentTypes['TooManyReportsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  followedByMe?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  followers?: Resolver<Maybe<ResolversTypes['FollowConnection']>, ParentType, ContextType, RequireFields<UserFollowersArgs, 'first'>>;
  followersCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  following?: Resolver<Maybe<ResolversTypes['FollowConnection']>, ParentType, ContextType, RequireFields<UserFollowingArgs, 'first'>>;
  followingCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mutualFollowers?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType, RequireFields<UserMutualFollowersArgs, 'first'>>;
  notificationPreferences?: Resolver<Maybe<Array<ResolversTypes['NotificationPreference']>>, ParentType, ContextType>;
  notifications?: Resolver<Maybe<ResolversTypes['NotificationConnection']>, ParentType, ContextType, RequireFields<UserNotificationsArgs, 'first' | 'unreadOnly'>>;
  quietHours?: Resolver<Maybe<ResolversTypes['QuietHours']>, ParentType, ContextType>;
  socialStatistics?: Resolver<Maybe<ResolversTypes['SocialStatistics']>, ParentType, ContextType>;
  unreadNotifications?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  wishlist?: Resolver<Maybe<ResolversTypes['WishlistConnection']>, ParentType, ContextType, RequireFields<UserWishlistArgs, 'first'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'SeatUnavailableError' | 'TooManyAttemptsError' | 'TooManyBlocksError' | 'TooManyFollowsError' | 'TooManyHoldsError' | 'TooManyReportsError' | 'WishlistFullError', ParentType, ContextType>;
};

export type UserRecommendationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserRecommendation'] = ResolversParentTypes['UserRecommendation']> = {
  mutualCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type WishlistConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WishlistConnection'] = ResolversParentTypes['WishlistConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WishlistEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['WishlistItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WishlistEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WishlistEdge'] = ResolversParentTypes['WishlistEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WishlistItem'], ParentType, ContextType>;
};

export type WishlistFullErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WishlistFullError'] = ResolversParentTypes['WishlistFullError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WishlistItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WishlistItem'] = ResolversParentTypes['WishlistItem']> = {
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
};

export type WishlistPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WishlistPayload'] = ResolversParentTypes['WishlistPayload']> = {
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionPayload?: ActionPayloadResolvers<ContextType>;
  Activity?: ActivityResolvers<ContextType>;
  ActivityConnection?: ActivityConnectionResolvers<ContextType>;
  ActivityEdge?: ActivityEdgeResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Delivery?: DeliveryResolvers<ContextType>;
  EmailAddress?: GraphQLScalarType;
  FollowConnection?: FollowConnectionResolvers<ContextType>;
  FollowEdge?: FollowEdgeResolvers<ContextType>;
  FollowPayload?: FollowPayloadResolvers<ContextType>;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  InputError?: InputErrorResolvers<ContextType>;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Listing?: ListingResolvers<ContextType>;
  ListingRating?: ListingRatingResolvers<ContextType>;
  ListingRecommendation?: ListingRecommendationResolvers<ContextType>;
  MaxPerOrderError?: MaxPerOrderErrorResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  NotificationConnection?: NotificationConnectionResolvers<ContextType>;
  NotificationEdge?: NotificationEdgeResolvers<ContextType>;
  NotificationPayload?: NotificationPayloadResolvers<ContextType>;
  NotificationPreference?: NotificationPreferenceResolvers<ContextType>;
  NotificationPreferencesPayload?: NotificationPreferencesPayloadResolvers<ContextType>;
  NotificationPreview?: NotificationPreviewResolvers<ContextType>;
  NotificationTemplate?: NotificationTemplateResolvers<ContextType>;
  NotificationTemplatePayload?: NotificationTemplatePayloadResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QuietHours?: QuietHoursResolvers<ContextType>;
  QuietHoursPayload?: QuietHoursPayloadResolvers<ContextType>;
  ReportedReview?: ReportedReviewResolvers<ContextType>;
  ReportedReviewConnection?: ReportedReviewConnectionResolvers<ContextType>;
  ReportedReviewEdge?: ReportedReviewEdgeResolvers<ContextType>;
  Review?: ReviewResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  ReviewEdge?: ReviewEdgeResolvers<ContextType>;
  ReviewPayload?: ReviewPayloadResolvers<ContextType>;
  ReviewReply?: ReviewReplyResolvers<ContextType>;
  ReviewReport?: ReviewReportResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  SocialStatistics?: SocialStatisticsResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  TooManyBlocksError?: TooManyBlocksErrorResolvers<ContextType>;
  TooManyFollowsError?: TooManyFollowsErrorResolvers<ContextType>;
  TooManyHoldsError?: TooManyHoldsErrorResolvers<ContextType>;
  TooManyReportsError?: TooManyReportsErrorResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserRecommendation?: UserRecommendationResolvers<ContextType>;
  WishlistConnection?: WishlistConnectionResolvers<ContextType>;
  WishlistEdge?: WishlistEdgeResolvers<ContextType>;
  WishlistFullError?: WishlistFullErrorResolvers<ContextType>;
  WishlistItem?: WishlistItemResolvers<ContextType>;
  WishlistPayload?: WishlistPayloadResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
