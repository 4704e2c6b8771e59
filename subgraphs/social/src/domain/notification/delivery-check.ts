import type { ClaimedDelivery, DeliveryResult } from './delivery.js';
import type { NotificationType } from './notification-type.js';
import { channelsFor } from './recipient.js';

/** Why a message is not sent, as things are now; null if it is. */
export function problemOf(type: NotificationType, delivery: ClaimedDelivery): DeliveryResult | null {
  if (delivery.isDeleted) return { status: 'SUPPRESSED', error: 'The account is deleted.' };
  if (delivery.isExpired) return { status: 'FAILED', error: 'The message could not be sent in time.' };
  if (!channelsFor(type, delivery.chosen).includes(delivery.channel))
    return { status: 'SUPPRESSED', error: 'The recipient has switched the channel off.' };
  if (type.isOptional && delivery.hasBounced)
    return { status: 'SUPPRESSED', error: 'An earlier message to this address bounced.' };
  return null;
}
