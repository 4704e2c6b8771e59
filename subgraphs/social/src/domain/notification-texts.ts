import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { formatMoney } from '@souk/shared/money';
import type { NotificationText } from './notification.js';

/** The language that notifications are written in. */
const locale = 'en';
const maxTitleLength = 120;

/** A listing by its UUID and its title at the time. */
export interface NamedListing {
  id: string;
  title: string;
}

/** To the buyer: the order went through. */
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

/** To the buyer: the order came to nothing. `reason` is a sentence, meant for people. */
export function orderFailed(order: { id: string; number: string; reason: string }): NotificationText {
  return {
    type: 'ORDER_FAILED',
    title: `Your order ${order.number} did not go through`,
    body: order.reason,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** To the buyer: the order was cancelled. `reason` is what whoever cancelled it wrote. */
export function orderCancelled(order: { id: string; number: string; reason: string }): NotificationText {
  return {
    type: 'ORDER_CANCELLED',
    title: `Your order ${order.number} was cancelled`,
    body: order.reason,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** To the buyer: the money is on its way back. */
export function orderRefunded(order: { id: string; number: string; refunded: Money }): NotificationText {
  return {
    type: 'ORDER_REFUNDED',
    title: `Your order ${order.number} was refunded`,
    body: `${formatMoney(order.refunded, locale)} go back to where they came from.`,
    data: { orderId: toApiId('order', order.id), orderNumber: order.number },
  };
}

/** To somebody who is followed; social knows no names, so clients read them by the id in the data. */
export function newFollower(followerId: string): NotificationText {
  return {
    type: 'NEW_FOLLOWER',
    title: 'You have a new follower',
    body: 'Somebody has begun to follow you.',
    data: { userId: toApiId('user', followerId) },
  };
}

/** To a follower of the buyer. The order itself is not the follower's concern. */
export function followedPurchased(buyerId: string, listings: readonly NamedListing[]): NotificationText {
  return {
    type: 'FOLLOWED_PURCHASED',
    title: 'Somebody you follow went shopping',
    body: `They bought ${nameListings(listings)}.`,
    data: {
      userId: toApiId('user', buyerId),
      listingIds: listings.map((listing) => toApiId('listing', listing.id)),
    },
  };
}

function nameListings(listings: readonly NamedListing[]): string {
  const name = truncateTitle(listings[0]?.title ?? '');
  const others = listings.length - 1;
  if (others <= 0) return `“${name}”`;
  return `“${name}” and ${others === 1 ? 'one other thing' : `${others} other things`}`;
}

function truncateTitle(title: string): string {
  const characters = Array.from(title);
  return characters.length <= maxTitleLength ? title : `${characters.slice(0, maxTitleLength - 1).join('')}…`;
}
