import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { UserModel } from '../models.js';
import type { AddressEntity } from '../entities/address.js';
import type { SessionEntity } from '../entities/session.js';
import type { PartnerEntity } from '../entities/partner.js';
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

export type AddressInput = {
  /** May be empty in countries whose addresses name no city, such as Singapore. At most 100 characters. */
  city: Scalars['String']['input'];
  /** At most 2 characters. */
  countryCode: Scalars['String']['input'];
  isDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 100 characters. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** At most 200 characters. */
  line1: Scalars['String']['input'];
  /** At most 200 characters. */
  line2?: InputMaybe<Scalars['String']['input']>;
  /** At most 30 characters. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** May be empty in countries without postal codes, such as Hong Kong. At most 20 characters. */
  postalCode: Scalars['String']['input'];
  /** At most 200 characters. */
  recipient: Scalars['String']['input'];
  /** At most 100 characters. */
  region?: InputMaybe<Scalars['String']['input']>;
};

export type AddressPayload = {
  __typename?: 'AddressPayload';
  address: Maybe<Address>;
  user: Maybe<User>;
  userErrors: Array<UserError>;
};

/** One administrative or partner action, chained by hash to the entry before it. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  action: Scalars['String']['output'];
  actor: Maybe<User>;
  after: Maybe<Scalars['JSON']['output']>;
  at: Scalars['DateTime']['output'];
  before: Maybe<Scalars['JSON']['output']>;
  hash: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  ipAddress: Maybe<Scalars['String']['output']>;
  previousHash: Scalars['String']['output'];
  requestId: Maybe<Scalars['String']['output']>;
  targetId: Scalars['ID']['output'];
  targetType: Scalars['String']['output'];
};

export type AuditEntryConnection = {
  __typename?: 'AuditEntryConnection';
  edges: Array<AuditEntryEdge>;
  nodes: Array<AuditEntry>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type AuditEntryEdge = {
  __typename?: 'AuditEntryEdge';
  cursor: Scalars['String']['output'];
  node: AuditEntry;
};

export type AuditFilter = {
  /** At most 100 characters. */
  action?: InputMaybe<Scalars['String']['input']>;
  actorId?: InputMaybe<Scalars['ID']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  targetId?: InputMaybe<Scalars['ID']['input']>;
  /** At most 100 characters. */
  targetType?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AuditVerification = {
  __typename?: 'AuditVerification';
  /** The first entry whose hash does not follow from its content and the entry before it. */
  brokenAt: Maybe<Scalars['ID']['output']>;
  checked: Scalars['Int']['output'];
  valid: Scalars['Boolean']['output'];
};

/** accessToken: a JWT (sub, iat, exp, iss, aud, jti, roles, scope). refreshToken: opaque, used once, then replaced. */
export type AuthPayload = {
  __typename?: 'AuthPayload';
  accessToken: Maybe<Scalars['String']['output']>;
  accessTokenExpiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Set instead of the tokens when a second factor is due: pass it to verifyMfa. */
  mfaChallenge: Maybe<Scalars['String']['output']>;
  refreshToken: Maybe<Scalars['String']['output']>;
  refreshTokenExpiresAt: Maybe<Scalars['DateTime']['output']>;
  user: Maybe<User>;
  userErrors: Array<UserError>;
};

/** Output only: each subgraph lists the codes that it returns. */
export type ErrorCode =
  | 'ACCOUNT_SUSPENDED'
  | 'BAD_CREDENTIALS'
  | 'CONFLICT'
  | 'EMAIL_TAKEN'
  | 'INVALID'
  | 'LAST_ADMIN'
  | 'MFA_INVALID'
  | 'MFA_REQUIRED'
  | 'NOT_FOUND'
  | 'NOT_OWNER'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_REUSED'
  | 'TOO_MANY_ATTEMPTS'
  | 'WEAK_PASSWORD';

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

