import type { EntityManager } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import type { AuditAction } from '@souk/shared/contracts/audit';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Database } from '@souk/shared/db/database';
import { once } from '@souk/shared/db/idempotency';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import type { Json } from '@souk/shared/errors';
import type { Cause } from '@souk/shared/event';
import { newId, toApiId } from '@souk/shared/ids';
import type { SagaDefinition } from '@souk/shared/saga/definition';
import type { Orchestrator } from '@souk/shared/saga/orchestrator';
import { newTransactionId } from '@souk/shared/saga/transaction-id';
import { beginCancellation } from '../domain/cancellation/cancellation.js';
import type { ItemSelection } from '../domain/cancellation/item-cancellation.js';
import {
  beginItemCancellation,
  orderIdField,
  selectItems,
} from '../domain/cancellation/item-cancellation.js';
import type { RequestedUnits } from '../domain/cancellation/unit-selection.js';
import { readRemainingAmount } from '../domain/order/order-money.js';
import { readText } from '../domain/text-input.js';
import { unitsEventOf } from './cancel-items-effects.js';
import { cancelItemsSaga } from './cancel-items.js';
import { cancelOrderSaga } from './cancel-order.js';

/** A request to cancel an order, or a part of it. */
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
  start(orderId: string, request: CancellationRequest): Promise<{ replayed: boolean }> {
    return this.#once('cancelOrder', orderId, {}, request, (begun) =>
      this.#startOrder(begun, 'CANCEL_ORDER'),
    );
  }

  /**
   * Starts the cancellation of units of an order (UUID); of the whole order if nothing else is left of it. Returns whether
   * the key was already used.
   * @throws Rejection or Rejections INVALID for an empty reason or key, IDEMPOTENCY_CONFLICT, and as `selectItems`
   */
  startItems(
    orderId: string,
    items: readonly RequestedUnits[],
    request: CancellationRequest,
  ): Promise<{ replayed: boolean }> {
    return this.#once('cancelOrderItems', orderId, { items }, request, async (begun) => {
      const selection = await selectItems(begun.manager, orderId, items);
      return selection.isWhole
        ? this.#startOrder(begun, 'CANCEL_ORDER_ITEMS', orderIdField)
        : this.#startPart(begun, selection);
    });
  }

  async #once(
    operation: string,
    orderId: string,
    specific: object,
    { actor, cause, reason: given, idempotencyKey: key }: CancellationRequest,
    work: (begun: BegunCancellation) => Promise<void>,
  ): Promise<{ replayed: boolean }> {
    const reason = readText(given, 'reason');
    const call = { caller: actor.userId, operation, key, arguments: { orderId, reason, ...specific } };
    return this.#database.transact(
      (manager, outbox) =>
        once(manager, call, ['idempotencyKey'], async () => {
          const id = newId();
          await work({ manager, outbox, id, orderId, reason, actorId: actor.userId, cause });
          return id;
        }),
      cause,
    );
  }

  async #startOrder(begun: BegunCancellation, action: AuditAction, field?: readonly string[]): Promise<void> {
    const { manager, outbox, id: cancellationId, orderId, reason, actorId } = begun;
    const order = await beginCancellation(manager, orderId, {
      cancellationId,
      reason,
      actorId,
      ...(field && { field }),
    });
    const { number: orderNumber, customerId: userId, checkoutId, currency, status } = order;
    const total = { amount: await readRemainingAmount(manager, orderId), currency };
    const input = { orderId, orderNumber, userId, checkoutId, total, reason, actorId };
    const event = { orderId, orderNumber, userId, reason };
    outbox.publish(orderEvents.orderCancellationStarted, orderId, event);
    // The buyer's own cancellation is no act of staff.
    if (actorId !== userId) recordAction(outbox, action, orderId, { before: { status }, after: { reason } });
    await this.#startSaga(begun, cancelOrderSaga, input);
  }

  async #startPart(begun: BegunCancellation, selection: ItemSelection): Promise<void> {
    const { manager, outbox, id: cancellationId, orderId, reason, actorId } = begun;
    await beginItemCancellation(manager, selection, { cancellationId, reason, actorId });
    const { order } = selection;
    const lines = selection.lines.map((line) => ({ ...line }));
    const { number: orderNumber, customerId: userId, checkoutId, currency, status } = order;
    const amount = { amount: lines.reduce((sum, line) => sum + line.amount, 0), currency };
    const input = { orderId, orderNumber, userId, checkoutId, amount, lines, reason, actorId };
    outbox.publish(orderEvents.orderItemsCancellationStarted, orderId, unitsEventOf(input));
    if (actorId !== userId) {
      const items = lines.map(({ lineId, units }) => ({
        itemId: toApiId('line', lineId),
        quantity: units.length,
      }));
      const change = { before: { status }, after: { reason, items, amount } };
      recordAction(outbox, 'CANCEL_ORDER_ITEMS', orderId, change);
    }
    await this.#startSaga(begun, cancelItemsSaga, input);
  }

  async #startSaga<Input extends Json>(
    { manager, outbox, id, cause }: BegunCancellation,
    definition: SagaDefinition<Input>,
    input: Input,
  ): Promise<void> {
    const saga = { id, transactionId: newTransactionId(), input, cause };
    await this.#orchestrator.start(manager, outbox, definition, [saga]);
  }
}

/** A cancellation in its first transaction. */
interface BegunCancellation {
  manager: EntityManager;
  outbox: Outbox;
  /** The saga's id. */
  id: string;
  orderId: string;
  reason: string;
  actorId: string;
  cause: Cause;
}
