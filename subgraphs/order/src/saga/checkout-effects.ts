import type { EntityManager } from 'typeorm';
import { accountCommands } from '@souk/shared/contracts/account';
import { catalogCommands } from '@souk/shared/contracts/catalog';
import { orderEvents } from '@souk/shared/contracts/order';
import { paymentCommands } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Cause } from '@souk/shared/event';
import type { OutputOf } from '@souk/shared/command';
import type { SagaView } from '@souk/shared/saga/definition';
import type { SagaState } from '@souk/shared/saga/state';
import { unlockCarts } from '../domain/cart/cart.js';
import { recordEvents } from '../domain/order/order.js';
import {
  applyQuotes,
  completeUnlessShipped,
  failOrders,
  storeAddresses,
  markPaid,
} from '../domain/order/order-progress.js';
import { applyPayments } from '../domain/refund/order-payment.js';
import type { OrderPaymentStatus } from '../entities/order.js';
import type { CheckoutInput } from './checkout-input.js';

// Updates of order's tables by checkouts, each in the transaction of the saga's advance.

type Checkouts = readonly SagaView<CheckoutInput>[];

/** VALIDATE_USER is done: stores the address as it is now. */
export async function onBuyersValidated(manager: EntityManager, sagas: Checkouts): Promise<void> {
  await storeAddresses(
    manager,
    sagas.map((saga) => ({
      orderId: saga.input.orderId,
      shippingAddress: saga.output(accountCommands.validateUser).shippingAddress,
    })),
  );
}

/** RESERVE_ITEMS is done: stores the quoted lines and totals. */
export async function onItemsReserved(manager: EntityManager, sagas: Checkouts): Promise<void> {
  await applyQuotes(
    manager,
    sagas.map((saga) => ({ orderId: saga.input.orderId, ...saga.output(catalogCommands.reserveItems) })),
  );
}

/** PROCESS_PAYMENT is done. */
export async function onPaymentsMade(
  manager: EntityManager,
  sagas: Checkouts,
  outbox: Outbox,
): Promise<void> {
  await markPaid(
    manager,
    sagas.map(({ input }) => input.orderId),
  );
  for (const saga of sagas) {
    const { userId, orderId, orderNumber } = saga.input;
    outbox.publish(orderEvents.orderPaid, orderId, { userId, orderId, orderNumber }, causeOf(saga));
  }
}

/** The last step is done. */
export async function onCompleted(manager: EntityManager, sagas: Checkouts, outbox: Outbox): Promise<void> {
  await completeUnlessShipped(
    manager,
    sagas.map((saga) => {
      const { lines } = saga.output(catalogCommands.reserveItems);
      return {
        orderId: saga.input.orderId,
        ships: lines.some((line) => line.fulfilment === 'SHIPMENT'),
      };
    }),
  );
  await endCarts(manager, sagas, true);
  for (const saga of sagas) {
    const { userId, orderId, orderNumber } = saga.input;
    const { lines, total } = saga.output(catalogCommands.reserveItems);
    const event = {
      checkoutId: saga.sagaId,
      orderId,
      orderNumber,
      userId,
      total,
      ships: lines.some(({ fulfilment }) => fulfilment === 'SHIPMENT'),
      lines: lines.map(({ offerId, listingId, partnerId, quantity, unitPrice }) => ({
        offerId,
        listingId,
        partnerId,
        quantity,
        unitPrice,
      })),
    };
    outbox.publish(orderEvents.checkoutCompleted, orderId, event, causeOf(saga));
  }
}

/** The buyer acts in what their checkout does. */
function causeOf({ input, cause }: Checkouts[number]): Cause {
  return { ...cause, actorId: cause.actorId ?? input.userId };
}

/** Compensation begins. */
export async function onCompensating(manager: EntityManager, sagas: Checkouts): Promise<void> {
  await recordEvents(
    manager,
    sagas.map(({ input: { orderId }, state }) => {
      const { code, message } = state.failure ?? { code: 'CONFLICT', message: 'No reason is known.' };
      return {
        orderId,
        type: 'saga',
        message: `The checkout failed and is being compensated: ${code}. ${message}`,
      };
    }),
  );
}

/** A compensation failed. */
export async function onNeedsAttention(manager: EntityManager, sagas: Checkouts): Promise<void> {
  await recordEvents(
    manager,
    sagas.map(({ input: { orderId }, state }) => {
      const name = state.compensations.at(-1)?.name ?? 'A step';
      const message = `${name} could not be compensated. Retry or resolve it manually.`;
      return { orderId, type: 'saga', message };
    }),
  );
}

/** Compensation is complete. */
export async function onFailed(manager: EntityManager, sagas: Checkouts, outbox: Outbox): Promise<void> {
  await applyPayments(
    manager,
    sagas.flatMap(({ input: { orderId }, state }) => {
      const money = revertedPayment(state)?.payment;
      return money ? [{ orderId, money }] : [];
    }),
  );
  await failOrders(
    manager,
    sagas.map(({ input: { orderId }, state }) => {
      if (!state.failure) throw new Error('A failed checkout has no failure.');
      return { orderId, failure: state.failure, paymentStatus: paymentStatusOf(state) };
    }),
  );
  await endCarts(manager, sagas, false);
  for (const saga of sagas) {
    const { input, sagaId: checkoutId, state } = saga;
    const { userId, orderId, orderNumber } = input;
    const { code, message: reason } = state.failure ?? { code: 'CONFLICT', message: 'No reason is known.' };
    const step = state.steps.find(({ error }) => error !== null)?.name ?? null;
    const event = { checkoutId, orderId, orderNumber, userId, code, reason, step };
    outbox.publish(orderEvents.checkoutFailed, orderId, event, causeOf(saga));
  }
}

/**
 * Returns the payment status of a failed checkout whose money payment has not stated: no money had moved, or the
 * compensation was resolved manually.
 */
export function paymentStatusOf(state: SagaState): OrderPaymentStatus {
  const payment = state.steps.find((step) => step.name === 'PROCESS_PAYMENT');
  if (!payment?.startedAt) return 'UNPAID';
  const reverted = revertedPayment(state);
  if (reverted) return reverted.refunded ? 'PAID' : 'FAILED';
  // A manual resolution does not refund: payment states a refund once it is recorded there.
  return payment.error === null ? 'PAID' : 'FAILED';
}

/** Payment's reply to the undo of PROCESS_PAYMENT; null without one. */
function revertedPayment(state: SagaState): OutputOf<typeof paymentCommands.revertPayment> | null {
  const position = state.steps.findIndex((step) => step.name === 'PROCESS_PAYMENT');
  const reverted = paymentCommands.revertPayment.output.safeParse(state.undoOutputs[position]);
  return reverted.success ? reverted.data : null;
}

async function endCarts(manager: EntityManager, sagas: Checkouts, empty: boolean): Promise<void> {
  await unlockCarts(
    manager,
    sagas.flatMap(({ input: { cartId }, sagaId: checkoutId }) =>
      cartId === null ? [] : [{ cartId, checkoutId, empty }],
    ),
  );
}
