import { z } from 'zod';
import type { Json } from '../errors.js';
import { defineCommand } from '../command.js';
import type { EventPayload } from '../event.js';
import { defineEvent } from '../event.js';
import { instant, leavingPerson, money, nothing, obstacles, paymentMethod, uuid } from './values.js';

/** The money of a paid payment, as payment's log says at `position`; the higher position wins. */
export const paymentMoney = z.object({
  /** All completed refunds. */
  refunded: money,
  /** Minor units that the buyer's bank withholds until it decides a dispute. */
  disputed: z.int().min(0),
  /** Minor units that the buyer's bank has taken by lost disputes. */
  chargedBack: z.int().min(0),
  /** Position in the payment's log. */
  position: z.int().min(1),
});

/** The money's type. */
export type PaymentMoney = z.infer<typeof paymentMoney>;

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
    output: z.object({
      /** Whether money had moved; its refund may be pending. */
      refunded: z.boolean(),
      /** Absent if no money had moved, and in replies of older versions. */
      payment: paymentMoney.optional(),
    }),
  }),
  /**
   * Step VALIDATE_REFUND of a cancellation, before anything is taken. Rejection: NOT_CANCELLABLE (the buyer's bank
   * withholds money of the payment: only the bank decides about it; of a part also if a bank has taken money for good).
   */
  validateRefund: defineCommand('payment', 'validateRefund', {
    payload: z.object({
      checkoutId: uuid,
      /** Absent for a whole order. */ isPartial: z.boolean().optional(),
    }),
    output: nothing,
  }),
  /**
   * Step REFUND of a cancellation: refunds all that is left of the payment of the order's checkout. Done when the refund
   * is requested at the provider, or when a bank withholds the money: payment refunds it once the bank returns it.
   * Rejection: CONFLICT (the provider could not refund; a repeated command tries it again).
   */
  refundOrder: defineCommand('payment', 'refundOrder', {
    payload: z.object({ checkoutId: uuid }),
    /** `payment` is absent for a free order, and in replies of older versions. */
    output: z.object({ payment: paymentMoney.optional() }),
  }),
  /**
   * Step REFUND of the cancellation of a part of an order: refunds the price of its units, or less if less is left of the
   * payment. Done when the refund is requested at the provider. Rejection: CONFLICT (the provider could not refund, or a
   * bank withholds the money; a repeated command tries it again).
   */
  refundItems: defineCommand('payment', 'refundItems', {
    payload: z.object({
      checkoutId: uuid,
      /** Each line's seller (null: the platform) and the amount to refund, in minor units. */
      lines: z
        .array(z.object({ partnerId: uuid.nullable(), amount: z.int().min(0) }))
        .min(1)
        .max(100),
    }),
    /** `payment` is absent for a free order. */
    output: z.object({ payment: paymentMoney.optional() }),
  }),
  /** Step VALIDATE_PAYMENTS of a deletion: open payments, refunds and disputes, and an unsettled balance of the partner. */
  validateDeletion: defineCommand('payment', 'validateDeletion', {
    payload: leavingPerson,
    output: obstacles,
  }),
  /**
   * Step ERASE_PAYMENTS of a deletion: erases the personal data of a person. Figures stay. Repeating it has no further effect.
   */
  erasePerson: defineCommand('payment', 'erasePerson', { payload: leavingPerson, output: nothing }),
};

/** A payment after a new fact. */
const paymentState = z.object({
  paymentId: uuid,
  orderId: uuid,
  /** The buyer. */
  userId: uuid,
  amount: money,
  method: paymentMethod,
  status: z.string().min(1),
});

/** The events that payment publishes. */
export const paymentEvents = {
  /** The money of a payment has arrived. The aggregate of all events but payouts is the payment. */
  paymentSucceeded: defineEvent('payment', 'paymentSucceeded', paymentState),
  /** An attempt to pay was declined; the payment may wait for another one. */
  paymentDeclined: defineEvent(
    'payment',
    'paymentDeclined',
    paymentState.extend({ /** The provider's code. */ code: z.string().nullable() }),
  ),
  /** The buyer has to act: authenticate, transfer the money, or name another card. */
  paymentActionRequired: defineEvent(
    'payment',
    'paymentActionRequired',
    paymentState.extend({ action: z.string().nullable() }),
  ),
  /** The money is reserved, or on its way. */
  paymentAuthorized: defineEvent('payment', 'paymentAuthorized', paymentState),
  /** A payment was canceled at the provider. */
  paymentCanceled: defineEvent('payment', 'paymentCanceled', paymentState),
  /**
   * Money is to go back to the buyer: by a person, here or at the provider, by a saga, or because it arrived too late.
   * `paymentRefunded` says when it went.
   */
  refundRequested: defineEvent(
    'payment',
    'refundRequested',
    paymentState.extend({ refundId: uuid, refund: money, reason: z.string() }),
  ),
  /** A refund could not be sent. An automatic one is requested again; others wait for a person. */
  refundFailed: defineEvent(
    'payment',
    'refundFailed',
    paymentState.extend({ refundId: uuid, refund: money, reason: z.string() }),
  ),
  /** The buyer's bank withholds money of a payment; `paymentRefunded` follows with the payment's money. */
  disputeOpened: defineEvent(
    'payment',
    'disputeOpened',
    paymentState.extend({ disputeId: uuid, disputed: money, /** The bank's reason. */ reason: z.string() }),
  ),
  /** The buyer's bank has decided a dispute: WON returns the money, LOST takes it for good. */
  disputeClosed: defineEvent(
    'payment',
    'disputeClosed',
    paymentState.extend({ disputeId: uuid, disputed: money, outcome: z.enum(['WON', 'LOST']) }),
  ),
  /** A payout to a partner was recorded. The aggregate is the partner. */
  payoutRecorded: defineEvent(
    'payment',
    'payoutRecorded',
    z.object({
      partnerId: uuid,
      /** The entry on the partner's account. */
      entryId: uuid,
      amount: money,
      /** The reference on the bank statement. */
      reference: z.string(),
    }),
  ),
  /**
   * The money of an order's payment has changed: by a refund, a refund that the bank could not send, a dispute, or money
   * that arrived too late. The aggregate is the payment.
   */
  paymentRefunded: defineEvent(
    'payment',
    'paymentRefunded',
    paymentMoney.extend({
      orderId: uuid,
      paymentId: uuid,
      /** Minor units of the refund that was just completed; null for other changes. Version 1 had no such amount. */
      sentBack: z.int().min(1).nullable().optional(),
    }),
    {
      upgrades: [
        // Version 1 had the refund total only.
        (payload) => ({ disputed: 0, chargedBack: 0, ...(payload as Record<string, Json>) }),
      ],
      legacyName: 'paymentRefunded',
    },
  ),
};

/** A change of a payment's money. */
export type PaymentRefunded = EventPayload<typeof paymentEvents.paymentRefunded>;
