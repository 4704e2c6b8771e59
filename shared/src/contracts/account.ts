import { z } from 'zod';
import { defineCommand } from '../command.js';
import { defineEvent } from '../event.js';
import type { StateItem } from '../state.js';
import { defineState } from '../state.js';
import { address, changedFields, instant, leavingPerson, money, nothing, uuid } from './values.js';

/** A token that `TextSeal` has sealed, in the context that `tokenContext` returns. One in clear is refused. */
const sealedToken = z
  .string()
  .regex(/^v\d+\..+\..+$/)
  .max(1_000);

/**
 * The context in which the token of an event is sealed and opened: neither another event's nor another user's opens.
 * @param event the event's name
 */
export function tokenContext(
  event: 'emailVerificationRequested' | 'passwordResetRequested',
  userId: string,
): string {
  return `${event} ${userId}`;
}

/** Kinds of security alerts: users are warned of them, since another person may have caused them. */
export const securityAlertKinds = [
  'REFRESH_TOKEN_REUSED',
  'PASSWORD_CHANGED',
  'PASSWORD_RESET',
  'EMAIL_VERIFIED',
  'ROLES_CHANGED',
  'MFA_ENROLLED',
  'MFA_DISABLED',
  'RECOVERY_CODE_USED',
  'PASSKEY_ADDED',
  'PASSKEY_REMOVED',
  'EXTERNAL_LOGIN_LINKED',
  'ACCOUNT_SUSPENDED',
  'ACCOUNT_REACTIVATED',
] as const;

const roleNames = z.array(z.string().min(1)).max(10);

/** The commands that account handles. */
export const accountCommands = {
  /**
   * Step VALIDATE_USER. Rejections: USER_NOT_ELIGIBLE (unknown, suspended, deleted, unverified where the setting
   * requires it), NOT_FOUND (an address that is not the buyer's).
   */
  validateUser: defineCommand('account', 'validateUser', {
    payload: z.object({ userId: uuid, shippingAddressId: uuid.nullable() }),
    output: z.object({
      shippingAddress: address.nullable(),
      locale: z.string(),
      /** The buyer, by whom account erases its copy of the reply; absent in replies of older versions. */
      userId: uuid.optional(),
    }),
  }),
  /** Step UPDATE_STATS: counts a purchase for the buyer. */
  addPurchase: defineCommand('account', 'addPurchase', {
    payload: z.object({ userId: uuid, units: z.int().min(1), total: money }),
    output: nothing,
  }),
  /** Undo of addPurchase. */
  subtractPurchase: defineCommand('account', 'subtractPurchase', {
    payload: z.object({ userId: uuid, units: z.int().min(1), total: money }),
    output: nothing,
  }),
  /** Step UPDATE_STATS of a cancellation: reverts the purchase that the order's checkout counted. */
  withdrawPurchase: defineCommand('account', 'withdrawPurchase', {
    payload: z.object({ checkoutId: uuid }),
    output: nothing,
  }),
  /** Step UPDATE_STATS of the cancellation of a part of an order: subtracts some units from the checkout's purchase. */
  withdrawUnits: defineCommand('account', 'withdrawUnits', {
    payload: z.object({ checkoutId: uuid, units: z.int().min(1), /** Their price. */ total: money }),
    output: nothing,
  }),
  /** Step CONFIRM of a deletion, the pivot: nothing speaks against it. Rejection: CONFLICT (an obstacle). */
  confirmDeletion: defineCommand('account', 'confirmDeletion', {
    /** Those of all participants. */
    payload: z.object({ obstacles: z.array(z.string()).max(50) }),
    output: nothing,
  }),
  /** Step CLOSE_ACCOUNT of a deletion: the account is DELETED, its sessions end, and its partner no longer sells. */
  closeAccount: defineCommand('account', 'closeAccount', { payload: leavingPerson, output: nothing }),
  /** Step AWAIT_SESSIONS of a deletion: waits until no process accepts access tokens of the account. */
  awaitSessions: defineCommand('account', 'awaitSessions', {
    payload: z.object({ userId: uuid }),
    output: nothing,
  }),
  /**
   * Step ERASE_ACCOUNT of a deletion: erases the personal data of a person. Figures stay. Repeating it has no further effect.
   */
  erasePerson: defineCommand('account', 'erasePerson', { payload: leavingPerson, output: nothing }),
};

