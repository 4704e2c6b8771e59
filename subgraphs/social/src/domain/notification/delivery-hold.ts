import type { ClaimedDelivery, DeliveryResult } from './delivery.js';
import { burstMs } from './delivery.js';
import type { NotificationType } from './notification-type.js';
import { quietUntil } from './quiet-hours.js';

/**
 * Why a message waits, as things are now; null if it is sent at once. Messages about the security of an account and urgent
 * ones never wait. In quiet hours the others wait for their end. Messages of a type of which many come leave together: the
 * first ones of an hour at once, the further ones in a digest.
 */
export function holdOf(type: NotificationType, delivery: ClaimedDelivery, now: Date): DeliveryResult | null {
  if (!type.isOptional || type.isUrgent) return null;
  const { quietHours, timeZone, isBurst, digestAt, createdAt } = delivery;
  const until = quietHours && quietUntil(now, quietHours, timeZone);
  const isDigested = type.isDigested ?? false;
  if (until) return { status: 'HELD', until, isDigested };
  if (!isBurst || !isDigested || digestAt !== null) return null;
  return {
    status: 'HELD',
    until: new Date(Math.max(createdAt.getTime() + burstMs, now.getTime())),
    isDigested,
  };
}
