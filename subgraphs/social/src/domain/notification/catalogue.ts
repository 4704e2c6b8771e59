import { emailVerificationType, passwordResetType } from './account-types.js';
import { cartReminderType } from './cart-types.js';
import type { NotificationType } from './notification-type.js';
import {
  orderCancelledType,
  orderCompletedType,
  orderFailedType,
  orderItemsCancelledType,
  orderPaidType,
  orderRefundedType,
} from './order-types.js';
import { partnerRegisteredType, partnerUpdatedType } from './partner-data-types.js';
import { partnerRejectedType, partnerVerifiedType } from './partner-types.js';
import { eventReminderType, paymentDueType, seatHoldEndingType } from './reminder-types.js';
import { securityAlertType } from './security-types.js';
import { orderShippedType } from './shipment-types.js';
import { tokenOfferedType } from './token-types.js';
import { backInStockType, priceDroppedType } from './wishlist-types.js';
import { announcementType, followedPurchasedType, newFollowerType } from './social-types.js';

/** All types of notifications, by name. */
export const catalogue = {
  ORDER_PAID: orderPaidType,
  ORDER_SHIPPED: orderShippedType,
  ORDER_COMPLETED: orderCompletedType,
  ORDER_FAILED: orderFailedType,
  ORDER_CANCELLED: orderCancelledType,
  ORDER_ITEMS_CANCELLED: orderItemsCancelledType,
  ORDER_REFUNDED: orderRefundedType,
  PAYMENT_DUE: paymentDueType,
  SEAT_HOLD_ENDING: seatHoldEndingType,
  EVENT_REMINDER: eventReminderType,
  CART_REMINDER: cartReminderType,
  BACK_IN_STOCK: backInStockType,
  PRICE_DROPPED: priceDroppedType,
  NEW_FOLLOWER: newFollowerType,
  FOLLOWED_PURCHASED: followedPurchasedType,
  PARTNER_REGISTERED: partnerRegisteredType,
  PARTNER_UPDATED: partnerUpdatedType,
  PARTNER_VERIFIED: partnerVerifiedType,
  PARTNER_REJECTED: partnerRejectedType,
  ANNOUNCEMENT: announcementType,
  TOKEN_OFFERED: tokenOfferedType,
  SECURITY_ALERT: securityAlertType,
  EMAIL_VERIFICATION: emailVerificationType,
  PASSWORD_RESET: passwordResetType,
} as const;

/** The name of a type that this release knows. */
export type TypeName = keyof typeof catalogue;

const byName = new Map<string, NotificationType>(Object.entries(catalogue));

/** The type of a name; null for one of another release. */
export function findType(name: string): NotificationType | null {
  return byName.get(name) ?? null;
}

/** All types, in the order of the catalogue. */
export const notificationTypes: readonly NotificationType[] = [...byName.values()];