/** The events that account publishes. */
export const accountEvents = {
  /**
   * A partner was verified, rejected or suspended, or its commission changed. The aggregate is the partner. For effects of
   * the change: a subgraph that looks the present status up has a copy of the state `partners`.
   */
  partnerStatusChanged: defineEvent(
    'account',
    'partnerStatusChanged',
    z.object({
      partnerId: uuid,
      userId: uuid,
      /** VERIFIED is the one that allows to act as the partner. */
      status: z.string().min(1),
      /** The platform's commission on their sales, in hundredths of a percent; null before the first verification. */
      commissionBasisPoints: z.int().min(0).max(10_000).nullish(),
      /** When it became so. */
      at: instant,
      /** The status before; absent in events of releases before 0.2. */
      previousStatus: z.string().min(1).optional(),
      /** Why the partner was rejected or suspended. */
      reason: z.string().nullish(),
    }),
    { legacyName: 'partnerVerified' },
  ),
  /**
   * Users have an account from now on: with every registration, and once for the administrator whom account makes at its
   * start. The aggregate is the first user. A subgraph that looks users up has a copy of the state `people`.
   */
  usersRegistered: defineEvent(
    'account',
    'usersRegistered',
    z.object({ userIds: z.array(uuid).min(1).max(1_000) }),
    { legacyName: 'usersRegistered' },
  ),
  /** A user signed in. The aggregate of this event and of the following ones is the user. */
  sessionStarted: defineEvent('account', 'sessionStarted', z.object({ userId: uuid, sessionId: uuid })),
  /** A user gave a second factor in a session, whose new access token states it. */
  sessionElevated: defineEvent('account', 'sessionElevated', z.object({ userId: uuid, sessionId: uuid })),
  /** A session got its next pair of tokens. */
  sessionRefreshed: defineEvent('account', 'sessionRefreshed', z.object({ userId: uuid, sessionId: uuid })),
  /** Sessions of a user ended. */
  sessionsEnded: defineEvent(
    'account',
    'sessionsEnded',
    z.object({
      userId: uuid,
      sessionIds: z.array(uuid).min(1).max(1_000),
      /**
       * SUPERSEDED: the user signed in on too many devices. TOKEN_REUSED: a refresh token was used twice. ROLES_CHANGED:
       * the user is no longer an administrator.
       */
      reason: z.enum([
        'LOGGED_OUT',
        'TOKEN_REUSED',
        'REVOKED',
        'SUPERSEDED',
        'PASSWORD_CHANGED',
        'PASSWORD_RESET',
        'ROLES_CHANGED',
        'ACCOUNT_SUSPENDED',
        'ACCOUNT_DELETED',
      ]),
    }),
  ),
  /** A user changed their profile. Everybody may read the display name and the avatar. */
  profileUpdated: defineEvent(
    'account',
    'profileUpdated',
    z.object({
      userId: uuid,
      changed: changedFields,
      displayName: z.string(),
      avatarUrl: z.string().nullable(),
      /** A BCP 47 tag. */
      locale: z.string(),
      /** An IANA time zone name. */
      timeZone: z.string(),
    }),
  ),
  /**
   * A registration, or a user, asks for an e-mail with a token for `verifyEmail`. The sender of the e-mail opens the
   * token when it sends, and not before: queues and databases hold it sealed.
   */
  emailVerificationRequested: defineEvent(
    'account',
    'emailVerificationRequested',
    z.object({
      userId: uuid,
      /** The address to verify and to send to, which may differ from the one of the account meanwhile. */
      email: z.string(),
      /** The user's language, a BCP 47 tag. The state `people` may not have a new user yet. */
      locale: z.string(),
      token: sealedToken,
      /** When the token stops working. An e-mail that cannot leave until then is of no use. */
      expiresAt: instant,
    }),
  ),
  /**
   * A caller has forgotten the password of an address, which need not have an account. Account itself subscribes, so
   * that requests take the same time for all addresses. The aggregate is a hash of the address.
   */
  passwordForgotten: defineEvent('account', 'passwordForgotten', z.object({ email: z.string() })),
  /** An e-mail with a token for `resetPassword` is to be sent: the address of a `passwordForgotten` has an account. */
  passwordResetRequested: defineEvent(
    'account',
    'passwordResetRequested',
    z.object({
      userId: uuid,
      email: z.string(),
      /** A BCP 47 tag. */
      locale: z.string(),
      token: sealedToken,
      /** When the token stops working. */
      expiresAt: instant,
    }),
  ),
  /** A user verified the e-mail address of their account. */
  emailVerified: defineEvent('account', 'emailVerified', z.object({ userId: uuid })),
  /** A user set a new password with the token of an e-mail. */
  passwordReset: defineEvent('account', 'passwordReset', z.object({ userId: uuid })),
  /** Something happened to an account that its user should know of. */
  securityAlert: defineEvent(
    'account',
    'securityAlert',
    z.object({
      userId: uuid,
      kind: z.enum(securityAlertKinds),
      at: instant,
      /** The User-Agent header of the device that it happened on, or of the session that ended; null if unknown. */
      device: z.string().max(500).nullable(),
      /**
       * Its object, for the text: the name of a passkey, the issuer of an external login, the new roles with commas
       * between, the reason of a suspension. Null for other kinds.
       */
      subject: z.string().max(1_000).nullable(),
    }),
  ),
  /** A user changed their password. */
  passwordChanged: defineEvent('account', 'passwordChanged', z.object({ userId: uuid })),
  /** An administrator replaced a user's roles. */
  userRolesChanged: defineEvent(
    'account',
    'userRolesChanged',
    z.object({ userId: uuid, roles: roleNames, previousRoles: roleNames }),
  ),
  /** An administrator suspended an account, whose sessions have ended. */
  userSuspended: defineEvent('account', 'userSuspended', z.object({ userId: uuid, reason: z.string() })),
  /** An administrator reactivated a suspended account. */
  userReactivated: defineEvent('account', 'userReactivated', z.object({ userId: uuid })),
  /** The deletion of an account began, by its owner or an administrator. It may be refused. */
  userDeletionStarted: defineEvent('account', 'userDeletionStarted', z.object({ userId: uuid })),
  /** An account was deleted, and its personal data are erased in every subgraph. */
  userDeleted: defineEvent('account', 'userDeleted', z.object({ userId: uuid })),
  /** A user added an address. Events name addresses by their ids only. */
  addressAdded: defineEvent(
    'account',
    'addressAdded',
    z.object({ userId: uuid, addressId: uuid, isDefault: z.boolean() }),
  ),
  /** A user changed an address. */
  addressUpdated: defineEvent(
    'account',
    'addressUpdated',
    z.object({ userId: uuid, addressId: uuid, isDefault: z.boolean(), changed: changedFields }),
  ),
  /** A user removed an address. */
  addressRemoved: defineEvent('account', 'addressRemoved', z.object({ userId: uuid, addressId: uuid })),
  /** A user registered a partner, which is PENDING. The aggregate is the partner. */
  partnerRegistered: defineEvent(
    'account',
    'partnerRegistered',
    z.object({
      partnerId: uuid,
      /** The owner. */
      userId: uuid,
      name: z.string(),
      slug: z.string(),
      /** Active administrators, who can verify it: the oldest 100. Absent in events of releases before 0.2. */
      reviewerIds: z.array(uuid).max(100).optional(),
    }),
  ),
  /** The owner or an administrator changed what a partner says of itself. The aggregate is the partner. */
  partnerUpdated: defineEvent(
    'account',
    'partnerUpdated',
    z.object({
      partnerId: uuid,
      /** The owner. */
      userId: uuid,
      changed: changedFields,
      name: z.string(),
      slug: z.string(),
      about: z.string().nullable(),
      website: z.string().nullable(),
    }),
  ),
  /** An administrator set a system setting. The aggregate is the setting's key. */
  systemSettingChanged: defineEvent(
    'account',
    'systemSettingChanged',
    z.object({
      key: z.string(),
      value: z.union([z.number(), z.boolean()]),
      /** Null if no value was stored before. */
      previousValue: z.union([z.number(), z.boolean()]).nullable(),
    }),
  ),
  /** An administrator removed the stored value of a system setting. The aggregate is the setting's key. */
  systemSettingReset: defineEvent(
    'account',
    'systemSettingReset',
    z.object({ key: z.string(), previousValue: z.union([z.number(), z.boolean()]) }),
  ),
};

