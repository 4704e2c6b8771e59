import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { UserModel, UserConnection as UserConnectionModel, PartnerConnection as PartnerConnectionModel, AuditEntryConnection as AuditEntryConnectionModel } from '../models.js';
import type { AddressEntity } from '../entities/address.js';
import type { SessionEntity } from '../entities/session.js';
import type { PasskeyEntity } from '../entities/passkey.js';
import type { PartnerEntity } from '../entities/partner.js';
import type { SystemSettingState } from '../domain/setting/system-setting.js';
import type { AuditEntryEntity } from '../entities/audit-entry.js';
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

/** A whole postal address: an optional field that is null or absent is empty. */
export type AddressInput = {
  /** City or town. At most 100 characters. */
  city: Scalars['String']['input'];
  /** ISO 3166-1 alpha-2 code, two capital letters. At most 2 characters. */
  countryCode: Scalars['String']['input'];
  /**
   * Whether it becomes the default address. Null or absent: updateAddress leaves it as it is. A user's only address is
   * always the default.
   */
  isDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** A name for the user's own use, such as Home. At most 100 characters. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** Street and number. At most 200 characters. */
  line1: Scalars['String']['input'];
  /** Second line. At most 200 characters. */
  line2?: InputMaybe<Scalars['String']['input']>;
  /**
   * Phone number for the delivery: 3 to 30 digits, spaces and ( ) . / -, optionally with + before.
   * At most 30 characters.
   */
  phone?: InputMaybe<Scalars['String']['input']>;
  /**
   * Postal code as its country writes it; may be empty in countries without postal codes, such as Hong Kong.
   * At most 20 characters.
   */
  postalCode: Scalars['String']['input'];
  /** Name of the person or company. At most 200 characters. */
  recipient: Scalars['String']['input'];
  /** State, province or region. At most 100 characters. */
  region?: InputMaybe<Scalars['String']['input']>;
};

/** Result of a change of an address. */
export type AddressPayload = {
  __typename?: 'AddressPayload';
  /** The address after the change; null if it was refused. */
  address: Maybe<Address>;
  /** Its owner; null if the change was refused. */
  user: Maybe<User>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** An audited action: the mutation that was called, in capitals. */
export type AuditAction =
  /** adjustStock. */
  | 'ADJUST_STOCK'
  /** announce. */
  | 'ANNOUNCE'
  /** archiveListing. */
  | 'ARCHIVE_LISTING'
  /** blockSeats. */
  | 'BLOCK_SEATS'
  /** cancelCheckout, by another than the buyer. */
  | 'CANCEL_CHECKOUT'
  /** cancelOrder, by another than the buyer. */
  | 'CANCEL_ORDER'
  /** cancelOrderItems, by another than the buyer. */
  | 'CANCEL_ORDER_ITEMS'
  /** createApp. */
  | 'CREATE_APP'
  /** createCategory. */
  | 'CREATE_CATEGORY'
  /** createEvent. */
  | 'CREATE_EVENT'
  /** createImageUpload. */
  | 'CREATE_IMAGE_UPLOAD'
  /** createOffer. */
  | 'CREATE_OFFER'
  /** createProduct. */
  | 'CREATE_PRODUCT'
  /** createTour. */
  | 'CREATE_TOUR'
  /** createVenue. */
  | 'CREATE_VENUE'
  /** deleteAccount. */
  | 'DELETE_ACCOUNT'
  /** deleteCategory. */
  | 'DELETE_CATEGORY'
  /** deleteListing. */
  | 'DELETE_LISTING'
  /** deleteUser. */
  | 'DELETE_USER'
  /** endCheckouts. */
  | 'END_CHECKOUTS'
  /** hideReview. */
  | 'HIDE_REVIEW'
  /** markShipped. */
  | 'MARK_SHIPPED'
  /** One that this version does not know, of a newer version. */
  | 'OTHER'
  /** publishListing. */
  | 'PUBLISH_LISTING'
  /** reactivateUser. */
  | 'REACTIVATE_USER'
  /** recordPayment. */
  | 'RECORD_PAYMENT'
  /** recordPayout. */
  | 'RECORD_PAYOUT'
  /** redeemToken. */
  | 'REDEEM_TOKEN'
  /** refundPayment. */
  | 'REFUND_PAYMENT'
  /** registerPartner. */
  | 'REGISTER_PARTNER'
  /** rejectPartner. */
  | 'REJECT_PARTNER'
  /** replyToReview. */
  | 'REPLY_TO_REVIEW'
  /** resetSystemSetting. */
  | 'RESET_SYSTEM_SETTING'
  /** resolveCheckout. */
  | 'RESOLVE_CHECKOUT'
  /** retryCheckout. */
  | 'RETRY_CHECKOUT'
  /** revokeToken. */
  | 'REVOKE_TOKEN'
  /** saveNotificationTemplate. */
  | 'SAVE_NOTIFICATION_TEMPLATE'
  /** setSystemSetting. */
  | 'SET_SYSTEM_SETTING'
  /** setUserRoles. */
  | 'SET_USER_ROLES'
  /** showReview. */
  | 'SHOW_REVIEW'
  /** suspendPartner. */
  | 'SUSPEND_PARTNER'
  /** suspendUser. */
  | 'SUSPEND_USER'
  /** updateApp. */
  | 'UPDATE_APP'
  /** updateCategory. */
  | 'UPDATE_CATEGORY'
  /** updateEvent. */
  | 'UPDATE_EVENT'
  /** updateOffer. */
  | 'UPDATE_OFFER'
  /** updateOrderStatus. */
  | 'UPDATE_ORDER_STATUS'
  /** updatePartner. */
  | 'UPDATE_PARTNER'
  /** updateProduct. */
  | 'UPDATE_PRODUCT'
  /** updateTour. */
  | 'UPDATE_TOUR'
  /** updateVenue. */
  | 'UPDATE_VENUE'
  /** uploadScans: an offline scan admitted the holder. */
  | 'UPLOAD_SCANS'
  /** verifyPartner. */
  | 'VERIFY_PARTNER'
  /** verifyPayment, by another than the buyer. */
  | 'VERIFY_PAYMENT';

/** One administrative or partner action, chained by hash to the entry before it. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** What was done: the mutation. */
  action: AuditAction;
  /** The user who acted; null for the system. */
  actor: Maybe<User>;
  /**
   * Changed values after the action; null for an object that is gone. Long texts are shortened. Without passwords, tokens
   * and secrets. Null also after the account that was changed has been deleted.
   */
  after: Maybe<Scalars['JSON']['output']>;
  /** Time of the action. */
  at: Scalars['DateTime']['output'];
  /**
   * Changed values before the action; null for a new object. Long texts are shortened. Without passwords, tokens and
   * secrets. Null also after the account that was changed has been deleted.
   */
  before: Maybe<Scalars['JSON']['output']>;
  /** Hash of the content and of previousHash: SHA-256, 64 hexadecimal digits. */
  hash: Scalars['String']['output'];
  /** TypeID with the prefix audit. */
  id: Scalars['ID']['output'];
  /** Network address of the caller; null if unknown, and after the account of the actor has been deleted. */
  ipAddress: Maybe<Scalars['String']['output']>;
  /** Place in the log, from 1 and without gaps. */
  position: Scalars['SafeInt']['output'];
  /** Hash of the entry before; 64 zeros for the first one. */
  previousHash: Scalars['String']['output'];
  /** Id of the request, as in its logs and errors; null if unknown. */
  requestId: Maybe<Scalars['String']['output']>;
  /** TypeID of the object that was changed, or its key, such as that of a setting. */
  targetId: Scalars['ID']['output'];
  /** Type of the object that was changed. */
  targetType: AuditTargetType;
};

