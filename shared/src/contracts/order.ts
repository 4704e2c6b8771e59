import { z } from 'zod';
import { defineCommand } from '../command.js';
import type { EventPayload } from '../event.js';
import { defineEvent } from '../event.js';
import { money, nothing, uuid } from './values.js';

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
};

/** The events that order publishes. */
export const orderEvents = {
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
