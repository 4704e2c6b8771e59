import { z } from 'zod';
import { FAULT_KINDS } from '../http/faults.js';

// The bodies that the controls take. Clients of the controls use their types.

/** How the buyer or the bank decides. Default: succeed. */
export const outcomeBody = z.strictObject({ outcome: z.enum(['succeed', 'fail']).default('succeed') });

/** The payment method that the buyer pays with, by its name: pm_card_visa. Default: the one attached. */
export const confirmBody = z.strictObject({ payment_method: z.string().min(1).max(200).optional() });

/** How a refund ends; without an outcome, as its payment method says. */
export const settlementBody = z.strictObject({
  outcome: z.enum(['succeed', 'fail']).optional(),
  reason: z.enum(['expired_or_canceled_card', 'lost_or_stolen_card', 'unknown']).default('unknown'),
});

/** Minor units to refund. Default: all that is left. */
export const refundBody = z.strictObject({ amount: z.int().min(1).optional() });

/** A dispute: minor units (default: the whole charge), reason, and whether it is an inquiry only. */
export const disputeBody = z.strictObject({
  amount: z.int().min(1).optional(),
  reason: z
    .enum([
      'fraudulent',
      'product_not_received',
      'duplicate',
      'product_unacceptable',
      'subscription_canceled',
      'unrecognized',
      'credit_not_processed',
      'general',
    ])
    .default('fraudulent'),
  inquiry: z.boolean().default(false),
});

/** How the bank decides a dispute, from the seller's side. */
export const closeBody = z.strictObject({ outcome: z.enum(['won', 'lost']) });

/** A fault to inject: its kind, how many calls it strikes, and which. */
export const faultBody = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  count: z.int().min(1).max(100_000).default(1),
  method: z.enum(['GET', 'POST']).optional(),
  path: z.string().startsWith('/v1').max(500).optional(),
  before_execution: z.boolean().optional(),
  delay_ms: z.int().min(0).max(600_000).optional(),
});

/** How webhooks are sent from now on. */
export const webhooksBody = z.strictObject({
  paused: z.boolean().optional(),
  duplicate: z.boolean().optional(),
});

/** How many objects of each kind to return. */
export const stateQuery = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) });

/** A fault, as a client of the controls requests it. */
export type FaultRequest = z.input<typeof faultBody>;
/** A dispute, as a client of the controls opens it. */
export type DisputeRequest = z.input<typeof disputeBody>;
/** The end of a refund, as a client of the controls requests it. */
export type SettlementRequest = z.input<typeof settlementBody>;
/** How webhooks are to be sent. */
export type WebhookSettings = z.input<typeof webhooksBody>;
/** How the buyer or the bank decides. */
export type Decision = NonNullable<z.input<typeof outcomeBody>['outcome']>;
