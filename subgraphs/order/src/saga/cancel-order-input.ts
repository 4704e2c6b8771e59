import { money, uuid } from '@souk/shared/contracts/values';
import { z } from 'zod';

/** What a cancellation begins with. */
export const cancelOrderInput = z.object({
  orderId: uuid,
  orderNumber: z.string(),
  /** The buyer. */
  userId: uuid,
  /** The saga of the order's checkout: what the participants know the purchase by. */
  checkoutId: uuid,
  /** What is refunded. */
  total: money,
  reason: z.string(),
  /** Who cancels. */
  actorId: uuid,
});

/** A cancellation's input. */
export type CancelOrderInput = z.infer<typeof cancelOrderInput>;
