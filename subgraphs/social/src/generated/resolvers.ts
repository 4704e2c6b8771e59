import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { UserKey, ListingKey, FollowConnection as FollowConnectionModel, FollowEdge as FollowEdgeModel, NotificationConnection as NotificationConnectionModel } from '../models.js';
import type { NotificationEntity, DeliveryEntity } from '../entities/notification.js';
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
  DateTime: { input: Date; output: Date; }
  EmailAddress: { input: string; output: string; }
  JSON: { input: unknown; output: unknown; }
  /** An integer up to 2^53 - 1. */
  SafeInt: { input: number; output: number; }
  URL: { input: URL; output: URL | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** For actions with nothing to return. */
export type ActionPayload = {
  __typename?: 'ActionPayload';
  ok: Scalars['Boolean']['output'];
  /** The first 100 where there are more. */
  userErrors: Array<UserError>;
};

/** An action of a user whom the caller follows. */
export type Activity = {
  __typename?: 'Activity';
  actor: User;
  at: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  listing: Maybe<Listing>;
  target: Maybe<User>;
  type: ActivityType;
};

export type ActivityConnection = {
  __typename?: 'ActivityConnection';
  edges: Array<ActivityEdge>;
  nodes: Array<Activity>;
  pageInfo: PageInfo;
};

export type ActivityEdge = {
  __typename?: 'ActivityEdge';
  cursor: Scalars['String']['output'];
  node: Activity;
};

export type ActivityType =
  | 'FOLLOWED'
  | 'PUBLISHED_LISTING'
  | 'PURCHASED';

export type Address = {
  __typename?: 'Address';
  /** Empty in countries whose addresses name no city. */
  city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2. */
  countryCode: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  isDefault: Scalars['Boolean']['output'];
  label: Maybe<Scalars['String']['output']>;
  line1: Scalars['String']['output'];
  line2: Maybe<Scalars['String']['output']>;
  phone: Maybe<Scalars['String']['output']>;
  /** Empty in countries without postal codes. */
  postalCode: Scalars['String']['output'];
  recipient: Scalars['String']['output'];
  region: Maybe<Scalars['String']['output']>;
};

export type Channel =
  | 'EMAIL'
  | 'IN_APP'
  | 'PUSH'
  | 'SMS';

export type Delivery = {
  __typename?: 'Delivery';
  attempts: Scalars['Int']['output'];
  channel: Channel;
  error: Maybe<Scalars['String']['output']>;
  sentAt: Maybe<Scalars['DateTime']['output']>;
  status: DeliveryStatus;
};

export type DeliveryStatus =
  | 'DELIVERED'
  | 'FAILED'
  | 'QUEUED'
  | 'SENT'
  /** The user's preferences disable the channel. */
  | 'SUPPRESSED';

export type ErrorCode =
  | 'BLOCKED'
  | 'CANNOT_FOLLOW_SELF'
  | 'INVALID'
  | 'NOT_FOUND'
  | 'NOT_OWNER'
  | 'TEMPLATE_INVALID'
  | 'TOO_MANY_FOLLOWS';

export type FollowConnection = {
  __typename?: 'FollowConnection';
  edges: Array<FollowEdge>;
  nodes: Array<User>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type FollowEdge = {
  __typename?: 'FollowEdge';
  cursor: Scalars['String']['output'];
  followedAt: Scalars['DateTime']['output'];
  node: User;
};

export type FollowPayload = {
  __typename?: 'FollowPayload';
  user: Maybe<User>;
  userErrors: Array<UserError>;
};

/** The key was used before with other arguments. */
export type IdempotencyConflictError = UserError & {
  __typename?: 'IdempotencyConflictError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  firstUsedAt: Scalars['DateTime']['output'];
  idempotencyKey: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** A refusal that carries nothing beyond its code. */
export type InputError = UserError & {
  __typename?: 'InputError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type InsufficientStockError = UserError & {
  __typename?: 'InsufficientStockError';
  available: Scalars['Int']['output'];
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  offerId: Scalars['ID']['output'];
};

export type Listing = {
  __typename?: 'Listing';
  /** first is 100 at most. */
  alsoBought: Array<ListingRecommendation>;
  /** Users whom the caller follows, who bought the listing and share their purchases. first is 100 at most. */
  boughtByFollowed: Array<User>;
  id: Scalars['ID']['output'];
};


export type ListingAlsoBoughtArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ListingBoughtByFollowedArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ListingRecommendation = {
  __typename?: 'ListingRecommendation';
  listing: Listing;
  reason: Scalars['String']['output'];
  score: Scalars['Float']['output'];
};

/** More of an offer than one buyer may hold without having paid: in one order, or in seats held and open checkouts together. */
export type MaxPerOrderError = UserError & {
  __typename?: 'MaxPerOrderError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many the buyer holds already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many units one buyer may hold unpaid. */
  maximum: Scalars['Int']['output'];
  message: Scalars['String']['output'];
  offerId: Scalars['ID']['output'];
};

/** An exact amount in the currency's minor unit (cents; yen have none). */
export type Money = {
  __typename?: 'Money';
  amount: Scalars['SafeInt']['output'];
  /** ISO 4217. */
  currency: Scalars['String']['output'];
  /** Written for reading, e.g. "€12.50", in the request's Accept-Language. */
  formatted: Scalars['String']['output'];
};

export type MoneyInput = {
  amount: Scalars['SafeInt']['input'];
  /** At most 3 characters. */
  currency: Scalars['String']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Notifies all users, or all holders of a token for the listing. */
  announce: ActionPayload;
  block: FollowPayload;
  /**
   * Idempotent. Notifies the user at most once a week about the same follower. NOT_FOUND, CANNOT_FOLLOW_SELF,
   * TOO_MANY_FOLLOWS (TooManyFollowsError: at most 5,000).
   */
  follow: FollowPayload;
  markAllNotificationsRead: ActionPayload;
  markNotificationRead: NotificationPayload;
  /** A Web Push subscription, in the format of PushSubscription.toJSON(). */
  registerPushSubscription: ActionPayload;
  saveNotificationTemplate: NotificationTemplatePayload;
  /**
   * Switches on or off that followers learn what the caller buys (FOLLOWED_PURCHASED). Off until switched on; notifications
   * that were sent remain. No error codes.
   */
  setActivitySharing: ActionPayload;
  setNotificationPreference: NotificationPreferencesPayload;
  unblock: FollowPayload;
  unfollow: FollowPayload;
};


export type MutationAnnounceArgs = {
  body: Scalars['String']['input'];
  listingId: InputMaybe<Scalars['ID']['input']>;
  title: Scalars['String']['input'];
};


export type MutationBlockArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationFollowArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationMarkNotificationReadArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRegisterPushSubscriptionArgs = {
  subscription: Scalars['JSON']['input'];
};


export type MutationSaveNotificationTemplateArgs = {
  input: NotificationTemplateInput;
};


export type MutationSetActivitySharingArgs = {
  enabled: Scalars['Boolean']['input'];
};


export type MutationSetNotificationPreferenceArgs = {
  channels: Array<Channel>;
  type: Scalars['String']['input'];
};


export type MutationUnblockArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationUnfollowArgs = {
  userId: Scalars['ID']['input'];
};

export type Notification = {
  __typename?: 'Notification';
  body: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  data: Maybe<Scalars['JSON']['output']>;
  /** One per channel. */
  deliveries: Array<Delivery>;
  id: Scalars['ID']['output'];
  readAt: Maybe<Scalars['DateTime']['output']>;
  title: Scalars['String']['output'];
  type: Scalars['String']['output'];
};

export type NotificationConnection = {
  __typename?: 'NotificationConnection';
  edges: Array<NotificationEdge>;
  nodes: Array<Notification>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type NotificationEdge = {
  __typename?: 'NotificationEdge';
  cursor: Scalars['String']['output'];
  node: Notification;
};

export type NotificationPayload = {
  __typename?: 'NotificationPayload';
  notification: Maybe<Notification>;
  userErrors: Array<UserError>;
};

export type NotificationPreference = {
  __typename?: 'NotificationPreference';
  channels: Array<Channel>;
  type: Scalars['String']['output'];
};

export type NotificationPreferencesPayload = {
  __typename?: 'NotificationPreferencesPayload';
  preferences: Array<NotificationPreference>;
  userErrors: Array<UserError>;
};

export type NotificationPreview = {
  __typename?: 'NotificationPreview';
  body: Maybe<Scalars['String']['output']>;
  subject: Maybe<Scalars['String']['output']>;
  userErrors: Array<UserError>;
};

export type NotificationTemplate = {
  __typename?: 'NotificationTemplate';
  body: Scalars['String']['output'];
  channel: Channel;
  id: Scalars['ID']['output'];
  locale: Scalars['String']['output'];
  subject: Maybe<Scalars['String']['output']>;
  type: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  /** Variables that the text can use; 100 at most. */
  variables: Array<Scalars['String']['output']>;
};

export type NotificationTemplateInput = {
  /** At most 20,000 characters. */
  body: Scalars['String']['input'];
  channel: Channel;
  /** At most 60 characters. */
  locale: Scalars['String']['input'];
  /** At most 200 characters. */
  subject?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  type: Scalars['String']['input'];
};

export type NotificationTemplatePayload = {
  __typename?: 'NotificationTemplatePayload';
  template: Maybe<NotificationTemplate>;
  userErrors: Array<UserError>;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

export type PaymentMethod =
  | 'BANK_TRANSFER'
  | 'CREDIT_CARD'
  | 'E_WALLET'
  | 'VIRTUAL_ACCOUNT';

export type Query = {
  __typename?: 'Query';
  feed: ActivityConnection;
  /** 500 at most: saveNotificationTemplate rejects more (INVALID). */
  notificationTemplates: Array<NotificationTemplate>;
  previewNotification: NotificationPreview;
  /** limit is 100 at most. */
  recommendedListings: Array<ListingRecommendation>;
  /** limit is 100 at most. */
  recommendedUsers: Array<UserRecommendation>;
};


export type QueryFeedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryNotificationTemplatesArgs = {
  type: InputMaybe<Scalars['String']['input']>;
};


export type QueryPreviewNotificationArgs = {
  channel: Channel;
  data: Scalars['JSON']['input'];
  locale: InputMaybe<Scalars['String']['input']>;
  type: Scalars['String']['input'];
};


export type QueryRecommendedListingsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryRecommendedUsersArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
};

export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** The first 100 where there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

export type SocialStatistics = {
  __typename?: 'SocialStatistics';
  eventsAttended: Scalars['Int']['output'];
  purchases: Scalars['Int']['output'];
  toursTaken: Scalars['Int']['output'];
};

export type Subscription = {
  __typename?: 'Subscription';
  notificationReceived: Notification;
};

/** Too much was tried of late. */
export type TooManyAttemptsError = UserError & {
  __typename?: 'TooManyAttemptsError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** When it makes sense to try again. */
  retryAt: Scalars['DateTime']['output'];
};

/** The caller follows the maximum number of users. */
export type TooManyFollowsError = UserError & {
  __typename?: 'TooManyFollowsError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Maximum number of users that one user can follow. */
  limit: Scalars['Int']['output'];
  message: Scalars['String']['output'];
};

export type User = {
  __typename?: 'User';
  followedByMe: Scalars['Boolean']['output'];
  followers: FollowConnection;
  followersCount: Scalars['Int']['output'];
  following: FollowConnection;
  followingCount: Scalars['Int']['output'];
  id: Scalars['ID']['output'];
  /** first is 100 at most. */
  mutualFollowers: Array<User>;
  /** One per type of notification; 100 at most. */
  notificationPreferences: Maybe<Array<NotificationPreference>>;
  /** Private to the user. Stored for 90 days, at most 1,000; beyond that the oldest read ones are deleted first. */
  notifications: Maybe<NotificationConnection>;
  socialStatistics: SocialStatistics;
  unreadNotifications: Maybe<Scalars['Int']['output']>;
};


export type UserFollowersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type UserFollowingArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type UserMutualFollowersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type UserNotificationsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A refusal the caller can act on. Implementations carry the numbers a client needs. */
export type UserError = {
  code: ErrorCode;
  /** Path into the input, e.g. ["input", "items", "0", "quantity"]; 10 steps at most. */
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type UserRecommendation = {
  __typename?: 'UserRecommendation';
  mutualCount: Scalars['Int']['output'];
  /** The reason as text: "Followed by 3 people you follow". */
  reason: Scalars['String']['output'];
  score: Scalars['Float']['output'];
  user: User;
};

export type CacheControl__Scope =
  | 'PRIVATE'
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
  Activity: ResolverTypeWrapper<Omit<Activity, 'actor' | 'listing' | 'target'> & { actor: ResolversTypes['User'], listing?: Maybe<ResolversTypes['Listing']>, target?: Maybe<ResolversTypes['User']> }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActivityConnection: ResolverTypeWrapper<Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ActivityEdge']>, nodes: Array<ResolversTypes['Activity']> }>;
  ActivityEdge: ResolverTypeWrapper<Omit<ActivityEdge, 'node'> & { node: ResolversTypes['Activity'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ActivityType: ActivityType;
  Address: ResolverTypeWrapper<Address>;
  Channel: Channel;
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
  ListingRecommendation: ResolverTypeWrapper<Omit<ListingRecommendation, 'listing'> & { listing: ResolversTypes['Listing'] }>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
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
  NotificationTemplate: ResolverTypeWrapper<NotificationTemplate>;
  NotificationTemplateInput: NotificationTemplateInput;
  NotificationTemplatePayload: ResolverTypeWrapper<Omit<NotificationTemplatePayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PaymentMethod: PaymentMethod;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  SocialStatistics: ResolverTypeWrapper<SocialStatistics>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  TooManyFollowsError: ResolverTypeWrapper<TooManyFollowsError>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<UserKey>;
  UserError: ResolverTypeWrapper<UserErrorData>;
  UserRecommendation: ResolverTypeWrapper<Omit<UserRecommendation, 'user'> & { user: ResolversTypes['User'] }>;
  cacheControl__Scope: CacheControl__Scope;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionPayload: Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Activity: Omit<Activity, 'actor' | 'listing' | 'target'> & { actor: ResolversParentTypes['User'], listing?: Maybe<ResolversParentTypes['Listing']>, target?: Maybe<ResolversParentTypes['User']> };
  ID: Scalars['ID']['output'];
  ActivityConnection: Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ActivityEdge']>, nodes: Array<ResolversParentTypes['Activity']> };
  ActivityEdge: Omit<ActivityEdge, 'node'> & { node: ResolversParentTypes['Activity'] };
  String: Scalars['String']['output'];
  Address: Address;
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
  ListingRecommendation: Omit<ListingRecommendation, 'listing'> & { listing: ResolversParentTypes['Listing'] };
  Float: Scalars['Float']['output'];
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
  NotificationTemplate: NotificationTemplate;
  NotificationTemplateInput: NotificationTemplateInput;
  NotificationTemplatePayload: Omit<NotificationTemplatePayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  SafeInt: Scalars['SafeInt']['output'];
  SeatUnavailableError: UserErrorData;
  SocialStatistics: SocialStatistics;
  Subscription: Record<PropertyKey, never>;
  TooManyAttemptsError: UserErrorData;
  TooManyFollowsError: TooManyFollowsError;
  URL: Scalars['URL']['output'];
  User: UserKey;
  UserError: UserErrorData;
  UserRecommendation: Omit<UserRecommendation, 'user'> & { user: ResolversParentTypes['User'] };
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
  actor?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
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
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FollowEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FollowEdge'] = ResolversParentTypes['FollowEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  followedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
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
  alsoBought?: Resolver<Array<ResolversTypes['ListingRecommendation']>, ParentType, ContextType, RequireFields<ListingAlsoBoughtArgs, 'first'>>;
  boughtByFollowed?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType, RequireFields<ListingBoughtByFollowedArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ListingRecommendationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingRecommendation'] = ResolversParentTypes['ListingRecommendation']> = {
  listing?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
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
  announce?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationAnnounceArgs, 'body' | 'title'>>;
  block?: Resolver<ResolversTypes['FollowPayload'], ParentType, ContextType, RequireFields<MutationBlockArgs, 'userId'>>;
  follow?: Resolver<ResolversTypes['FollowPayload'], ParentType, ContextType, RequireFields<MutationFollowArgs, 'userId'>>;
  markAllNotificationsRead?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType>;
  markNotificationRead?: Resolver<ResolversTypes['NotificationPayload'], ParentType, ContextType, RequireFields<MutationMarkNotificationReadArgs, 'id'>>;
  registerPushSubscription?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRegisterPushSubscriptionArgs, 'subscription'>>;
  saveNotificationTemplate?: Resolver<ResolversTypes['NotificationTemplatePayload'], ParentType, ContextType, RequireFields<MutationSaveNotificationTemplateArgs, 'input'>>;
  setActivitySharing?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationSetActivitySharingArgs, 'enabled'>>;
  setNotificationPreference?: Resolver<ResolversTypes['NotificationPreferencesPayload'], ParentType, ContextType, RequireFields<MutationSetNotificationPreferenceArgs, 'channels' | 'type'>>;
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
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NotificationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationConnection'] = ResolversParentTypes['NotificationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Notification']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NotificationPreferencesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreferencesPayload'] = ResolversParentTypes['NotificationPreferencesPayload']> = {
  preferences?: Resolver<Array<ResolversTypes['NotificationPreference']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type NotificationPreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreview'] = ResolversParentTypes['NotificationPreview']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type NotificationTemplateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationTemplate'] = ResolversParentTypes['NotificationTemplate']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  feed?: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, RequireFields<QueryFeedArgs, 'first'>>;
  notificationTemplates?: Resolver<Array<ResolversTypes['NotificationTemplate']>, ParentType, ContextType, Partial<QueryNotificationTemplatesArgs>>;
  previewNotification?: Resolver<ResolversTypes['NotificationPreview'], ParentType, ContextType, RequireFields<QueryPreviewNotificationArgs, 'channel' | 'data' | 'type'>>;
  recommendedListings?: Resolver<Array<ResolversTypes['ListingRecommendation']>, ParentType, ContextType, RequireFields<QueryRecommendedListingsArgs, 'limit'>>;
  recommendedUsers?: Resolver<Array<ResolversTypes['UserRecommendation']>, ParentType, ContextType, RequireFields<QueryRecommendedUsersArgs, 'limit'>>;
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

export type TooManyFollowsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyFollowsError'] = ResolversParentTypes['TooManyFollowsError']> = {
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
  followedByMe?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  followers?: Resolver<ResolversTypes['FollowConnection'], ParentType, ContextType, RequireFields<UserFollowersArgs, 'first'>>;
  followersCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  following?: Resolver<ResolversTypes['FollowConnection'], ParentType, ContextType, RequireFields<UserFollowingArgs, 'first'>>;
  followingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mutualFollowers?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType, RequireFields<UserMutualFollowersArgs, 'first'>>;
  notificationPreferences?: Resolver<Maybe<Array<ResolversTypes['NotificationPreference']>>, ParentType, ContextType>;
  notifications?: Resolver<Maybe<ResolversTypes['NotificationConnection']>, ParentType, ContextType, RequireFields<UserNotificationsArgs, 'first' | 'unreadOnly'>>;
  socialStatistics?: Resolver<ResolversTypes['SocialStatistics'], ParentType, ContextType>;
  unreadNotifications?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'SeatUnavailableError' | 'TooManyAttemptsError' | 'TooManyFollowsError', ParentType, ContextType>;
};

export type UserRecommendationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserRecommendation'] = ResolversParentTypes['UserRecommendation']> = {
  mutualCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionPayload?: ActionPayloadResolvers<ContextType>;
  Activity?: ActivityResolvers<ContextType>;
  ActivityConnection?: ActivityConnectionResolvers<ContextType>;
  ActivityEdge?: ActivityEdgeResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
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
  SafeInt?: GraphQLScalarType;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  SocialStatistics?: SocialStatisticsResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  TooManyFollowsError?: TooManyFollowsErrorResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserRecommendation?: UserRecommendationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