export type MfaEnrolmentPayload = {
  __typename?: 'MfaEnrolmentPayload';
  qrCode: Maybe<Scalars['String']['output']>;
  /** 10 codes; each works once. */
  recoveryCodes: Maybe<Array<Scalars['String']['output']>>;
  /** otpauth:// URI. qrCode is the same URI as an SVG QR code in a data URL. */
  uri: Maybe<Scalars['String']['output']>;
  userErrors: Array<UserError>;
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
  addAddress: AddressPayload;
  beginMfaEnrolment: MfaEnrolmentPayload;
  /** Ends every other session. */
  changePassword: ActionPayload;
  confirmMfaEnrolment: MfaEnrolmentPayload;
  /** Erases personal data. Orders and payments keep their amounts. */
  deleteAccount: ActionPayload;
  deleteUser: ActionPayload;
  disableMfa: ActionPayload;
  /** Verifies a second factor. The new access token has the claim mfa_at (seconds) and allows guarded actions (MFA_REQUIRED) for ten minutes. MFA_INVALID without an enrolled factor. */
  elevateSession: AuthPayload;
  /**
   * BAD_CREDENTIALS, ACCOUNT_SUSPENDED, TOO_MANY_ATTEMPTS (TooManyAttemptsError): after 10 failures for one account from
   * one network in 15 minutes, or 100 for all accounts. A network is an IPv4 address or an IPv6 /64. After 30 failures for
   * one account from all networks in an hour, a network without a login to the account in the last 30 days has one attempt;
   * after 100, none. Successful logins do not count.
   */
  login: AuthPayload;
  logout: ActionPayload;
  reactivateUser: UserPayload;
  /**
   * Rotates the refresh token. The same token within 10 seconds returns the same new tokens, so that tabs of a browser may refresh at once; later, reuse of a token ends its session.
   * Error codes: TOKEN_REUSED, TOKEN_EXPIRED (unknown, expired, or its session has ended), ACCOUNT_SUSPENDED.
   */
  refreshSession: AuthPayload;
  /**
   * INVALID, WEAK_PASSWORD (the message names the weakness); otherwise TOO_MANY_ATTEMPTS (TooManyAttemptsError: the network
   * has reached its registrations per hour); otherwise EMAIL_TAKEN. Other errors therefore never reveal whether an e-mail
   * address has an account.
   */
  register: AuthPayload;
  registerPartner: PartnerPayload;
  rejectPartner: PartnerPayload;
  removeAddress: ActionPayload;
  requestEmailVerification: ActionPayload;
  /** Always ok, whether or not the address has an account. */
  requestPasswordReset: ActionPayload;
  resetPassword: ActionPayload;
  revokeAllSessions: ActionPayload;
  revokeSession: ActionPayload;
  setSystemSetting: SystemSettingPayload;
  /** INVALID when it adds or removes PARTNER: verifyPartner and suspendPartner change that role. */
  setUserRoles: UserPayload;
  suspendPartner: PartnerPayload;
  suspendUser: UserPayload;
  /** Replaces the whole address. */
  updateAddress: AddressPayload;
  updatePartner: PartnerPayload;
  updateProfile: UserPayload;
  verifyEmail: UserPayload;
  verifyMfa: AuthPayload;
  verifyPartner: PartnerPayload;
};


export type MutationAddAddressArgs = {
  input: AddressInput;
};


export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


export type MutationConfirmMfaEnrolmentArgs = {
  code: Scalars['String']['input'];
};


export type MutationDeleteAccountArgs = {
  password: Scalars['String']['input'];
};


export type MutationDeleteUserArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationDisableMfaArgs = {
  code: Scalars['String']['input'];
};


export type MutationElevateSessionArgs = {
  code: Scalars['String']['input'];
};


export type MutationLoginArgs = {
  email: Scalars['EmailAddress']['input'];
  password: Scalars['String']['input'];
};


export type MutationLogoutArgs = {
  refreshToken: Scalars['String']['input'];
};


export type MutationReactivateUserArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationRefreshSessionArgs = {
  refreshToken: Scalars['String']['input'];
};


