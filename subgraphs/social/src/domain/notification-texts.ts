import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { formatMoney } from '@souk/shared/money';
import type { NotificationText } from './notification.js';

/** The language of notifications. */
const locale = 'en';
const maxTitleLength = 120;

/** A listing: UUID, and title at the time of the purchase. */
export interface NamedListing {
  id: string;
  title: string;
}

/** For the buyer of a paid order of which something is still to be shipped. */
export function orderPaid(order: {
  id: string;
  number: string;
  total: Money;
  listings: readonly NamedListing[];
}): NotificationText {
  return {
    type: 'ORDER_PAID',
    title: `Your order ${order.number} is paid`,
    body: `You bought ${nameListings(order.listings)} for ${formatMoney(order.total, locale)}. We are preparing the shipment.`,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** For the buyer of a completed order. */
export function orderCompleted(order: {
  id: string;
  number: string;
  total: Money;
  listings: readonly NamedListing[];
}): NotificationText {
  return {
    type: 'ORDER_COMPLETED',
    title: `Your order ${order.number} is complete`,
    body: `You bought ${nameListings(order.listings)} for ${formatMoney(order.total, locale)}.`,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** For the buyer of a failed order. `reason` is a sentence for users. */
export function orderFailed(order: { id: string; number: string; reason: string }): NotificationText {
  return {
    type: 'ORDER_FAILED',
    title: `Your order ${order.number} did not go through`,
    body: order.reason,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** For the buyer of a cancelled order. `reason` is the text of the caller who cancelled it. */
export function orderCancelled(order: { id: string; number: string; reason: string }): NotificationText {
  return {
    type: 'ORDER_CANCELLED',
    title: `Your order ${order.number} was cancelled`,
    body: order.reason,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** For the buyer of a refunded order. `refunded` is the amount of this refund. */
export function orderRefunded(order: { id: string; number: string; refunded: Money }): NotificationText {
  return {
    type: 'ORDER_REFUNDED',
    title: `Your order ${order.number} was refunded`,
    body: `We refunded ${formatMoney(order.refunded, locale)} to your original payment method.`,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** For a user with a new follower. Social stores no names; clients look them up by the id in `data`. */
export function newFollower(followerId: string): NotificationText {
  return {
    type: 'NEW_FOLLOWER',
    title: 'You have a new follower',
    body: 'Someone started following you.',
    data: { userId: toApiId('user', followerId) },
  };
}

/** For a follower of the buyer. Omits the order, which is private to the buyer. */
export function followedPurchased(buyerId: string, listings: readonly NamedListing[]): NotificationText {
  return {
    type: 'FOLLOWED_PURCHASED',
    title: 'Someone you follow made a purchase',
    body: `They bought ${nameListings(listings)}.`,
    data: {
      userId: toApiId('user', buyerId),
      listingIds: listings.map((listing) => toApiId('listing', listing.id)),
    },
  };
}

function nameListings(listings: readonly NamedListing[]): string {
  const title = truncateTitle(listings[0]?.title ?? '');
  const others = listings.length - 1;
  if (others <= 0) return `“${title}”`;
  return `“${title}” and ${others === 1 ? 'one other item' : `${others} other items`}`;
}

function truncateTitle(title: string): string {
  const characters = Array.from(title);
  return characters.length <= maxTitleLength ? title : `${characters.slice(0, maxTitleLength - 1).join('')}…`;
}
