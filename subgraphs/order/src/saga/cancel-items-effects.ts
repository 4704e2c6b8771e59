import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import { paymentCommands } from '@souk/shared/contracts/payment';
import type { EventPayload } from '@souk/shared/event';
import type { Outbox } from '@souk/shared/db/outbox';
import type { SagaView } from '@souk/shared/saga/definition';
import { endItemCancellation, refuseItemCancellation } from '../domain/cancellation/item-cancellation.js';
import { applyPayments } from '../domain/refund/order-payment.js';
import type { CancelItemsInput } from './cancel-items-input.js';

// Updates of order's tables by cancellations of parts, each in the transaction of the saga's advance.

type Cancellations = readonly SagaView<CancelItemsInput>[];

/** The payload of the events about canceled units. */
export function unitsEventOf({
  userId,
  orderId,
  orderNumber,
  reason,
  amount,
  lines,
}: CancelItemsInput): EventPayload<typeof orderEvents.orderItemsCancelled> {
  return {
    userId,
    orderId,
    orderNumber,
    reason,
    amount,
    lines: lines.map(({ lineId, offerId, listingId, partnerId, units, amount: price }) => ({
      lineId,
      offerId,
      listingId,
      partnerId,
      quantity: units.length,
      amount: { amount: price, currency: amount.currency },
    })),
  };
}

/** REFUND is done: the order states what payment states, which is nothing yet for a pending refund. */
export async function onRefunded(manager: EntityManager, sagas: Cancellations): Promise<void> {
  await applyPayments(
    manager,
    sagas.flatMap((saga) => {
      const { payment: money } = saga.output(paymentCommands.refundItems);
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
  for (const { input, cause: begun } of sagas) {
    const cause = { ...begun, actorId: begun.actorId ?? input.actorId };
    outbox.publish(orderEvents.orderItemsCancelled, input.orderId, unitsEventOf(input), cause);
    await endItemCancellation(manager, outbox, input, cause);
  }
}

/** The cancellation was rejected; the order is unchanged. */
export async function onFailed(manager: EntityManager, sagas: Cancellations): Promise<void> {
  for (const { input, state } of sagas) {
    const message = state.failure?.message ?? 'No reason is known.';
    await refuseItemCancellation(manager, input.orderId, message);
  }
}