export type MutationRegisterArgs = {
  input: RegisterInput;
};


export type MutationRegisterPartnerArgs = {
  input: PartnerInput;
};


export type MutationRejectPartnerArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationRemoveAddressArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRequestPasswordResetArgs = {
  email: Scalars['EmailAddress']['input'];
};


export type MutationResetPasswordArgs = {
  newPassword: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


export type MutationRevokeSessionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSetSystemSettingArgs = {
  key: Scalars['String']['input'];
  value: Scalars['JSON']['input'];
};


export type MutationSetUserRolesArgs = {
  roles: Array<Role>;
  userId: Scalars['ID']['input'];
};


export type MutationSuspendPartnerArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationSuspendUserArgs = {
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationUpdateAddressArgs = {
  id: Scalars['ID']['input'];
  input: AddressInput;
};


export type MutationUpdatePartnerArgs = {
  id: Scalars['ID']['input'];
  input: UpdatePartnerInput;
};


export type MutationUpdateProfileArgs = {
  input: ProfileInput;
};


export type MutationVerifyEmailArgs = {
  token: Scalars['String']['input'];
};


export type MutationVerifyMfaArgs = {
  challenge: Scalars['String']['input'];
  code: Scalars['String']['input'];
};


export type MutationVerifyPartnerArgs = {
  commissionBasisPoints: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type Partner = {
  __typename?: 'Partner';
  about: Maybe<Scalars['String']['output']>;
  /** Hundredths of a percent. Visible to the partner and to users:manage. */
  commissionBasisPoints: Maybe<Scalars['Int']['output']>;
  createdAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  owner: User;
  rejectionReason: Maybe<Scalars['String']['output']>;
  slug: Scalars['String']['output'];
  status: PartnerStatus;
  verifiedAt: Maybe<Scalars['DateTime']['output']>;
  website: Maybe<Scalars['URL']['output']>;
};

export type PartnerConnection = {
  __typename?: 'PartnerConnection';
  edges: Array<PartnerEdge>;
  nodes: Array<Partner>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type PartnerEdge = {
  __typename?: 'PartnerEdge';
  cursor: Scalars['String']['output'];
  node: Partner;
};

export type PartnerInput = {
  /** At most 5,000 characters. */
  about?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  name: Scalars['String']['input'];
  /** At most 50 characters. */
  taxId?: InputMaybe<Scalars['String']['input']>;
  /** At most 2,048 characters as a URL. */
  website?: InputMaybe<Scalars['URL']['input']>;
};

export type PartnerPayload = {
  __typename?: 'PartnerPayload';
  partner: Maybe<Partner>;
  userErrors: Array<UserError>;
};

export type PartnerStatus =
  | 'PENDING'
  | 'REJECTED'
  | 'SUSPENDED'
  | 'VERIFIED';

export type PaymentMethod =
  | 'BANK_TRANSFER'
  | 'CREDIT_CARD'
  | 'E_WALLET'
  | 'VIRTUAL_ACCOUNT';

export type ProfileInput = {
  /** At most 2,048 characters as a URL. */
  avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** At most 100 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** Empty for a person with one name. At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** A BCP 47 language tag: `pt-BR`; `pt_BR` is understood. At most 60 characters. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** At most 30 characters. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** At most 10,240 characters as JSON text. */
  preferences?: InputMaybe<Scalars['JSON']['input']>;
  /** At most 60 characters. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type Query = {
  __typename?: 'Query';
  auditLog: AuditEntryConnection;
  /** The caller, or null when the request carries no token. */
  me: Maybe<User>;
  partner: Maybe<Partner>;
  partners: PartnerConnection;
  /** All settings; 100 at most. */
  systemSettings: Array<SystemSetting>;
  user: Maybe<User>;
  users: UserConnection;
  verifyAuditLog: AuditVerification;
};


export type QueryAuditLogArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPartnerArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


export type QueryPartnersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<PartnerStatus>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryVerifyAuditLogArgs = {
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};

export type RegisterInput = {
  /** At most 100 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** At most 254 characters. */
  email: Scalars['EmailAddress']['input'];
  /** At most 100 characters. */
  firstName: Scalars['String']['input'];
  /** Empty for a person with one name. At most 100 characters. */
  lastName: Scalars['String']['input'];
  /** A BCP 47 language tag: `pt-BR`; `pt_BR` is understood. At most 60 characters. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** At most 1,000 characters. */
  password: Scalars['String']['input'];
  /** At most 60 characters. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type Role =
  | 'ADMIN'
  | 'PARTNER'
  | 'USER';

export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** The first 100 where there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

/**
 * One signed-in device: a family of rotating refresh tokens. An account has at most 100: another login ends the least
 * recently used one.
 */
export type Session = {
  __typename?: 'Session';
  createdAt: Scalars['DateTime']['output'];
  current: Scalars['Boolean']['output'];
  expiresAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  ipAddress: Maybe<Scalars['String']['output']>;
  lastUsedAt: Scalars['DateTime']['output'];
  userAgent: Maybe<Scalars['String']['output']>;
};

export type SystemSetting = {
  __typename?: 'SystemSetting';
  defaultValue: Scalars['JSON']['output'];
  description: Scalars['String']['output'];
  key: Scalars['String']['output'];
  updatedAt: Maybe<Scalars['DateTime']['output']>;
  updatedBy: Maybe<User>;
  value: Scalars['JSON']['output'];
};

export type SystemSettingPayload = {
  __typename?: 'SystemSettingPayload';
  setting: Maybe<SystemSetting>;
  userErrors: Array<UserError>;
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

export type UpdatePartnerInput = {
  /** At most 5,000 characters. */
  about?: InputMaybe<Scalars['String']['input']>;
  /** At most 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** At most 50 characters. */
  taxId?: InputMaybe<Scalars['String']['input']>;
  /** At most 2,048 characters as a URL. */
  website?: InputMaybe<Scalars['URL']['input']>;
};

export type User = {
  __typename?: 'User';
  /** 50 at most: addAddress rejects more (INVALID). */
  addresses: Maybe<Array<Address>>;
  avatarUrl: Maybe<Scalars['URL']['output']>;
  displayName: Scalars['String']['output'];
  /** Private, like the fields below: readable by the user and holders of users:manage; FORBIDDEN to others. */
  email: Maybe<Scalars['EmailAddress']['output']>;
  emailVerified: Maybe<Scalars['Boolean']['output']>;
  firstName: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  lastName: Maybe<Scalars['String']['output']>;
  locale: Maybe<Scalars['String']['output']>;
  memberSince: Scalars['DateTime']['output'];
  mfaEnabled: Maybe<Scalars['Boolean']['output']>;
  partner: Maybe<Partner>;
  phone: Maybe<Scalars['String']['output']>;
  preferences: Maybe<Scalars['JSON']['output']>;
  roles: Maybe<Array<Role>>;
  /** Open sessions, most recently used first; 100 at most. */
  sessions: Maybe<Array<Session>>;
  status: Maybe<UserStatus>;
  timeZone: Maybe<Scalars['String']['output']>;
};

export type UserConnection = {
  __typename?: 'UserConnection';
  edges: Array<UserEdge>;
  nodes: Array<User>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type UserEdge = {
  __typename?: 'UserEdge';
  cursor: Scalars['String']['output'];
  node: User;
};

/** A refusal the caller can act on. Implementations carry the numbers a client needs. */
export type UserError = {
  code: ErrorCode;
  /** Path into the input, e.g. ["input", "items", "0", "quantity"]; 10 steps at most. */
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type UserFilter = {
  role?: InputMaybe<Role>;
  /** Matches name and e-mail. At most 200 characters. */
  search?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<UserStatus>;
};

export type UserPayload = {
  __typename?: 'UserPayload';
  user: Maybe<User>;
  userErrors: Array<UserError>;
};

export type UserStatus =
  | 'ACTIVE'
  | 'DELETED'
  | 'SUSPENDED';

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
  Partner: Partner;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Partner:
    ( { __typename: 'Partner' }
    & GraphQLRecursivePick<FederationTypes['Partner'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActionPayload: ResolverTypeWrapper<Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Address: ResolverTypeWrapper<AddressEntity>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AddressInput: AddressInput;
  AddressPayload: ResolverTypeWrapper<Omit<AddressPayload, 'address' | 'user' | 'userErrors'> & { address?: Maybe<ResolversTypes['Address']>, user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  AuditEntry: ResolverTypeWrapper<Omit<AuditEntry, 'actor'> & { actor?: Maybe<ResolversTypes['User']> }>;
  AuditEntryConnection: ResolverTypeWrapper<Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['AuditEntryEdge']>, nodes: Array<ResolversTypes['AuditEntry']> }>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditFilter: AuditFilter;
  AuditVerification: ResolverTypeWrapper<AuditVerification>;
  AuthPayload: ResolverTypeWrapper<Omit<AuthPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  ErrorCode: ErrorCode;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  MaxPerOrderError: ResolverTypeWrapper<UserErrorData>;
  MfaEnrolmentPayload: ResolverTypeWrapper<Omit<MfaEnrolmentPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<PartnerEntity>;
  PartnerConnection: ResolverTypeWrapper<Omit<PartnerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['PartnerEdge']>, nodes: Array<ResolversTypes['Partner']> }>;
  PartnerEdge: ResolverTypeWrapper<Omit<PartnerEdge, 'node'> & { node: ResolversTypes['Partner'] }>;
  PartnerInput: PartnerInput;
  PartnerPayload: ResolverTypeWrapper<Omit<PartnerPayload, 'partner' | 'userErrors'> & { partner?: Maybe<ResolversTypes['Partner']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PartnerStatus: PartnerStatus;
  PaymentMethod: PaymentMethod;
  ProfileInput: ProfileInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterInput: RegisterInput;
  Role: Role;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  Session: ResolverTypeWrapper<SessionEntity>;
  SystemSetting: ResolverTypeWrapper<Omit<SystemSetting, 'updatedBy'> & { updatedBy?: Maybe<ResolversTypes['User']> }>;
  SystemSettingPayload: ResolverTypeWrapper<Omit<SystemSettingPayload, 'setting' | 'userErrors'> & { setting?: Maybe<ResolversTypes['SystemSetting']>, userErrors: Array<ResolversTypes['UserError']> }>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UpdatePartnerInput: UpdatePartnerInput;
  User: ResolverTypeWrapper<UserModel>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['UserEdge']>, nodes: Array<ResolversTypes['User']> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserError: ResolverTypeWrapper<UserErrorData>;
  UserFilter: UserFilter;
  UserPayload: ResolverTypeWrapper<Omit<UserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UserStatus: UserStatus;
  cacheControl__Scope: CacheControl__Scope;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionPayload: Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Address: AddressEntity;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  AddressInput: AddressInput;
  AddressPayload: Omit<AddressPayload, 'address' | 'user' | 'userErrors'> & { address?: Maybe<ResolversParentTypes['Address']>, user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  AuditEntry: Omit<AuditEntry, 'actor'> & { actor?: Maybe<ResolversParentTypes['User']> };
  AuditEntryConnection: Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['AuditEntryEdge']>, nodes: Array<ResolversParentTypes['AuditEntry']> };
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditFilter: AuditFilter;
  AuditVerification: AuditVerification;
  AuthPayload: Omit<AuthPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  DateTime: Scalars['DateTime']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  IdempotencyConflictError: UserErrorData;
  InputError: UserErrorData;
  InsufficientStockError: UserErrorData;
  JSON: Scalars['JSON']['output'];
  MaxPerOrderError: UserErrorData;
  MfaEnrolmentPayload: Omit<MfaEnrolmentPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Partner: PartnerEntity;
  PartnerConnection: Omit<PartnerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['PartnerEdge']>, nodes: Array<ResolversParentTypes['Partner']> };
  PartnerEdge: Omit<PartnerEdge, 'node'> & { node: ResolversParentTypes['Partner'] };
  PartnerInput: PartnerInput;
  PartnerPayload: Omit<PartnerPayload, 'partner' | 'userErrors'> & { partner?: Maybe<ResolversParentTypes['Partner']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ProfileInput: ProfileInput;
  Query: Record<PropertyKey, never>;
  RegisterInput: RegisterInput;
  SafeInt: Scalars['SafeInt']['output'];
  SeatUnavailableError: UserErrorData;
  Session: SessionEntity;
  SystemSetting: Omit<SystemSetting, 'updatedBy'> & { updatedBy?: Maybe<ResolversParentTypes['User']> };
  SystemSettingPayload: Omit<SystemSettingPayload, 'setting' | 'userErrors'> & { setting?: Maybe<ResolversParentTypes['SystemSetting']>, userErrors: Array<ResolversParentTypes['UserError']> };
  TooManyAttemptsError: UserErrorData;
  URL: Scalars['URL']['output'];
  UpdatePartnerInput: UpdatePartnerInput;
  User: UserModel;
  UserConnection: Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['UserEdge']>, nodes: Array<ResolversParentTypes['User']> };
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserError: UserErrorData;
  UserFilter: UserFilter;
  UserPayload: Omit<UserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
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

export type AddressPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddressPayload'] = ResolversParentTypes['AddressPayload']> = {
  address?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ipAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  targetType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditVerificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditVerification'] = ResolversParentTypes['AuditVerification']> = {
  brokenAt?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  checked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  valid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AuthPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthPayload'] = ResolversParentTypes['AuthPayload']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  mfaChallenge?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refreshToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

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

export type MaxPerOrderErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MaxPerOrderError'] = ResolversParentTypes['MaxPerOrderError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MfaEnrolmentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MfaEnrolmentPayload'] = ResolversParentTypes['MfaEnrolmentPayload']> = {
  qrCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recoveryCodes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  uri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addAddress?: Resolver<ResolversTypes['AddressPayload'], ParentType, ContextType, RequireFields<MutationAddAddressArgs, 'input'>>;
  beginMfaEnrolment?: Resolver<ResolversTypes['MfaEnrolmentPayload'], ParentType, ContextType>;
  changePassword?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'currentPassword' | 'newPassword'>>;
  confirmMfaEnrolment?: Resolver<ResolversTypes['MfaEnrolmentPayload'], ParentType, ContextType, RequireFields<MutationConfirmMfaEnrolmentArgs, 'code'>>;
  deleteAccount?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'password'>>;
  deleteUser?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteUserArgs, 'userId'>>;
  disableMfa?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDisableMfaArgs, 'code'>>;
  elevateSession?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationElevateSessionArgs, 'code'>>;
  login?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationLoginArgs, 'email' | 'password'>>;
  logout?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationLogoutArgs, 'refreshToken'>>;
  reactivateUser?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationReactivateUserArgs, 'userId'>>;
  refreshSession?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'refreshToken'>>;
  register?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  registerPartner?: Resolver<ResolversTypes['PartnerPayload'], ParentType, ContextType, RequireFields<MutationRegisterPartnerArgs, 'input'>>;
  rejectPartner?: Resolver<ResolversTypes['PartnerPayload'], ParentType, ContextType, RequireFields<MutationRejectPartnerArgs, 'id' | 'reason'>>;
  removeAddress?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRemoveAddressArgs, 'id'>>;
  requestEmailVerification?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType>;
  requestPasswordReset?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'email'>>;
  resetPassword?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'newPassword' | 'token'>>;
  revokeAllSessions?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType>;
  revokeSession?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRevokeSessionArgs, 'id'>>;
  setSystemSetting?: Resolver<ResolversTypes['SystemSettingPayload'], ParentType, ContextType, RequireFields<MutationSetSystemSettingArgs, 'key' | 'value'>>;
  setUserRoles?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationSetUserRolesArgs, 'roles' | 'userId'>>;
  suspendPartner?: Resolver<ResolversTypes['PartnerPayload'], ParentType, ContextType, RequireFields<MutationSuspendPartnerArgs, 'id' | 'reason'>>;
  suspendUser?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationSuspendUserArgs, 'reason' | 'userId'>>;
  updateAddress?: Resolver<ResolversTypes['AddressPayload'], ParentType, ContextType, RequireFields<MutationUpdateAddressArgs, 'id' | 'input'>>;
  updatePartner?: Resolver<ResolversTypes['PartnerPayload'], ParentType, ContextType, RequireFields<MutationUpdatePartnerArgs, 'id' | 'input'>>;
  updateProfile?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  verifyEmail?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationVerifyEmailArgs, 'token'>>;
  verifyMfa?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationVerifyMfaArgs, 'challenge' | 'code'>>;
  verifyPartner?: Resolver<ResolversTypes['PartnerPayload'], ParentType, ContextType, RequireFields<MutationVerifyPartnerArgs, 'id'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Partner'] = ResolversParentTypes['Partner'], FederationReferenceType extends FederationReferenceTypes['Partner'] = FederationReferenceTypes['Partner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Partner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  about?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  commissionBasisPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  rejectionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PartnerStatus'], ParentType, ContextType>;
  verifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  website?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type PartnerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerConnection'] = ResolversParentTypes['PartnerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PartnerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Partner']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PartnerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerEdge'] = ResolversParentTypes['PartnerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Partner'], ParentType, ContextType>;
};

export type PartnerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerPayload'] = ResolversParentTypes['PartnerPayload']> = {
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditLog?: Resolver<ResolversTypes['AuditEntryConnection'], ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType, Partial<QueryPartnerArgs>>;
  partners?: Resolver<ResolversTypes['PartnerConnection'], ParentType, ContextType, RequireFields<QueryPartnersArgs, 'first'>>;
  systemSettings?: Resolver<Array<ResolversTypes['SystemSetting']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, RequireFields<QueryUsersArgs, 'first'>>;
  verifyAuditLog?: Resolver<ResolversTypes['AuditVerification'], ParentType, ContextType, Partial<QueryVerifyAuditLogArgs>>;
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

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ipAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userAgent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SystemSettingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SystemSetting'] = ResolversParentTypes['SystemSetting']> = {
  defaultValue?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  updatedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type SystemSettingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SystemSettingPayload'] = ResolversParentTypes['SystemSettingPayload']> = {
  setting?: Resolver<Maybe<ResolversTypes['SystemSetting']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TooManyAttemptsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttemptsError'] = ResolversParentTypes['TooManyAttemptsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addresses?: Resolver<Maybe<Array<ResolversTypes['Address']>>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  emailVerified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  locale?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  memberSince?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  mfaEnabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  preferences?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  roles?: Resolver<Maybe<Array<ResolversTypes['Role']>>, ParentType, ContextType>;
  sessions?: Resolver<Maybe<Array<ResolversTypes['Session']>>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['UserStatus']>, ParentType, ContextType>;
  timeZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'SeatUnavailableError' | 'TooManyAttemptsError', ParentType, ContextType>;
};

export type UserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserPayload'] = ResolversParentTypes['UserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionPayload?: ActionPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  AddressPayload?: AddressPayloadResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  AuditVerification?: AuditVerificationResolvers<ContextType>;
  AuthPayload?: AuthPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  InputError?: InputErrorResolvers<ContextType>;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  MaxPerOrderError?: MaxPerOrderErrorResolvers<ContextType>;
  MfaEnrolmentPayload?: MfaEnrolmentPayloadResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  PartnerConnection?: PartnerConnectionResolvers<ContextType>;
  PartnerEdge?: PartnerEdgeResolvers<ContextType>;
  PartnerPayload?: PartnerPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SystemSetting?: SystemSettingResolvers<ContextType>;
  SystemSettingPayload?: SystemSettingPayloadResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserPayload?: UserPayloadResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
