import { fulfilment, money, uuid } from '@souk/shared/contracts/values';
import { z } from 'zod';

/** Input of the cancellation of a part of an order. */
export const cancelItemsInput = z.object({
  orderId: uuid,
  orderNumber: z.string(),
  /** The buyer. */
  userId: uuid,
  /** The order's checkout saga, by which participants identify the purchase. */
  checkoutId: uuid,
  /** The price of all the units. */
  amount: money,
  /** The lines whose units are canceled. */
  lines: z
    .array(
      z.object({
        lineId: uuid,
        offerId: uuid,
        listingId: uuid,
        partnerId: uuid.nullable(),
        title: z.string(),
        fulfilment,
        /** From 0. */
        units: z.array(z.int().min(0)).min(1),
        seatIds: z.array(uuid),
        /** The price of the units, in minor units. */
        amount: z.int().min(0),
      }),
    )
    .min(1),
  reason: z.string(),
  /** The user who cancels. */
  actorId: uuid,
});

/** The input's type. */
export type CancelItemsInput = z.infer<typeof cancelItemsInput>;
