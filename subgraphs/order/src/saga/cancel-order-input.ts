import { money, uuid } from '@souk/shared/contracts/values';
import { z } from 'zod';

/** Input of a cancellation saga. */
export const cancelOrderInput = z.object({
  orderId: uuid,
  orderNumber: z.string(),
  /** The buyer. */
  userId: uuid,
  /** The order's checkout saga, by which participants identify the purchase. */
  checkoutId: uuid,
  /** Amount to refund. */
  total: money,
  reason: z.string(),
  /** The user who cancels. */
  actorId: uuid,
});

/** A cancellation's input. */
export type CancelOrderInput = z.infer<typeof cancelOrderInput>;

/** Names of a cancellation's steps. The API does not show them. */
export type CancelOrderStep =
  'VALIDATE_REFUND' | 'REVOKE_TOKENS' | 'REFUND' | 'RETURN_ITEMS' | 'UPDATE_STATS';
