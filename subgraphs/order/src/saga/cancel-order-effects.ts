import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import { paymentCommands } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import type { SagaView } from '@souk/shared/saga/definition';
import { endCancellation, refuseCancellation } from '../domain/cancellation/cancellation.js';
import { recordEvents } from '../domain/order/order.js';
import { applyPayments } from '../domain/refund/order-payment.js';
import type { CancelOrderInput } from './cancel-order-input.js';

// Updates of order's tables by cancellations, each in the transaction of the saga's advance.

type Cancellations = readonly SagaView<CancelOrderInput>[];

/** Reasons why a step could not be completed, for the order's history. */
const failures: Readonly<Record<string, string>> = {
  REFUND: 'the payment could not be refunded yet',
  RETURN_ITEMS: 'the items could not be returned to stock yet',
};

/** REFUND is done: the order states what payment states, which is nothing yet for a pending refund. */
export async function onRefunded(manager: EntityManager, sagas: Cancellations): Promise<void> {
  await applyPayments(
    manager,
    sagas.flatMap((saga) => {
      const { payment: money } = saga.output(paymentCommands.refundOrder);
      return money ? [{ orderId: saga.input.orderId, money }] : [];
    }),
  );
}

/** The last step is done. */
export async function onCompleted(
  manager: EntityManager,
  sagas: Cancellations,
  outbox: Outbox,
): Promise<void> {
  for (const { input, cause } of sagas) {
    await endCancellation(manager, input);
    const { userId, orderId, orderNumber, total, reason, actorId } = input;
    const event = { userId, orderId, orderNumber, total, reason };
    outbox.publish(orderEvents.orderCancelled, orderId, event, {
      ...cause,
      actorId: cause.actorId ?? actorId,
    });
  }
}

/** A step of a cancellation, or of one of a part, failed after the pivot: the orders' histories say which. */
export async function onNeedsAttention(
  manager: EntityManager,
  sagas: readonly Pick<SagaView<{ orderId: string }>, 'input' | 'state'>[],
): Promise<void> {
  await recordEvents(
    manager,
    sagas.map(({ input: { orderId }, state }) => {
      const what = failures[state.steps[state.position]?.name ?? ''] ?? 'a part of it could not be done yet';
      return { orderId, type: 'saga', message: `The cancellation needs attention: ${what}.` };
    }),
  );
}

/** The cancellation was rejected; the order is unchanged. */
export async function onFailed(manager: EntityManager, sagas: Cancellations): Promise<void> {
  for (const { input, state } of sagas) {
    const message = state.failure?.message ?? 'No reason is known.';
    await refuseCancellation(manager, input.orderId, message);
  }
}