/** The states that account replicates. */
export const accountStates = {
  /** Sessions that ended, and users whose status changed, since the oldest access token that can still be valid. */
  endedSessions: defineState(
    'account',
    'endedSessions',
    z.object({
      kind: z.enum(['session', 'user']),
      id: uuid,
      /** A session ends for good; a user who was suspended may be reinstated. */
      isEnded: z.boolean(),
    }),
  ),
  /**
   * System settings that an administrator has set; the value null is no stored value any more. Keys and values of other
   * releases are passed on.
   */
  systemSettings: defineState('account', 'systemSettings', z.object({ key: z.string(), value: z.json() })),
  /** Partners of any status. Sellers are those that are VERIFIED. */
  partners: defineState(
    'account',
    'partners',
    z.object({
      partnerId: uuid,
      /** The owner, who never changes. */
      userId: uuid,
      /** PENDING, VERIFIED, REJECTED, SUSPENDED, or one of a later release. */
      status: z.string().min(1),
      /** The platform's commission on their sales, in hundredths of a percent; null before the first verification. */
      commissionBasisPoints: z.int().min(0).max(10_000).nullable(),
      /** When status or commission changed last. */
      at: instant,
    }),
  ),
  /** Everybody who has, or had, an account, with the data by which they are contacted. */
  people: defineState(
    'account',
    'people',
    z.object({
      userId: uuid,
      /** ACTIVE, SUSPENDED, DELETED, or one of a later release. */
      status: z.string().min(1),
      /** Null for a deleted account. */
      contact: z
        .object({
          email: z.string(),
          isEmailVerified: z.boolean(),
          /** E.164. */
          phone: z.string().nullable(),
          displayName: z.string(),
          /** A BCP 47 tag. */
          locale: z.string(),
          /** An IANA time zone name. */
          timeZone: z.string(),
        })
        .nullable(),
    }),
  ),
};

/** A partner as account replicates it. */
export type PartnerItem = StateItem<typeof accountStates.partners>;

/** A person as account replicates them. */
export type PersonItem = StateItem<typeof accountStates.people>;
