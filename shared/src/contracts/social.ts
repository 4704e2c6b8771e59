import { z } from 'zod';
import { defineCommand } from '../command.js';
import { fulfilment, money, nothing, uuid } from './values.js';

/** What was bought, as far as social life cares. */
export const purchase = z.object({
  userId: uuid,
  orderId: uuid,
  orderNumber: z.string(),
  total: money,
  lines: z
    .array(
      z.object({
        listingId: uuid,
        offerId: uuid,
        title: z.string(),
        quantity: z.int().min(1),
        fulfilment,
      }),
    )
    .min(1),
});

/** The commands that social handles. */
export const socialCommands = {
  /**
   * Step UPDATE_STATS: statistics of the buyer, purchases in the graph, ORDER_COMPLETED to the buyer and
   * FOLLOWED_PURCHASED to the followers of one who shares purchases.
   */
  recordPurchase: defineCommand('social', 'recordPurchase', { payload: purchase, output: nothing }),
  /** Undo of recordPurchase: subtracts; notifications that were sent stay. */
  erasePurchase: defineCommand('social', 'erasePurchase', { payload: purchase, output: nothing }),
  /** Told at a checkout's end without success; no reply is awaited. */
  tellFailure: defineCommand('social', 'tellFailure', {
    payload: z.object({ userId: uuid, orderId: uuid, orderNumber: z.string(), reason: z.string() }),
    output: nothing,
  }),
  /**
   * Step UPDATE_STATS of a cancellation: takes the purchase back, and tells the buyer ORDER_CANCELLED, and
   * ORDER_REFUNDED where there was anything to refund.
   */
  recordCancellation: defineCommand('social', 'recordCancellation', {
    payload: z.object({
      userId: uuid,
      orderId: uuid,
      orderNumber: z.string(),
      refunded: money,
      reason: z.string(),
    }),
    output: nothing,
  }),
};

/** The event `orderRefunded`: money of an order went back that no saga had asked for. Its buyer is told ORDER_REFUNDED. */
export const orderRefunded = z.object({
  userId: uuid,
  orderId: uuid,
  orderNumber: z.string(),
  /** What went back now, not in all. */
  refunded: money,
  /** How far the payment's log goes: the buyer is told once of each. */
  position: z.int().min(1),
});

/** The event's type. */
export type OrderRefunded = z.infer<typeof orderRefunded>;
