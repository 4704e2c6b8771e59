import { z } from 'zod';
import type { EventDefinition } from '../event.js';
import { defineEvent } from '../event.js';
import type { IdType } from '../ids.js';
import type { SubgraphName } from '../message.js';
import { uuid } from './values.js';

/** Types of objects that audited actions change, with the prefix of their TypeIDs; null: their ids are other texts. */
export const auditTargets = {
  USER: 'user',
  PARTNER: 'partner',
  SYSTEM_SETTING: null,
  LISTING: 'listing',
  OFFER: 'offer',
  VENUE: 'venue',
  CATEGORY: 'category',
  IMAGE: 'image',
  CHECKOUT: 'checkout',
  ORDER: 'order',
  PURCHASE_TOKEN: 'token',
  PAYMENT: 'payment',
  NOTIFICATION_TEMPLATE: 'template',
  ANNOUNCEMENT: null,
  REVIEW: 'review',
} as const satisfies Record<string, IdType | null>;

/** The type of an object that an audited action changes. */
export type AuditTarget = keyof typeof auditTargets;

/** An audited action: the subgraph that records it, and the type of the object that it changes. */
interface ActionDefinition {
  owner: SubgraphName;
  target: AuditTarget;
}

const action = <Owner extends SubgraphName>(
  owner: Owner,
  target: AuditTarget,
): ActionDefinition & { owner: Owner } => ({ owner, target });

/**
 * The audited actions: each is a mutation, by its name in capitals. `tests/architecture/audit.test.ts` demands that every
 * mutation is here or in its list of those that are not audited.
 */
export const auditedActions = {
  REGISTER_PARTNER: action('account', 'PARTNER'),
  UPDATE_PARTNER: action('account', 'PARTNER'),
  VERIFY_PARTNER: action('account', 'PARTNER'),
  REJECT_PARTNER: action('account', 'PARTNER'),
  SUSPEND_PARTNER: action('account', 'PARTNER'),
  SET_USER_ROLES: action('account', 'USER'),
  SUSPEND_USER: action('account', 'USER'),
  REACTIVATE_USER: action('account', 'USER'),
  DELETE_USER: action('account', 'USER'),
  DELETE_ACCOUNT: action('account', 'USER'),
  SET_SYSTEM_SETTING: action('account', 'SYSTEM_SETTING'),
  RESET_SYSTEM_SETTING: action('account', 'SYSTEM_SETTING'),
  CREATE_PRODUCT: action('catalog', 'LISTING'),
  UPDATE_PRODUCT: action('catalog', 'LISTING'),
  CREATE_TOUR: action('catalog', 'LISTING'),
  UPDATE_TOUR: action('catalog', 'LISTING'),
  CREATE_APP: action('catalog', 'LISTING'),
  UPDATE_APP: action('catalog', 'LISTING'),
  CREATE_EVENT: action('catalog', 'LISTING'),
  UPDATE_EVENT: action('catalog', 'LISTING'),
  PUBLISH_LISTING: action('catalog', 'LISTING'),
  ARCHIVE_LISTING: action('catalog', 'LISTING'),
  DELETE_LISTING: action('catalog', 'LISTING'),
  CREATE_IMAGE_UPLOAD: action('catalog', 'IMAGE'),
  CREATE_OFFER: action('catalog', 'OFFER'),
  UPDATE_OFFER: action('catalog', 'OFFER'),
  ADJUST_STOCK: action('catalog', 'OFFER'),
  BLOCK_SEATS: action('catalog', 'LISTING'),
  CREATE_VENUE: action('catalog', 'VENUE'),
  UPDATE_VENUE: action('catalog', 'VENUE'),
  CREATE_CATEGORY: action('catalog', 'CATEGORY'),
  UPDATE_CATEGORY: action('catalog', 'CATEGORY'),
  DELETE_CATEGORY: action('catalog', 'CATEGORY'),
  CANCEL_CHECKOUT: action('order', 'CHECKOUT'),
  END_CHECKOUTS: action('order', 'USER'),
  RETRY_CHECKOUT: action('order', 'CHECKOUT'),
  RESOLVE_CHECKOUT: action('order', 'CHECKOUT'),
  CANCEL_ORDER: action('order', 'ORDER'),
  CANCEL_ORDER_ITEMS: action('order', 'ORDER'),
  UPDATE_ORDER_STATUS: action('order', 'ORDER'),
  MARK_SHIPPED: action('order', 'ORDER'),
  REDEEM_TOKEN: action('order', 'PURCHASE_TOKEN'),
  UPLOAD_SCANS: action('order', 'PURCHASE_TOKEN'),
  REVOKE_TOKEN: action('order', 'PURCHASE_TOKEN'),
  VERIFY_PAYMENT: action('payment', 'PAYMENT'),
  RECORD_PAYMENT: action('payment', 'PAYMENT'),
  REFUND_PAYMENT: action('payment', 'PAYMENT'),
  RECORD_PAYOUT: action('payment', 'PARTNER'),
  SAVE_NOTIFICATION_TEMPLATE: action('social', 'NOTIFICATION_TEMPLATE'),
  ANNOUNCE: action('social', 'ANNOUNCEMENT'),
  REPLY_TO_REVIEW: action('social', 'REVIEW'),
  HIDE_REVIEW: action('social', 'REVIEW'),
  SHOW_REVIEW: action('social', 'REVIEW'),
} as const;

/** The name of an audited action. */
export type AuditAction = keyof typeof auditedActions;

/** The most characters of `before`, and of `after`, as JSON text. */
export const maxAuditedCharacters = 20_000;

const changedValues = z.record(z.string().max(100), z.json()).nullable();

/** An action as events carry it. Names are texts, so that account stores those of newer versions too. */
const recordedAction = z.object({
  /** UUIDv7, the id of the audit entry: its time is that of the action. An event that arrives twice has the same one. */
  id: uuid,
  action: z.string().min(1).max(100),
  targetType: z.string().min(1).max(100),
  /** A UUID, or the key of a target without one. */
  targetId: z.string().min(1).max(200),
  /** The changed values before; null for a new object. */
  before: changedValues,
  /** The changed values after; null for an object that is gone. */
  after: changedValues,
});

const actionEvent = (owner: SubgraphName): EventDefinition<typeof recordedAction> =>
  defineEvent(owner, `${owner}ActionRecorded`, recordedAction);

/**
 * The events by which each subgraph sends its audited actions to account, which keeps the log. The aggregate is the
 * target. Published with `recordAction`.
 */
export const auditEvents = {
  account: actionEvent('account'),
  catalog: actionEvent('catalog'),
  order: actionEvent('order'),
  payment: actionEvent('payment'),
  social: actionEvent('social'),
} satisfies Record<SubgraphName, EventDefinition>;

/** An audited action as events carry it. */
export type RecordedAction = z.infer<typeof recordedAction>;
