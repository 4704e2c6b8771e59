import { orderEvents } from '@souk/shared/contracts/order';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Cause } from '@souk/shared/event';
import type { PlacedOrder } from '../domain/order/order.js';
import type { RequestedLine } from '../domain/purchase/purchase-validation.js';

/** A checkout that starts, and its request. */
interface StartingCheckout {
  checkoutId: string;
  lines: readonly RequestedLine[];
  request: { userId: string; cause: Cause };
}

/** Publishes the start of a checkout. */
export function publishStart(
  outbox: Outbox,
  { checkoutId, lines, request: { userId, cause } }: StartingCheckout,
  { id: orderId, number: orderNumber }: PlacedOrder,
): void {
  const event = {
    checkoutId,
    orderId,
    orderNumber,
    userId,
    lines: lines.map(({ offer, quantity }) => ({
      offerId: offer.offerId,
      listingId: offer.listingId,
      quantity,
      unitPrice: { amount: offer.unitAmount, currency: offer.currency },
    })),
  };
  outbox.publish(orderEvents.checkoutStarted, orderId, event, { ...cause, actorId: userId });
}
