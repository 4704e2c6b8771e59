import { z } from 'zod';
import { defineCommand } from '../command.js';
import type { EventPayload } from '../event.js';
import { defineEvent } from '../event.js';
import { approachingStart } from './catalog.js';
import { instant, leavingPerson, money, nothing, obstacles, uuid } from './values.js';

/** The commands that order handles: it is a participant like the others. */
export const orderCommands = {
  /** Step GENERATE_TOKENS: one token for each unit that is not shipped. */
  generateTokens: defineCommand('order', 'generateTokens', {
    payload: z.object({ orderId: uuid }),
    output: z.object({ tokens: z.int().min(0) }),
  }),
  /** Undo of generateTokens. */
  revokeTokens: defineCommand('order', 'revokeTokens', {
    payload: z.object({ orderId: uuid }),
    output: nothing,
  }),
  /**
   * Step REVOKE_TOKENS of a cancellation: the last moment at which it can be refused. Rejection: NOT_CANCELLABLE
   * (a token was redeemed meanwhile).
   */
  withdrawTokens: defineCommand('order', 'withdrawTokens', {
    payload: z.object({ orderId: uuid }),
    output: nothing,
  }),
  /**
   * Step REVOKE_TOKENS of the cancellation of a part of an order: the last moment at which it can be refused. Rejection:
   * NOT_CANCELLABLE (a token of the units was redeemed meanwhile).
   */
  withdrawUnits: defineCommand('order', 'withdrawUnits', {
    payload: z.object({
      orderId: uuid,
      lines: z
        .array(z.object({ lineId: uuid, units: z.array(z.int().min(0)).min(1).max(100) }))
        .min(1)
        .max(100),
    }),
    output: nothing,
  }),
  /** Step VALIDATE_ORDERS of a deletion: open checkouts, and orders that are not completed, as their buyer or seller. */
  validateDeletion: defineCommand('order', 'validateDeletion', { payload: leavingPerson, output: obstacles }),
  /**
   * Step ERASE_ORDERS of a deletion: erases the personal data of a person. Figures stay. Repeating it has no further effect.
   */
  erasePerson: defineCommand('order', 'erasePerson', { payload: leavingPerson, output: nothing }),
};

/** The order that an event is about; `userId` is the buyer. */
const orderRef = z.object({ userId: uuid, orderId: uuid, orderNumber: z.string() });

/** The checkout of an order. */
const checkoutRef = z.object({ checkoutId: uuid, orderId: uuid, userId: uuid });

/** Canceled units of an order; `amount` is what they cost, of which less is refunded if less is left of the payment. */
const cancelledUnits = orderRef.extend({
  reason: z.string(),
  amount: money,
  lines: z
    .array(
      z.object({
        lineId: uuid,
        offerId: uuid,
        listingId: uuid,
        partnerId: uuid.nullable(),
        quantity: z.int().min(1),
        amount: money,
      }),
    )
    .min(1)
    .max(100),
});

/** A user's cart; null for a guest's, whose id is its secret. */
const cartRef = z.object({ cartId: uuid.nullable(), userId: uuid.nullable() });

/** A line of a cart. */
const cartLine = cartRef.extend({ itemId: uuid, offerId: uuid, listingId: uuid, quantity: z.int().min(1) });

/** A token that one user offers to another. */
const tokenTransfer = z.object({
  tokenId: uuid,
  orderId: uuid,
  lineId: uuid,
  listingId: uuid,
  fromId: uuid,
  toId: uuid,
});

