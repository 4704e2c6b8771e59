import { z } from 'zod';
import { defineCommand } from '../command.js';
import type { EventPayload } from '../event.js';
import { defineEvent } from '../event.js';
import { instant, money, nothing, paymentMethod, uuid } from './values.js';

/** The commands that payment handles. */
export const paymentCommands = {
  /**
   * Step PROCESS_PAYMENT. Done once money has moved; waiting (until expiresAt) for the buyer, a webhook or an
   * administrator, who records money that did not come by card. Rejections: PAYMENT_DECLINED (PaymentDeclinedError is
   * payment's own type: order shows InputError), INVALID (the provider does not take the amount or currency),
   * TOO_MANY_ATTEMPTS (with retryAt: so many cards of the buyer, or from their network, were declined that the provider
   * is not called), PAYMENT_EXPIRED (payBy leaves too little time for this payment method).
   */
  processPayment: defineCommand('payment', 'processPayment', {
    payload: z.object({
      orderId: uuid,
      orderNumber: z.string(),
      userId: uuid,
      amount: money,
      method: paymentMethod,
      /** A Stripe payment method (pm_...), confirmed at once; null waits for the client. */
      paymentMethodToken: z.string().nullable(),
      returnUrl: z.string().nullable(),
      /** Digest of the network that the checkout came from (network-digest.ts); absent in messages of older versions. */
      clientNetwork: z.string().max(64).nullable().optional(),
      /** When a waiting card payment ends; what is paid by another way has a deadline of its own. */
      expiresAt: instant,
      /** When the payment ends at the latest, whatever way it is paid by. */
      payBy: instant.nullish(),
      /** Lines for the ledger: each line's seller (null: the platform) and its whole amount. */
      lines: z
        .array(z.object({ partnerId: uuid.nullable(), amount: z.int().min(0) }))
        .max(100)
        .optional(),
    }),
    output: z.object({ paymentId: uuid }),
  }),
  /** Undo of processPayment, whatever its outcome: cancels a waiting payment, refunds a paid one. */
  revertPayment: defineCommand('payment', 'revertPayment', {
    payload: nothing,
    /** Whether money had moved and was sent back. */
    output: z.object({ refunded: z.boolean() }),
  }),
  /**
   * Step REFUND of a cancellation: refunds all that is left of the payment of the order's checkout. Rejection: CONFLICT
   * (the provider could not refund; a repeated command tries it again).
   */
  refundOrder: defineCommand('payment', 'refundOrder', {
    payload: z.object({ checkoutId: uuid }),
    output: nothing,
  }),
};

/** The events that payment publishes. */
export const paymentEvents = {
  /**
   * The refund total of an order's payment has changed; it decreases if the bank could not send a refund. The aggregate
   * is the payment.
   */
  paymentRefunded: defineEvent(
    'payment',
    'paymentRefunded',
    z.object({
      orderId: uuid,
      paymentId: uuid,
      /** All that has gone back. */
      refunded: money,
      /** Whether one of order's sagas requested the refund: order already knows about it. */
      bySaga: z.boolean(),
      /** How far the payment's log goes; the higher one wins. */
      position: z.int().min(1),
    }),
    { legacyName: 'paymentRefunded' },
  ),
};

/** A payment's refund total. */
export type PaymentRefunded = EventPayload<typeof paymentEvents.paymentRefunded>;
