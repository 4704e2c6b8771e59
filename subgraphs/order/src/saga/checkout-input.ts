import { z } from 'zod';
import { requestedLine } from '@souk/shared/contracts/catalog';
import { instant, money, paymentMethod, uuid } from '@souk/shared/contracts/values';

/** Input of a checkout saga: everything that its steps need and no step returns. */
export const checkoutInput = z.object({
  orderId: uuid,
  orderNumber: z.string(),
  userId: uuid,
  /** Null for an order without a cart. */
  cartId: uuid.nullable(),
  lines: z.array(requestedLine).min(1).max(100),
  expectedTotal: money.nullable(),
  shippingAddressId: uuid.nullable(),
  payment: z.object({
    method: paymentMethod,
    paymentMethodToken: z.string().nullable(),
    returnUrl: z.string().nullable(),
  }),
  /** Digest of the buyer's network; absent in checkouts of older versions. */
  clientNetwork: z.string().nullable().optional(),
  /** Digests of carts under which seats are held for the buyer; absent without a cart, and in older checkouts. */
  cartDigests: z.array(uuid).max(100).optional(),
  /** End of catalog's first hold. */
  holdUntil: instant,
  /** Payment timeout. */
  paymentTimeoutMinutes: z.number().positive(),
});

/** A checkout's input. */
export type CheckoutInput = z.infer<typeof checkoutInput>;
