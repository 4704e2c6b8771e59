import type { accountCommands } from '@souk/shared/contracts/account';
import { catalogCommands } from '@souk/shared/contracts/catalog';
import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { socialCommands } from '@souk/shared/contracts/social';
import type { PayloadOf } from '@souk/shared/command';
import { multiplyMoney } from '@souk/shared/money';
import type { SagaView } from '@souk/shared/saga/definition';
import type { CheckoutInput } from './checkout-input.js';

// Payloads of the checkout's commands. Each is a pure function of the saga, so that a retried command has the
// same payload.

type Checkout = SagaView<CheckoutInput>;

/** Payload of commands that need only the saga's id. */
export function emptyPayload(): Record<string, never> {
  return {};
}

/** VALIDATE_USER. */
export function buyer({ input }: Checkout): PayloadOf<typeof accountCommands.validateUser> {
  return { userId: input.userId, shippingAddressId: input.shippingAddressId };
}

/** RESERVE_ITEMS. */
export function reservation({ input }: Checkout): PayloadOf<typeof catalogCommands.reserveItems> {
  const { userId, cartDigests, lines, expectedTotal, holdUntil } = input;
  return { userId, ...(cartDigests && { cartDigests }), lines, expectedTotal, holdUntil };
}

/** PROCESS_PAYMENT. The payment timeout starts with the step and ends at catalog's `payBy` at the latest. */
export function payment(saga: Checkout): PayloadOf<typeof paymentCommands.processPayment> {
  const { input, state } = saga;
  const startedAt = state.steps.find((step) => step.name === 'PROCESS_PAYMENT')?.startedAt;
  if (!startedAt) throw new Error('The payment has not begun.');
  const { lines, total, payBy = null } = saga.output(catalogCommands.reserveItems);
  const timeoutAt = Date.parse(startedAt) + input.paymentTimeoutMinutes * 60_000;
  return {
    orderId: input.orderId,
    orderNumber: input.orderNumber,
    userId: input.userId,
    amount: total,
    lines: lines.map(({ partnerId, unitPrice, quantity }) => ({
      partnerId,
      amount: multiplyMoney(unitPrice, quantity).amount,
    })),
    ...input.payment,
    clientNetwork: input.clientNetwork ?? null,
    expiresAt: new Date(payBy === null ? timeoutAt : Math.min(timeoutAt, Date.parse(payBy))).toISOString(),
    ...(payBy !== null && { payBy }),
  };
}

/** Sent to catalog while the payment is pending. */
export function holdExtension({ state }: Checkout): PayloadOf<typeof catalogCommands.extendHold> {
  if (state.expiresAt === null) throw new Error('The payment does not wait.');
  return { holdUntil: state.expiresAt };
}

/** UPDATE_STATS at account, and its compensation. */
export function purchaseCount(saga: Checkout): PayloadOf<typeof accountCommands.addPurchase> {
  const { lines, total } = saga.output(catalogCommands.reserveItems);
  return {
    userId: saga.input.userId,
    units: lines.reduce((units, line) => units + line.quantity, 0),
    total,
  };
}

/** UPDATE_STATS at social, and its compensation. */
export function purchase(saga: Checkout): PayloadOf<typeof socialCommands.recordPurchase> {
  const { userId, orderId, orderNumber } = saga.input;
  const { lines, total } = saga.output(catalogCommands.reserveItems);
  return {
    userId,
    orderId,
    orderNumber,
    total,
    lines: lines.map(({ listingId, offerId, partnerId, title, quantity, fulfilment }) => ({
      listingId,
      offerId,
      partnerId,
      title,
      quantity,
      fulfilment,
    })),
  };
}

/** Sent to social after compensation. */
export function failure({ input, state }: Checkout): PayloadOf<typeof socialCommands.tellFailure> {
  return {
    userId: input.userId,
    orderId: input.orderId,
    orderNumber: input.orderNumber,
    reason: state.failure?.message ?? 'The checkout failed.',
  };
}
