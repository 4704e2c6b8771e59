import type { Identity } from '@souk/shared/auth/identity';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Database } from '@souk/shared/db/database';
import { once } from '@souk/shared/db/idempotency';
import { recordAction } from '@souk/shared/db/recorded-action';
import type { Cause } from '@souk/shared/event';
import { newId } from '@souk/shared/ids';
import type { Orchestrator } from '@souk/shared/saga/orchestrator';
import { newTransactionId } from '@souk/shared/saga/transaction-id';
import { beginCancellation } from '../domain/cancellation/cancellation.js';
import { readText } from '../domain/text-input.js';
import { cancelOrderSaga } from './cancel-order.js';

/** A request to cancel an order. */
export interface CancellationRequest {
  actor: Identity;
  /** The cause of the events. */
  cause: Cause;
  reason: string;
  idempotencyKey: string;
}

/** Starts cancellations: the order's mark, the saga and its first command are one transaction. */
export class CancellationStarter {
  readonly #database: Database;
  readonly #orchestrator: Orchestrator;

  constructor(options: { database: Database; orchestrator: Orchestrator }) {
    this.#database = options.database;
    this.#orchestrator = options.orchestrator;
  }

  /**
   * Starts the cancellation of an order (UUID). Returns whether the key was already used.
   * @throws Rejection INVALID for an empty reason or key, IDEMPOTENCY_CONFLICT, and as `beginCancellation`
   */
  async start(
    orderId: string,
    { actor, cause, reason: given, idempotencyKey }: CancellationRequest,
  ): Promise<{ replayed: boolean }> {
    const reason = readText(given, 'reason');
    const call = {
      caller: actor.userId,
      operation: 'cancelOrder',
      key: idempotencyKey,
      arguments: { orderId, reason },
    };
    return this.#database.transact(
      (manager, outbox) =>
        once(manager, call, ['idempotencyKey'], async () => {
          const id = newId();
          const actorId = actor.userId;
          const order = await beginCancellation(manager, orderId, { cancellationId: id, reason, actorId });
          const input = {
            orderId,
            orderNumber: order.number,
            userId: order.customerId,
            checkoutId: order.checkoutId,
            total: { amount: order.totalAmount, currency: order.currency },
            reason,
            actorId,
          };
          const { number: orderNumber, customerId: userId } = order;
          outbox.publish(orderEvents.orderCancellationStarted, orderId, {
            orderId,
            orderNumber,
            userId,
            reason,
          });
          // The buyer's own cancellation is no act of staff.
          if (actorId !== userId)
            recordAction(outbox, 'CANCEL_ORDER', orderId, {
              before: { status: order.status },
              after: { reason },
            });
          const saga = { id, transactionId: newTransactionId(), input, cause };
          await this.#orchestrator.start(manager, outbox, cancelOrderSaga, [saga]);
          return id;
        }),
      cause,
    );
  }
}