/** The events that order publishes. */
export const orderEvents = {
  /** An offer was put into a cart; `quantity` is that of its line. The aggregate is the cart, for a guest's a digest. */
  cartItemAdded: defineEvent('order', 'cartItemAdded', cartLine),
  /** The quantity of a line was changed. The aggregate is the cart. */
  cartItemUpdated: defineEvent('order', 'cartItemUpdated', cartLine),
  /** A line was removed from a cart. The aggregate is the cart. */
  cartItemRemoved: defineEvent('order', 'cartItemRemoved', cartLine),
  /** All lines of a cart were removed by its buyer. The aggregate is the cart. */
  cartCleared: defineEvent('order', 'cartCleared', cartRef.extend({ lines: z.int().min(1) })),
  /** The lines of another cart were moved into a user's main cart, the aggregate. */
  cartMerged: defineEvent('order', 'cartMerged', cartRef.extend({ lines: z.int().min(1) })),
  /**
   * A user's cart with items was not changed for the time of the setting cart.reminderHours. Published once for each change
   * of a cart, the aggregate.
   */
  cartLeft: defineEvent(
    'order',
    'cartLeft',
    z.object({
      cartId: uuid,
      userId: uuid,
      /** When the cart was changed last. */
      changedAt: instant,
      /** The listings in it, without duplicates. */
      listings: z
        .array(z.object({ id: uuid, title: z.string() }))
        .min(1)
        .max(100),
    }),
  ),
  /** A checkout started: its order is PENDING. The aggregate of this event and of the following ones is the order. */
  checkoutStarted: defineEvent(
    'order',
    'checkoutStarted',
    checkoutRef.extend({
      orderNumber: z.string(),
      lines: z
        .array(z.object({ offerId: uuid, listingId: uuid, quantity: z.int().min(1), unitPrice: money }))
        .min(1)
        .max(100),
    }),
  ),
  /**
   * A checkout waits for a payment that is made by hand, such as a transfer, and expires soon: half of its time has passed,
   * and at most a day is left. Published once for each checkout. The aggregate is the order.
   */
  paymentDue: defineEvent(
    'order',
    'paymentDue',
    orderRef.extend({ checkoutId: uuid, total: money, expiresAt: instant }),
  ),
  /** The payment of a checkout was made: its order is PAID. */
  orderPaid: defineEvent('order', 'orderPaid', orderRef),
  /** All steps of a checkout are done. An order without shipments is COMPLETED, others stay PAID. */
  checkoutCompleted: defineEvent(
    'order',
    'checkoutCompleted',
    checkoutRef.extend({
      orderNumber: z.string(),
      total: money,
      ships: z.boolean(),
      lines: z
        .array(
          z.object({
            offerId: uuid,
            listingId: uuid,
            partnerId: uuid.nullable(),
            quantity: z.int().min(1),
            unitPrice: money,
          }),
        )
        .max(100),
    }),
  ),
  /** A checkout failed, and all that it did was compensated: its order is CANCELLED. */
  checkoutFailed: defineEvent(
    'order',
    'checkoutFailed',
    checkoutRef.extend({
      orderNumber: z.string(),
      code: z.string(),
      reason: z.string(),
      step: z.string().nullable(),
    }),
  ),
  /** A person ended a checkout before it was paid; `checkoutFailed` follows. */
  checkoutCancelled: defineEvent('order', 'checkoutCancelled', checkoutRef.extend({ reason: z.string() })),
  /** An administrator had the failed step of a checkout, or of its order's cancellation, tried again. */
  checkoutRetried: defineEvent('order', 'checkoutRetried', checkoutRef),
  /** An administrator resolved the failed step of a checkout, or of its order's cancellation, by hand. */
  checkoutResolved: defineEvent('order', 'checkoutResolved', checkoutRef.extend({ note: z.string() })),
  /** The status of an order was changed by a person. */
  orderStatusChanged: defineEvent(
    'order',
    'orderStatusChanged',
    orderRef.extend({ previousStatus: z.string().min(1), status: z.string().min(1) }),
  ),
  /** The cancellation of an order began. */
  orderCancellationStarted: defineEvent(
    'order',
    'orderCancellationStarted',
    orderRef.extend({ reason: z.string() }),
  ),
  /** The cancellation of a part of an order began. */
  orderItemsCancellationStarted: defineEvent('order', 'orderItemsCancellationStarted', cancelledUnits),
  /** A part of an order was cancelled: the tokens of its units are revoked, and their refund is requested. */
  orderItemsCancelled: defineEvent('order', 'orderItemsCancelled', cancelledUnits),
  /** An order was cancelled: its tokens are revoked, and its refund is requested. */
  orderCancelled: defineEvent(
    'order',
    'orderCancelled',
    orderRef.extend({
      /** The price of the units that were not cancelled before. */
      total: money,
      reason: z.string(),
    }),
  ),
  /** A refund of an order was completed, whatever its cause. The aggregate is the order. */
  orderRefunded: defineEvent(
    'order',
    'orderRefunded',
    z.object({
      userId: uuid,
      orderId: uuid,
      orderNumber: z.string(),
      /** The amount of this refund, not the total. */
      refunded: money,
      /** The position in the payment's log: the buyer gets one notification for each. */
      position: z.int().min(1),
    }),
    { legacyName: 'orderRefunded' },
  ),
  /** A token was redeemed, perhaps earlier at an entrance without a network. The aggregate is the order. */
  tokenRedeemed: defineEvent(
    'order',
    'tokenRedeemed',
    z.object({
      tokenId: uuid,
      orderId: uuid,
      listingId: uuid,
      holderId: uuid,
      scannerId: uuid,
      redeemedAt: z.string(),
      offline: z.boolean(),
    }),
  ),
  /** An administrator revoked a token. The aggregate is the order. */
  tokenRevoked: defineEvent(
    'order',
    'tokenRevoked',
    z.object({ tokenId: uuid, orderId: uuid, listingId: uuid, holderId: uuid, reason: z.string() }),
  ),
  /**
   * An event, or a departure of a tour, for which these people have valid tokens starts within a day. Many holders are in
   * several events; the same holder may be in two. The aggregate is the listing.
   */
  startReminderDue: defineEvent(
    'order',
    'startReminderDue',
    approachingStart.extend({ holderIds: z.array(uuid).min(1).max(500) }),
  ),
  /** A holder offered a token to another user. The aggregate of this event and the following ones is the order. */
  tokenOffered: defineEvent(
    'order',
    'tokenOffered',
    tokenTransfer.extend({
      transferId: uuid,
      /** Of what was bought, as its order names it. */ title: z.string(),
    }),
  ),
  /** A token was accepted and has a new code. */
  tokenTransferred: defineEvent('order', 'tokenTransferred', tokenTransfer),
  /** The offer of a token was withdrawn. */
  tokenOfferWithdrawn: defineEvent('order', 'tokenOfferWithdrawn', tokenTransfer),
  /** Units of an order were handed to a carrier. The aggregate is the order. */
  orderShipped: defineEvent(
    'order',
    'orderShipped',
    orderRef.extend({
      shipmentId: uuid,
      carrier: z.string(),
      trackingNumber: z.string().nullable(),
      /** The carrier's page about the parcel. */
      trackingUrl: z.url().nullable(),
      shippedAt: z.string(),
      /** The lines with units in this shipment. */
      lines: z
        .array(z.object({ lineId: uuid, listingId: uuid, title: z.string(), quantity: z.int().min(1) }))
        .min(1)
        .max(100),
    }),
  ),
  /** An order with shipments was completed. The aggregate is the order. */
  orderCompleted: defineEvent(
    'order',
    'orderCompleted',
    z.object({
      userId: uuid,
      orderId: uuid,
      orderNumber: z.string(),
      total: money,
      /** The purchased listings, without duplicates. */
      listings: z
        .array(z.object({ id: uuid, title: z.string() }))
        .min(1)
        .max(100),
    }),
  ),
};

/** A refund of an order. */
export type OrderRefunded = EventPayload<typeof orderEvents.orderRefunded>;

/** A completed order with shipments. */
export type OrderCompleted = EventPayload<typeof orderEvents.orderCompleted>;