/** A page of audit entries. */
export type AuditEntryConnection = {
  __typename?: 'AuditEntryConnection';
  /** The items of the page with their cursors. */
  edges: Array<AuditEntryEdge>;
  /** The items of the page. */
  nodes: Array<AuditEntry>;
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

/** An item of a page of audit entries, with its cursor. */
export type AuditEntryEdge = {
  __typename?: 'AuditEntryEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: AuditEntry;
};

/** Restricts the audit log; a field that is null or absent does not restrict. */
export type AuditFilter = {
  /** Only this action. OTHER matches none. */
  action?: InputMaybe<AuditAction>;
  /** Only actions of this user. */
  actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Only entries at or after this time. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only changes of the object with this TypeID or key. */
  targetId?: InputMaybe<Scalars['ID']['input']>;
  /** Only changes of objects of this type. OTHER matches none. */
  targetType?: InputMaybe<AuditTargetType>;
  /** Only entries before this time. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What is wrong with the audit log. */
export type AuditProblem =
  /** The last entry is not the one that was appended last. */
  | 'END_CHANGED'
  /** The content of an entry does not match its hash. */
  | 'ENTRY_CHANGED'
  /** An entry was inserted beyond the end of the log. */
  | 'ENTRY_INSERTED'
  /** An entry before this one is missing, or, if brokenAt is null, the entries at the end. */
  | 'ENTRY_REMOVED'
  /** An entry does not follow from the one before it: one of the two was replaced. */
  | 'ENTRY_REPLACED'
  /** Values or the address of an entry were changed, or are gone although no account was deleted. */
  | 'VALUES_CHANGED';

/** The type of an object that an audited action changes. */
export type AuditTargetType =
  /** An announcement. */
  | 'ANNOUNCEMENT'
  /** A category. */
  | 'CATEGORY'
  /** A checkout. */
  | 'CHECKOUT'
  /** An uploaded picture. */
  | 'IMAGE'
  /** A listing. */
  | 'LISTING'
  /** A template of notifications. */
  | 'NOTIFICATION_TEMPLATE'
  /** An offer. */
  | 'OFFER'
  /** An order. */
  | 'ORDER'
  /** One that this version does not know, of a newer version. */
  | 'OTHER'
  /** A partner. */
  | 'PARTNER'
  /** A payment. */
  | 'PAYMENT'
  /** A purchase token. */
  | 'PURCHASE_TOKEN'
  /** A review. */
  | 'REVIEW'
  /** A system setting, by its key. */
  | 'SYSTEM_SETTING'
  /** A user. */
  | 'USER'
  /** A venue. */
  | 'VENUE';

/** Result of a check of the audit log. */
export type AuditVerification = {
  __typename?: 'AuditVerification';
  /** The first entry that is wrong; null if none is, and for a problem at the end of the log. */
  brokenAt: Maybe<Scalars['ID']['output']>;
  /** Number of checked entries, with those before `after`. */
  checked: Scalars['Int']['output'];
  /** Where the next query continues; null if the check is complete. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Number of entries of the whole log. */
  entryCount: Scalars['SafeInt']['output'];
  /**
   * Hash of the last entry of the whole log. Note it with entryCount outside of Souk: the entry at that position must have
   * this hash at any later time.
   */
  headHash: Scalars['String']['output'];
  /**
   * Whether the check is complete. A long log takes more time than one request has: repeat the query with endCursor as
   * `after` until this is true.
   */
  isComplete: Scalars['Boolean']['output'];
  /** What is wrong; null if nothing is. */
  problem: Maybe<AuditProblem>;
  /** Whether every checked entry follows from the one before. It says nothing of entries after endCursor. */
  valid: Scalars['Boolean']['output'];
};

/** Result of signing in. Tokens and user are null if it was refused. */
export type AuthPayload = {
  __typename?: 'AuthPayload';
  /**
   * A JWT (ES256: sub, sid, jti, iat, exp, iss, aud, roles, scope; mfa_at after a second factor) for the header
   * authorization: Bearer. Verified by /.well-known/jwks.json.
   */
  accessToken: Maybe<Scalars['String']['output']>;
  /** End of the access token, 15 minutes after it was issued. */
  accessTokenExpiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Set instead of tokens and user when a second factor is due: pass it to verifyMfa within five minutes. Opaque. */
  mfaChallenge: Maybe<Scalars['String']['output']>;
  /** The ways in which this user can give the second factor that is due; at most 3. Null without mfaChallenge. */
  mfaMethods: Maybe<Array<MfaMethod>>;
  /**
   * Opaque. Used once by refreshSession, which replaces it. Null where the request has the header souk-refresh-cookie: the
   * token is then in a cookie that scripts cannot read (HttpOnly, Secure, SameSite=Strict). Such requests are FORBIDDEN
   * without an Origin header, and to pages of other origins than the API's own and those of CORS_ORIGINS. Null after
   * elevateSession too: the present one stays valid.
   */
  refreshToken: Maybe<Scalars['String']['output']>;
  /** End of the refresh token, 30 days after it was issued; null without one. */
  refreshTokenExpiresAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * The user who is signed in. The private fields of their profile and partner are readable in this answer; their cart,
   * orders, payments and notifications need the new access token.
   */
  user: Maybe<User>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Kinds of expected refusals, for programs. Output only. Each mutation's description lists the codes that it returns. */
export type ErrorCode =
  /** The account is suspended. */
  | 'ACCOUNT_SUSPENDED'
  /** Wrong e-mail address or password; the answer does not say which. */
  | 'BAD_CREDENTIALS'
  /** The state of the object, or of something that depends on it, does not allow the change now. */
  | 'CONFLICT'
  /** The e-mail address already has an account. */
  | 'EMAIL_TAKEN'
  /** An argument or input field breaks a rule; the message says which. */
  | 'INVALID'
  /** The change would leave no active administrator. */
  | 'LAST_ADMIN'
  /** The code of the second factor is wrong, was used before, or no factor is enrolled. */
  | 'MFA_INVALID'
  /** The action needs a second factor verified within the last ten minutes: see elevateSession. */
  | 'MFA_REQUIRED'
  /** The object does not exist, or the caller may not see it. */
  | 'NOT_FOUND'
  /** The caller may see the object, but not change or use it. */
  | 'NOT_OWNER'
  /** The response of the passkey does not verify: of another site, user or ceremony, or its counter went back. */
  | 'PASSKEY_INVALID'
  /** The token was valid until a time that has passed. */
  | 'TOKEN_EXPIRED'
  /** The refresh token was used twice, so its session has ended. */
  | 'TOKEN_REUSED'
  /** Too many failures of late; TooManyAttemptsError says when to try again. */
  | 'TOO_MANY_ATTEMPTS'
  /** The password is too short, too long or too easy to guess; the message names the weakness. */
  | 'WEAK_PASSWORD';

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

/** Result of enrolling an authenticator app. */
export type MfaEnrolmentPayload = {
  __typename?: 'MfaEnrolmentPayload';
  /** The URI as a QR code: an SVG image in a data URL. */
  qrCode: Maybe<Scalars['String']['output']>;
  /** 10 codes in place of a second factor; each works once. Shown once, by confirmMfaEnrolment; null otherwise. */
  recoveryCodes: Maybe<Array<Scalars['String']['output']>>;
  /** otpauth:// URI for an authenticator app; null after confirmMfaEnrolment. */
  uri: Maybe<Scalars['String']['output']>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Ways in which a user can give a second factor. Output only. */
export type MfaMethod =
  /** A code of the authenticator app: verifyMfa, elevateSession, disableMfa. */
  | 'AUTHENTICATOR_APP'
  /** A passkey: beginPasskeyLogin with the challenge. */
  | 'PASSKEY'
  /** A recovery code, which works once: in place of a code of the authenticator app. */
  | 'RECOVERY_CODE';

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
   * Adds a postal address of the caller; the first one becomes the default.
   * Codes: INVALID (also more than 50 addresses), NOT_FOUND (the account was deleted).
   */
  addAddress: AddressPayload;
  /**
   * Starts enrolling an authenticator app of the caller; confirmMfaEnrolment completes it within an hour. A repeat
   * replaces the secret.
   * Codes: CONFLICT (already enrolled), MFA_REQUIRED (the caller has passkeys), NOT_FOUND (the account was deleted).
   */
  beginMfaEnrolment: MfaEnrolmentPayload;
  /**
   * Starts giving a fresh second factor by a passkey of the caller.
   * Codes: CONFLICT (the caller has no passkey).
   */
  beginPasskeyElevation: PasskeyCeremonyPayload;
  /**
   * Starts a login with a passkey: alone, where the authenticator verifies its user and knows the account, or as the second
   * factor of a login with a password.
   * Codes: TOKEN_EXPIRED (the challenge), CONFLICT (the account of the challenge has no passkey).
   */
  beginPasskeyLogin: PasskeyCeremonyPayload;
  /**
   * Starts registering a passkey of the caller, as second or only factor.
   * Codes: MFA_REQUIRED (the caller has enrolled a second factor: see elevateSession), INVALID (20 passkeys), NOT_FOUND
   * (the account was deleted).
   */
  beginPasskeyRegistration: PasskeyCeremonyPayload;
  /**
   * Sets a new password of the caller and ends every other session; their access tokens stop within 5 seconds. Failures
   * count as failed logins.
   * Codes: BAD_CREDENTIALS, WEAK_PASSWORD (also the present one), TOO_MANY_ATTEMPTS (TooManyAttemptsError).
   */
  changePassword: ActionPayload;
  /**
   * Completes enrolling the caller's authenticator app and returns recovery codes. From now on login asks for a code.
   * Failures count as failed logins.
   * Codes: MFA_INVALID, CONFLICT (not begun, or more than an hour ago), NOT_FOUND (the account was deleted),
   * TOO_MANY_ATTEMPTS (TooManyAttemptsError).
   */
  confirmMfaEnrolment: MfaEnrolmentPayload;
  /**
   * Deletes the caller's account for good. When the answer is ok, nobody can sign in to it, and within a minute personal
   * data are erased everywhere: profile, addresses, sessions, carts, the addresses of orders, follows, notifications, and
   * the texts and pictures of a partner. Amounts of orders and payments stay, under "Deleted user". Tickets and other
   * tokens that were not redeemed stay valid for who has their codes: save them before. The e-mail address may be
   * registered again.
   * Codes: BAD_CREDENTIALS; LAST_ADMIN; CONFLICT for each reason to wait: an open checkout, an order or refund that is not
   * completed, a dispute, and of a partner also customers' orders, an unsettled balance, and events or departures to come
   * with sold units; TOO_MANY_ATTEMPTS (TooManyAttemptsError); MFA_REQUIRED (of a caller with a second
   * factor); NOT_FOUND (the account was deleted).
   */
  deleteAccount: ActionPayload;
  /**
   * Deletes a user's account for good, as deleteAccount does. For users:manage.
   * Codes: NOT_FOUND, LAST_ADMIN, CONFLICT (as deleteAccount), MFA_REQUIRED (of a caller with a second factor).
   */
  deleteUser: ActionPayload;
  /**
   * Removes the caller's authenticator app, and with the last second factor the recovery codes. Failures count as failed logins.
   * Codes: MFA_INVALID (also without an app), ACCOUNT_SUSPENDED, TOO_MANY_ATTEMPTS (TooManyAttemptsError).
   */
  disableMfa: ActionPayload;
  /**
   * Verifies the caller's second factor. The new access token has the claim mfa_at (seconds) and allows guarded actions
   * (MFA_REQUIRED) for ten minutes; refreshSession does not keep the claim. Failures count as failed logins.
   * Codes: MFA_INVALID (also without an enrolled factor), ACCOUNT_SUSPENDED, TOO_MANY_ATTEMPTS (TooManyAttemptsError).
   */
  elevateSession: AuthPayload;
  /**
   * Verifies a passkey of the caller as fresh second factor: see elevateSession.
   * Codes: TOKEN_EXPIRED (the ceremony), PASSKEY_INVALID, ACCOUNT_SUSPENDED.
   */
  elevateSessionByPasskey: AuthPayload;
  /**
   * Signs in the user of the passkey. The access token has the claim mfa_at: a passkey that signs in alone counts as both
   * factors.
   * Codes: TOKEN_EXPIRED (the ceremony or its challenge: unknown, used, or older than five minutes), PASSKEY_INVALID,
   * ACCOUNT_SUSPENDED.
   */
  finishPasskeyLogin: AuthPayload;
  /**
   * Registers the passkey that the authenticator has created. With the first second factor it returns recovery codes, and
   * from now on login asks for the second factor.
   * Codes: INVALID (name, 20 passkeys), TOKEN_EXPIRED (the ceremony: unknown, used, or older than five minutes),
   * PASSKEY_INVALID, CONFLICT (already registered), NOT_FOUND (the account was deleted).
   */
  finishPasskeyRegistration: PasskeyPayload;
  /**
   * Signs in with a password. For users with a second factor the answer has no tokens, but mfaChallenge.
   * Codes: BAD_CREDENTIALS, ACCOUNT_SUSPENDED, TOO_MANY_ATTEMPTS (TooManyAttemptsError): after 10 failures for one
   * account from one network in 15 minutes, or 100 for all accounts. A network is an IPv4 address or an IPv6 /64. After
   * 30 failures for one account from all networks in an hour, a network without a login to the account in the last 30
   * days has one attempt; after 100, none. Successful logins do not count.
   */
  login: AuthPayload;
  /**
   * Ends the session of a refresh token; an unknown token changes nothing. With the header souk-refresh-cookie it deletes
   * the cookie too.
   * Codes: INVALID (neither a token nor the header souk-refresh-cookie).
   */
  logout: ActionPayload;
  /**
   * Reactivates a suspended account. Its partner stays suspended until verifyPartner. For users:manage.
   * Codes: NOT_FOUND, CONFLICT (not SUSPENDED).
   */
  reactivateUser: UserPayload;
  /**
   * Exchanges a refresh token for new tokens. The same token within ten seconds returns the same ones; later reuse ends
   * its session. The new access token has no claim mfa_at.
   * Codes: TOKEN_EXPIRED (also unknown, no cookie, or its session has ended), TOKEN_REUSED, ACCOUNT_SUSPENDED, INVALID
   * (neither a token nor the header souk-refresh-cookie).
   */
  refreshSession: AuthPayload;
  /**
   * Creates an account and signs it in. Sends an e-mail with a token for verifyEmail.
   * Codes: INVALID and WEAK_PASSWORD (the message names the weakness); otherwise TOO_MANY_ATTEMPTS
   * (TooManyAttemptsError: the network has reached its registrations per hour); otherwise EMAIL_TAKEN. Other errors
   * therefore never reveal whether an e-mail address has an account.
   */
  register: AuthPayload;
  /**
   * Registers the caller as a seller, PENDING until verifyPartner.
   * Codes: INVALID, CONFLICT (the caller has a partner in any status, or their account is being deleted), NOT_FOUND (the
   * account was deleted).
   */
  registerPartner: PartnerPayload;
  /**
   * Rejects a pending partner. For users:manage.
   * Codes: INVALID (empty reason), NOT_FOUND, CONFLICT (not PENDING).
   */
  rejectPartner: PartnerPayload;
  /**
   * Removes one of the caller's addresses; if it was the default, the oldest of the others becomes it.
   * Codes: NOT_FOUND.
   */
  removeAddress: ActionPayload;
  /**
   * Removes a passkey of the caller, and with the last second factor the recovery codes.
   * Codes: MFA_REQUIRED (see elevateSession), NOT_FOUND.
   */
  removePasskey: ActionPayload;
  /**
   * Sends the caller another e-mail with a token for verifyEmail, which works once within 24 hours, and replaces earlier
   * ones. The registration sends the first.
   * Codes: CONFLICT (already verified), NOT_FOUND (the account was deleted), TOO_MANY_ATTEMPTS (TooManyAttemptsError): the
   * limits of requestPasswordReset.
   */
  requestEmailVerification: ActionPayload;
  /**
   * Sends an e-mail with a token for resetPassword, which works once within an hour, and replaces earlier ones. Always ok,
   * at the same time, whether or not the address has an account; nothing is sent where it has none, or a suspended one.
   * Codes: TOO_MANY_ATTEMPTS (TooManyAttemptsError): after 5 requests for one address from one network in an hour, 20 from
   * all networks, or 100 for all addresses from one network. Requests for e-mails of verifyEmail count too. A network is an
   * IPv4 address or an IPv6 /64.
   */
  requestPasswordReset: ActionPayload;
  /**
   * Sets a new password with a token of requestPasswordReset and ends all sessions; their access tokens stop within 5
   * seconds. The e-mail address counts as verified, since the token was sent to it. Does not sign in.
   * Codes: TOKEN_EXPIRED (also unknown, used or replaced, or the account is suspended), WEAK_PASSWORD (the token still
   * works).
   */
  resetPassword: ActionPayload;
  /**
   * Removes the stored value of a setting, in all processes within 5 seconds: environment variables apply again, and else
   * the default. Changes nothing if no value is stored. For system:manage.
   * Codes: NOT_FOUND (key).
   */
  resetSystemSetting: SystemSettingPayload;
  /**
   * Ends all of the caller's sessions, also the present one; access tokens stop within 5 seconds.
   * Codes: none of its own.
   */
  revokeAllSessions: ActionPayload;
  /**
   * Ends one of the caller's sessions; its access tokens stop within 5 seconds.
   * Codes: NOT_FOUND.
   */
  revokeSession: ActionPayload;
  /**
   * Changes a setting, in all processes within 5 seconds. The stored value prevails over environment variables. For
   * system:manage.
   * Codes: NOT_FOUND (key), INVALID (value).
   */
  setSystemSetting: SystemSettingPayload;
  /**
   * Replaces a user's roles. Every user keeps USER. A new role comes with the next access token; whoever loses ADMIN is
   * signed out. For users:manage.
   * Codes: MFA_REQUIRED (the caller has enrolled a second factor: see elevateSession); otherwise NOT_FOUND (also a deleted
   * account), INVALID (it adds or removes PARTNER: verifyPartner and suspendPartner change that role), LAST_ADMIN.
   */
  setUserRoles: UserPayload;
  /**
   * Stops a verified partner from selling: their offers are NOT_ON_SALE everywhere within five seconds, and their owner
   * loses the role PARTNER. Orders stay, and checkouts that already hold items may be finished. For users:manage.
   * Codes: INVALID (empty reason), NOT_FOUND, CONFLICT (not VERIFIED).
   */
  suspendPartner: PartnerPayload;
  /**
   * Suspends an account: its sessions end, its access tokens stop within 5 seconds, and its partner is suspended too. For
   * users:manage.
   * Codes: NOT_FOUND, INVALID (empty reason), CONFLICT (not ACTIVE), LAST_ADMIN.
   */
  suspendUser: UserPayload;
  /**
   * Replaces one of the caller's addresses. Orders keep their copies.
   * Codes: INVALID, NOT_FOUND.
   */
  updateAddress: AddressPayload;
  /**
   * Changes a partner, for its owner and users:manage. Its slug stays.
   * Codes: INVALID, NOT_FOUND, NOT_OWNER.
   */
  updatePartner: PartnerPayload;
  /**
   * Changes the caller's profile.
   * Codes: INVALID, NOT_FOUND (the account was deleted).
   */
  updateProfile: UserPayload;
  /**
   * Verifies the e-mail address that the token was sent to. Needs no access token.
   * Codes: TOKEN_EXPIRED (also unknown, used or replaced, or the account is suspended).
   */
  verifyEmail: UserPayload;
  /**
   * Completes a login with a second factor. A challenge and a code work once; codes of the 30 seconds before and after
   * are accepted. The access token has the claim mfa_at. Failures count as failed logins.
   * Codes: MFA_INVALID, TOKEN_EXPIRED (the challenge: unknown, used, or older than five minutes), ACCOUNT_SUSPENDED,
   * TOO_MANY_ATTEMPTS (TooManyAttemptsError).
   */
  verifyMfa: AuthPayload;
  /**
   * Lets a partner sell, or changes the commission of a verified one. Its owner gets the role PARTNER with the next access
   * token. For users:manage.
   * Codes: INVALID (commission), NOT_FOUND.
   */
  verifyPartner: PartnerPayload;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationAddAddressArgs = {
  input: AddressInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationBeginPasskeyLoginArgs = {
  mfaChallenge: InputMaybe<Scalars['String']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationConfirmMfaEnrolmentArgs = {
  code: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationDeleteAccountArgs = {
  password: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationDeleteUserArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationDisableMfaArgs = {
  code: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationElevateSessionArgs = {
  code: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationElevateSessionByPasskeyArgs = {
  ceremony: Scalars['String']['input'];
  response: Scalars['JSON']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationFinishPasskeyLoginArgs = {
  ceremony: Scalars['String']['input'];
  response: Scalars['JSON']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationFinishPasskeyRegistrationArgs = {
  ceremony: Scalars['String']['input'];
  name: Scalars['String']['input'];
  response: Scalars['JSON']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationLoginArgs = {
  email: Scalars['EmailAddress']['input'];
  password: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationLogoutArgs = {
  refreshToken: InputMaybe<Scalars['String']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationReactivateUserArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRefreshSessionArgs = {
  refreshToken: InputMaybe<Scalars['String']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRegisterArgs = {
  input: RegisterInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRegisterPartnerArgs = {
  input: PartnerInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRejectPartnerArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRemoveAddressArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRemovePasskeyArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRequestPasswordResetArgs = {
  email: Scalars['EmailAddress']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationResetPasswordArgs = {
  newPassword: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationResetSystemSettingArgs = {
  key: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationRevokeSessionArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSetSystemSettingArgs = {
  key: Scalars['String']['input'];
  value: Scalars['JSON']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSetUserRolesArgs = {
  roles: Array<Role>;
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSuspendPartnerArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationSuspendUserArgs = {
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateAddressArgs = {
  id: Scalars['ID']['input'];
  input: AddressInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdatePartnerArgs = {
  id: Scalars['ID']['input'];
  input: UpdatePartnerInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateProfileArgs = {
  input: ProfileInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationVerifyEmailArgs = {
  token: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationVerifyMfaArgs = {
  challenge: Scalars['String']['input'];
  code: Scalars['String']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationVerifyPartnerArgs = {
  commissionBasisPoints: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

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

/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type Partner = {
  __typename?: 'Partner';
  /** Text about the seller, or null. */
  about: Maybe<Scalars['String']['output']>;
  /**
   * The platform's commission on sales in hundredths of a percent: 1000 is 10 %. Null before the first verification. For
   * the partner and users:manage; FORBIDDEN to others.
   */
  commissionBasisPoints: Maybe<Scalars['Int']['output']>;
  /** Time of the registration as a partner. */
  createdAt: Scalars['DateTime']['output'];
  /** TypeID with the prefix partner. */
  id: Scalars['ID']['output'];
  /** Name of the seller. */
  name: Scalars['String']['output'];
  /** The user who acts as the partner. */
  owner: User;
  /** Reason of the rejection or suspension, or null. For the partner and users:manage; FORBIDDEN to others. */
  rejectionReason: Maybe<Scalars['String']['output']>;
  /** Unique name in addresses, made from the name: lowercase letters, digits and hyphens. */
  slug: Scalars['String']['output'];
  /** Whether the partner may sell. Verified partners are public; others are null to all but their owner and users:manage. */
  status: PartnerStatus;
  /** Time of the verification; null unless VERIFIED. */
  verifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** Web page, or null. */
  website: Maybe<Scalars['URL']['output']>;
};

/** A page of partners. */
export type PartnerConnection = {
  __typename?: 'PartnerConnection';
  /** The items of the page with their cursors. */
  edges: Array<PartnerEdge>;
  /** The items of the page. */
  nodes: Array<Partner>;
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

/** An item of a page of partners, with its cursor. */
export type PartnerEdge = {
  __typename?: 'PartnerEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Partner;
};

/** A new partner. */
export type PartnerInput = {
  /** Text about the seller. At most 5,000 characters. */
  about?: InputMaybe<Scalars['String']['input']>;
  /** Name of the seller. At most 100 characters. */
  name: Scalars['String']['input'];
  /** Tax number, for administrators. At most 50 characters. */
  taxId?: InputMaybe<Scalars['String']['input']>;
  /** Web page, http or https. At most 2,048 characters as a URL. */
  website?: InputMaybe<Scalars['URL']['input']>;
};

/** Result of a change of a partner. */
export type PartnerPayload = {
  __typename?: 'PartnerPayload';
  /** The partner after the change; null if it was refused. */
  partner: Maybe<Partner>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** States of a partner. */
export type PartnerStatus =
  /** Registered; waits for verifyPartner or rejectPartner. */
  | 'PENDING'
  /** Was not verified; see rejectionReason. */
  | 'REJECTED'
  /** May no longer sell; see rejectionReason. */
  | 'SUSPENDED'
  /** May sell. */
  | 'VERIFIED';

/**
 * A WebAuthn credential of a user: signs in alone after the authenticator has verified its user, or is the second factor
 * after a password.
 */
export type Passkey = {
  __typename?: 'Passkey';
  /** Time of the registration. */
  createdAt: Scalars['DateTime']['output'];
  /** TypeID with the prefix passkey. */
  id: Scalars['ID']['output'];
  /** Whether copies of it exist, so that it survives the loss of a device; as of its last use. */
  isBackedUp: Scalars['Boolean']['output'];
  /** Time of the last use; null before the first one. */
  lastUsedAt: Maybe<Scalars['DateTime']['output']>;
  /** The user's own name for it. */
  name: Scalars['String']['output'];
};

/** Result of starting a ceremony of WebAuthn. */
export type PasskeyCeremonyPayload = {
  __typename?: 'PasskeyCeremonyPayload';
  /** Finishes the ceremony, once, within five minutes. Opaque. */
  ceremony: Maybe<Scalars['String']['output']>;
  /**
   * PublicKeyCredentialCreationOptionsJSON for navigator.credentials.create, or PublicKeyCredentialRequestOptionsJSON for
   * navigator.credentials.get.
   */
  options: Maybe<Scalars['JSON']['output']>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Result of registering a passkey. */
export type PasskeyPayload = {
  __typename?: 'PasskeyPayload';
  /** The passkey; null if it was refused. */
  passkey: Maybe<Passkey>;
  /** 10 codes in place of a second factor; each works once. Shown once, with the first second factor; null otherwise. */
  recoveryCodes: Maybe<Array<Scalars['String']['output']>>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
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

/** A change of a profile. An absent field stays as it is; null clears a field or resets it to its default. */
export type ProfileInput = {
  /** Address of a picture, http or https; null removes it. At most 2,048 characters as a URL. */
  avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** Name that others see; null resets it to first name and initial. At most 100 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** First name; null is INVALID. At most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** Last name; empty for a person with one name. At most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Language and region as a BCP 47 tag: `pt-BR`; `pt_BR` is understood. Null resets it to en. At most 60 characters. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /**
   * Phone number: 3 to 30 digits, spaces and ( ) . / -, optionally with + before; null removes it.
   * At most 30 characters.
   */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** A JSON object, which replaces the stored one; null empties it. At most 10,240 characters as JSON text. */
  preferences?: InputMaybe<Scalars['JSON']['input']>;
  /** IANA time zone; null resets it to UTC. At most 60 characters. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type Query = {
  __typename?: 'Query';
  /** Administrative and partner actions, newest first. An action appears within seconds. For audit:read. */
  auditLog: AuditEntryConnection;
  /** The caller, or null when the request carries no token. */
  me: Maybe<User>;
  /** One partner, by exactly one of id and slug (BAD_USER_INPUT otherwise). Null to those who may not see it. */
  partner: Maybe<Partner>;
  /** All partners, newest first. For users:manage. */
  partners: PartnerConnection;
  /** All settings; at most 100. For system:manage. */
  systemSettings: Array<SystemSetting>;
  /** One user. A deleted account is null to all but users:manage. */
  user: Maybe<User>;
  /** For other subgraphs: the active user with an e-mail address; null if there is none. */
  userByEmail: Maybe<User>;
  /** All users, newest first. For users:manage. */
  users: UserConnection;
  /**
   * Checks the chain of hashes of the audit log, and without `to` also its end. Checks as many entries as the time of a
   * request allows: see AuditVerification.isComplete. For audit:read.
   */
  verifyAuditLog: AuditVerification;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryAuditLogArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPartnerArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryPartnersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<PartnerStatus>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryUserByEmailArgs = {
  email: Scalars['EmailAddress']['input'];
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryUsersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryVerifyAuditLogArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  from: InputMaybe<Scalars['DateTime']['input']>;
  to: InputMaybe<Scalars['DateTime']['input']>;
};

/** A new account. */
export type RegisterInput = {
  /** Name that others see; first name and initial ("Ada L.") when null. At most 100 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** E-mail address; no other account may have it, in upper or lower case. At most 254 characters. */
  email: Scalars['EmailAddress']['input'];
  /** First name. At most 100 characters. */
  firstName: Scalars['String']['input'];
  /** Last name; empty for a person with one name. At most 100 characters. */
  lastName: Scalars['String']['input'];
  /**
   * Language and region as a BCP 47 tag: `pt-BR`; `pt_BR` is understood. When null, that of the Accept-Language header.
   * At most 60 characters.
   */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** 10 to 200 characters, not easy to guess (WEAK_PASSWORD). Longer than at most 1,000 characters is INVALID. */
  password: Scalars['String']['input'];
  /** IANA time zone; UTC when null. At most 60 characters. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** Roles of users. The scopes of an access token follow from them. */
export type Role =
  /** An administrator: all scopes but partner. */
  | 'ADMIN'
  /** The owner of a verified partner: scope partner. */
  | 'PARTNER'
  /** Every user. */
  | 'USER';

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

/**
 * One signed-in device: a family of rotating refresh tokens. An account has at most 100: another login ends the least
 * recently used one.
 */
export type Session = {
  __typename?: 'Session';
  /** Time of the login. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether the caller's access token belongs to it. */
  current: Scalars['Boolean']['output'];
  /** Time at which it ends without a refresh: 30 days after the last one. */
  expiresAt: Scalars['DateTime']['output'];
  /** TypeID with the prefix session. */
  id: Scalars['ID']['output'];
  /** Network address of the login; null if unknown. */
  ipAddress: Maybe<Scalars['String']['output']>;
  /** Time of the last refresh. */
  lastUsedAt: Scalars['DateTime']['output'];
  /** User-Agent header of the login, at most 500 characters; null if there was none. */
  userAgent: Maybe<Scalars['String']['output']>;
};

/** A setting of the platform, effective in all processes within 5 seconds. */
export type SystemSetting = {
  __typename?: 'SystemSetting';
  /** Value where nobody has set one. */
  defaultValue: Scalars['JSON']['output'];
  /** What it does, its unit and bounds. */
  description: Scalars['String']['output'];
  /** Name, such as catalog.holdMinutes. */
  key: Scalars['String']['output'];
  /** Time of the last change; null while no value is stored. */
  updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** The administrator who changed it last; null while no value is stored. */
  updatedBy: Maybe<User>;
  /** Present value: the stored one, else the default. Until one is stored, a process uses its environment variable instead of the default, if that is set. */
  value: Scalars['JSON']['output'];
};

/** Result of setSystemSetting and resetSystemSetting. */
export type SystemSettingPayload = {
  __typename?: 'SystemSettingPayload';
  /** The setting after the change; null if it was refused. */
  setting: Maybe<SystemSetting>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
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

/** A change of a partner. An absent field stays as it is; null clears it. */
export type UpdatePartnerInput = {
  /** Text about the seller. At most 5,000 characters. */
  about?: InputMaybe<Scalars['String']['input']>;
  /** Name of the seller; null is INVALID. At most 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Tax number, for administrators. At most 50 characters. */
  taxId?: InputMaybe<Scalars['String']['input']>;
  /** Web page, http or https. At most 2,048 characters as a URL. */
  website?: InputMaybe<Scalars['URL']['input']>;
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** Postal addresses; at most 50: addAddress rejects more (INVALID). Private. */
  addresses: Maybe<Array<Address>>;
  /** Address of a picture, http or https; null without one. */
  avatarUrl: Maybe<Scalars['URL']['output']>;
  /** Name that others see. A deleted account is "Deleted user". */
  displayName: Scalars['String']['output'];
  /**
   * E-mail address. Private, like the fields below: readable by the user, also in the answer that signs them in, and by
   * holders of users:manage; FORBIDDEN to others. Private fields of a deleted account are null, except status.
   */
  email: Maybe<Scalars['EmailAddress']['output']>;
  /** Whether the user has confirmed the e-mail address. Private. */
  emailVerified: Maybe<Scalars['Boolean']['output']>;
  /** First name. Private. */
  firstName: Maybe<Scalars['String']['output']>;
  /** TypeID with the prefix user. */
  id: Scalars['ID']['output'];
  /** Last name. Private. */
  lastName: Maybe<Scalars['String']['output']>;
  /** Language and region as a BCP 47 tag, such as de-AT. Private. */
  locale: Maybe<Scalars['String']['output']>;
  /** Time of the registration. */
  memberSince: Scalars['DateTime']['output'];
  /** Whether a second factor is enrolled, so that login asks for it. Private. */
  mfaEnabled: Maybe<Scalars['Boolean']['output']>;
  /** The user's partner; null without one, and for those who may not see it (Partner). */
  partner: Maybe<Partner>;
  /** Passkeys, oldest first; at most 20: beginPasskeyRegistration rejects more (INVALID). Private. */
  passkeys: Maybe<Array<Passkey>>;
  /** Phone number, or null. Private. */
  phone: Maybe<Scalars['String']['output']>;
  /** A JSON object of the client's own choice. Private. */
  preferences: Maybe<Scalars['JSON']['output']>;
  /** The user's roles; at most 3. Private. */
  roles: Maybe<Array<Role>>;
  /** Open sessions, most recently used first; at most 100. Private. */
  sessions: Maybe<Array<Session>>;
  /** Whether the account may be used. Private. */
  status: Maybe<UserStatus>;
  /** IANA time zone, such as Europe/Lisbon. Private. */
  timeZone: Maybe<Scalars['String']['output']>;
};

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The items of the page with their cursors. */
  edges: Array<UserEdge>;
  /** The items of the page. */
  nodes: Array<User>;
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

/** An item of a page of users, with its cursor. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: User;
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

/** Restricts a list of users; a field that is null or absent does not restrict. */
export type UserFilter = {
  /** Only users with this role. */
  role?: InputMaybe<Role>;
  /** Part of a name or of the e-mail address, in upper or lower case. At most 200 characters. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only accounts with this status. */
  status?: InputMaybe<UserStatus>;
};

/** Result of a change of a user. */
export type UserPayload = {
  __typename?: 'UserPayload';
  /** The user after the change; null if it was refused. */
  user: Maybe<User>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** States of an account. */
export type UserStatus =
  /** May be used. */
  | 'ACTIVE'
  /** Nobody can sign in, and personal data are erased, or will be within a minute. Final. */
  | 'DELETED'
  /** May not log in or buy; its access tokens stop within 5 seconds. */
  | 'SUSPENDED';

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
  AuditAction: AuditAction;
  AuditEntry: ResolverTypeWrapper<AuditEntryEntity>;
  AuditEntryConnection: ResolverTypeWrapper<AuditEntryConnectionModel>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditFilter: AuditFilter;
  AuditProblem: AuditProblem;
  AuditTargetType: AuditTargetType;
  AuditVerification: ResolverTypeWrapper<AuditVerification>;
  AuthPayload: ResolverTypeWrapper<Omit<AuthPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  ErrorCode: ErrorCode;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  MaxPerOrderError: ResolverTypeWrapper<UserErrorData>;
  MfaEnrolmentPayload: ResolverTypeWrapper<Omit<MfaEnrolmentPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  MfaMethod: MfaMethod;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<PartnerEntity>;
  PartnerConnection: ResolverTypeWrapper<PartnerConnectionModel>;
  PartnerEdge: ResolverTypeWrapper<Omit<PartnerEdge, 'node'> & { node: ResolversTypes['Partner'] }>;
  PartnerInput: PartnerInput;
  PartnerPayload: ResolverTypeWrapper<Omit<PartnerPayload, 'partner' | 'userErrors'> & { partner?: Maybe<ResolversTypes['Partner']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PartnerStatus: PartnerStatus;
  Passkey: ResolverTypeWrapper<PasskeyEntity>;
  PasskeyCeremonyPayload: ResolverTypeWrapper<Omit<PasskeyCeremonyPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  PasskeyPayload: ResolverTypeWrapper<Omit<PasskeyPayload, 'passkey' | 'userErrors'> & { passkey?: Maybe<ResolversTypes['Passkey']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PaymentMethod: PaymentMethod;
  ProfileInput: ProfileInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterInput: RegisterInput;
  Role: Role;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  Session: ResolverTypeWrapper<SessionEntity>;
  SystemSetting: ResolverTypeWrapper<SystemSettingState>;
  SystemSettingPayload: ResolverTypeWrapper<Omit<SystemSettingPayload, 'setting' | 'userErrors'> & { setting?: Maybe<ResolversTypes['SystemSetting']>, userErrors: Array<ResolversTypes['UserError']> }>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  TooManyHoldsError: ResolverTypeWrapper<UserErrorData>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UpdatePartnerInput: UpdatePartnerInput;
  User: ResolverTypeWrapper<UserModel>;
  UserConnection: ResolverTypeWrapper<UserConnectionModel>;
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
  AuditEntry: AuditEntryEntity;
  AuditEntryConnection: AuditEntryConnectionModel;
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditFilter: AuditFilter;
  AuditVerification: AuditVerification;
  AuthPayload: Omit<AuthPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Date: Scalars['Date']['output'];
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
  PartnerConnection: PartnerConnectionModel;
  PartnerEdge: Omit<PartnerEdge, 'node'> & { node: ResolversParentTypes['Partner'] };
  PartnerInput: PartnerInput;
  PartnerPayload: Omit<PartnerPayload, 'partner' | 'userErrors'> & { partner?: Maybe<ResolversParentTypes['Partner']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Passkey: PasskeyEntity;
  PasskeyCeremonyPayload: Omit<PasskeyCeremonyPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  PasskeyPayload: Omit<PasskeyPayload, 'passkey' | 'userErrors'> & { passkey?: Maybe<ResolversParentTypes['Passkey']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ProfileInput: ProfileInput;
  Query: Record<PropertyKey, never>;
  RegisterInput: RegisterInput;
  SafeInt: Scalars['SafeInt']['output'];
  SeatUnavailableError: UserErrorData;
  Session: SessionEntity;
  SystemSetting: SystemSettingState;
  SystemSettingPayload: Omit<SystemSettingPayload, 'setting' | 'userErrors'> & { setting?: Maybe<ResolversParentTypes['SystemSetting']>, userErrors: Array<ResolversParentTypes['UserError']> };
  TooManyAttemptsError: UserErrorData;
  TooManyHoldsError: UserErrorData;
  URL: Scalars['URL']['output'];
  UpdatePartnerInput: UpdatePartnerInput;
  User: UserModel;
  UserConnection: UserConnectionModel;
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
  action?: Resolver<ResolversTypes['AuditAction'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ipAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  previousHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  targetId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  targetType?: Resolver<ResolversTypes['AuditTargetType'], ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditVerificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditVerification'] = ResolversParentTypes['AuditVerification']> = {
  brokenAt?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  checked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  entryCount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  headHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['AuditProblem']>, ParentType, ContextType>;
  valid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AuthPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthPayload'] = ResolversParentTypes['AuthPayload']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  mfaChallenge?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mfaMethods?: Resolver<Maybe<Array<ResolversTypes['MfaMethod']>>, ParentType, ContextType>;
  refreshToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

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
  beginPasskeyElevation?: Resolver<ResolversTypes['PasskeyCeremonyPayload'], ParentType, ContextType>;
  beginPasskeyLogin?: Resolver<ResolversTypes['PasskeyCeremonyPayload'], ParentType, ContextType, Partial<MutationBeginPasskeyLoginArgs>>;
  beginPasskeyRegistration?: Resolver<ResolversTypes['PasskeyCeremonyPayload'], ParentType, ContextType>;
  changePassword?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'currentPassword' | 'newPassword'>>;
  confirmMfaEnrolment?: Resolver<ResolversTypes['MfaEnrolmentPayload'], ParentType, ContextType, RequireFields<MutationConfirmMfaEnrolmentArgs, 'code'>>;
  deleteAccount?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'password'>>;
  deleteUser?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteUserArgs, 'userId'>>;
  disableMfa?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDisableMfaArgs, 'code'>>;
  elevateSession?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationElevateSessionArgs, 'code'>>;
  elevateSessionByPasskey?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationElevateSessionByPasskeyArgs, 'ceremony' | 'response'>>;
  finishPasskeyLogin?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationFinishPasskeyLoginArgs, 'ceremony' | 'response'>>;
  finishPasskeyRegistration?: Resolver<ResolversTypes['PasskeyPayload'], ParentType, ContextType, RequireFields<MutationFinishPasskeyRegistrationArgs, 'ceremony' | 'name' | 'response'>>;
  login?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationLoginArgs, 'email' | 'password'>>;
  logout?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, Partial<MutationLogoutArgs>>;
  reactivateUser?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationReactivateUserArgs, 'userId'>>;
  refreshSession?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, Partial<MutationRefreshSessionArgs>>;
  register?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  registerPartner?: Resolver<ResolversTypes['PartnerPayload'], ParentType, ContextType, RequireFields<MutationRegisterPartnerArgs, 'input'>>;
  rejectPartner?: Resolver<ResolversTypes['PartnerPayload'], ParentType, ContextType, RequireFields<MutationRejectPartnerArgs, 'id' | 'reason'>>;
  removeAddress?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRemoveAddressArgs, 'id'>>;
  removePasskey?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRemovePasskeyArgs, 'id'>>;
  requestEmailVerification?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType>;
  requestPasswordReset?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'email'>>;
  resetPassword?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'newPassword' | 'token'>>;
  resetSystemSetting?: Resolver<ResolversTypes['SystemSettingPayload'], ParentType, ContextType, RequireFields<MutationResetSystemSettingArgs, 'key'>>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type PartnerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerEdge'] = ResolversParentTypes['PartnerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Partner'], ParentType, ContextType>;
};

export type PartnerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerPayload'] = ResolversParentTypes['PartnerPayload']> = {
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PasskeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Passkey'] = ResolversParentTypes['Passkey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isBackedUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PasskeyCeremonyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PasskeyCeremonyPayload'] = ResolversParentTypes['PasskeyCeremonyPayload']> = {
  ceremony?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  options?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PasskeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PasskeyPayload'] = ResolversParentTypes['PasskeyPayload']> = {
  passkey?: Resolver<Maybe<ResolversTypes['Passkey']>, ParentType, ContextType>;
  recoveryCodes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditLog?: Resolver<ResolversTypes['AuditEntryConnection'], ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType, Partial<QueryPartnerArgs>>;
  partners?: Resolver<ResolversTypes['PartnerConnection'], ParentType, ContextType, RequireFields<QueryPartnersArgs, 'first'>>;
  systemSettings?: Resolver<Array<ResolversTypes['SystemSetting']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  userByEmail?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserByEmailArgs, 'email'>>;
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

export type TooManyHoldsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyHoldsError'] = ResolversParentTypes['TooManyHoldsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  passkeys?: Resolver<Maybe<Array<ResolversTypes['Passkey']>>, ParentType, ContextType>;
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
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'SeatUnavailableError' | 'TooManyAttemptsError' | 'TooManyHoldsError', ParentType, ContextType>;
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
  Date?: GraphQLScalarType;
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
  Passkey?: PasskeyResolvers<ContextType>;
  PasskeyCeremonyPayload?: PasskeyCeremonyPayloadResolvers<ContextType>;
  PasskeyPayload?: PasskeyPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SystemSetting?: SystemSettingResolvers<ContextType>;
  SystemSettingPayload?: SystemSettingPayloadResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  TooManyHoldsError?: TooManyHoldsErrorResolvers<ContextType>;
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
