import { orderEvents } from '@souk/shared/contracts/order';
import type { Database } from '@souk/shared/db/database';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import type { Cause } from '@souk/shared/event';
import { toApiId } from '@souk/shared/ids';
import type { Orchestrator } from '@souk/shared/saga/orchestrator';
import { recordEvent, recordEvents } from '../domain/order/order.js';
import { readText } from '../domain/text-input.js';
import type { SagaEntity } from '../entities/saga.js';
import { readCancellableCheckouts, findSagaNeedingAttention } from './saga-store.js';

const idField = ['id'];
/** Checkouts per transaction. */
const batchSize = 100;
/** Sorts before every id. */
const noId = '00000000-0000-0000-0000-000000000000';

/** A person who acts on a checkout, and the cause of the events. */
export interface Actor {
  /** UUID. */
  userId: string;
  cause: Cause;
}

/** Actions of buyers and staff on running checkouts. Resolvers check permissions. */
export class CheckoutControl {
  readonly #database: Database;
  readonly #orchestrator: Orchestrator;

  constructor(options: { database: Database; orchestrator: Orchestrator }) {
    this.#database = options.database;
    this.#orchestrator = options.orchestrator;
  }

  /**
   * Cancels a checkout that awaits payment: it is compensated, and a payment made meanwhile is refunded.
   * @throws Rejection ILLEGAL_TRANSITION if it does not wait
   */
  async cancel(checkout: SagaEntity, actor: Actor): Promise<void> {
    const byBuyer = actor.userId === checkout.userId;
    const message = byBuyer ? 'The buyer canceled the checkout.' : 'The checkout was canceled for the buyer.';
    const rejection = new Rejection('CONFLICT', message).toData();
    const done = await this.#orchestrator.decide(
      checkout.id,
      { kind: 'compensate', rejection },
      (manager, outbox) => {
        const event = { ...referenceOf(checkout), reason: message };
        outbox.publish(orderEvents.checkoutCancelled, checkout.orderId, event, actor.cause);
        // The buyer's own cancellation is no act of staff.
        if (!byBuyer) {
          const change = { before: { status: 'AWAITING_PAYMENT' }, after: { cancelled: true } };
          recordAction(outbox, 'CANCEL_CHECKOUT', checkout.id, change, actor.cause);
        }
        return recordEvent(manager, checkout.orderId, 'note', message, actor.userId);
      },
    );
    if (!done) throw refused('Only a checkout that awaits payment can be canceled.');
  }

  /**
   * Ends a user's open checkouts: waiting ones at once, running ones after the reply to their current step.
   * Checkouts with a completed payment continue. Returns the ids of the ended checkouts, oldest first.
   */
  async cancelAll(userId: string, actor: Actor): Promise<string[]> {
    const message = 'The checkout was ended by an administrator.';
    const rejection = new Rejection('CONFLICT', message).toData();
    const ended: string[] = [];
    let after: string | null = noId;
    while (after !== null) {
      const page = await readCancellableCheckouts(this.#database.reader, userId, after, batchSize);
      const orderOf = new Map(page.map(({ id, orderId }) => [id, orderId]));
      const stopped = await this.#orchestrator.stop(
        [...orderOf.keys()],
        rejection,
        (manager, ids, outbox) => {
          const stoppedOrders = ids.flatMap((checkoutId) => {
            const orderId = orderOf.get(checkoutId);
            return orderId === undefined ? [] : [{ checkoutId, orderId }];
          });
          for (const { checkoutId, orderId } of stoppedOrders) {
            const event = { checkoutId, orderId, userId, reason: message };
            outbox.publish(orderEvents.checkoutCancelled, orderId, event, actor.cause);
          }
          const checkouts = stoppedOrders.map(({ checkoutId }) => toApiId('checkout', checkoutId));
          if (checkouts.length > 0)
            recordAction(
              outbox,
              'END_CHECKOUTS',
              userId,
              { before: null, after: { ended: checkouts } },
              actor.cause,
            );
          return recordEvents(
            manager,
            stoppedOrders.map(({ orderId }) => ({ orderId, type: 'note', message, actorId: actor.userId })),
          );
        },
      );
      ended.push(...stopped);
      after = page.length < batchSize ? null : (page.at(-1)?.id ?? null);
    }
    return ended;
  }

  /**
   * Retries the failed compensation of the checkout, or the failed step of its order's cancellation.
   * @throws Rejection ILLEGAL_TRANSITION if nothing needs attention
   */
  async retry(checkout: SagaEntity, actor: Actor): Promise<void> {
    await this.#attend(checkout, { kind: 'retry' }, 'The failed step is retried.', actor);
  }

  /**
   * Continues as if the failed step had succeeded, after staff resolved it manually.
   * @throws Rejection INVALID for an empty note, ILLEGAL_TRANSITION if nothing needs attention
   */
  async resolveManually(checkout: SagaEntity, note: string, actor: Actor): Promise<void> {
    const text = readText(note, 'note');
    await this.#attend(
      checkout,
      { kind: 'resolveManually', note: text },
      `Resolved manually: ${text}`,
      actor,
    );
  }

  async #attend(
    checkout: SagaEntity,
    decision: { kind: 'retry' } | { kind: 'resolveManually'; note: string },
    message: string,
    actor: Actor,
  ): Promise<void> {
    const { id, orderId } = checkout;
    const sagaId = await findSagaNeedingAttention(this.#database.reader, { checkoutId: id, orderId });
    const done =
      sagaId !== null &&
      (await this.#orchestrator.decide(sagaId, { kind: decision.kind }, (manager, outbox) => {
        const reference = referenceOf(checkout);
        const before = { needsAttention: sagaId === id ? 'CHECKOUT' : 'CANCELLATION' };
        if (decision.kind === 'retry') {
          outbox.publish(orderEvents.checkoutRetried, orderId, reference, actor.cause);
          recordAction(outbox, 'RETRY_CHECKOUT', id, { before, after: { retried: true } }, actor.cause);
        } else {
          const event = { ...reference, note: decision.note };
          outbox.publish(orderEvents.checkoutResolved, orderId, event, actor.cause);
          const after = { resolved: true, note: decision.note };
          recordAction(outbox, 'RESOLVE_CHECKOUT', id, { before, after }, actor.cause);
        }
        return recordEvent(manager, orderId, 'note', message, actor.userId);
      }));
    if (!done) throw refused('Nothing of this checkout needs attention.');
  }
}

function referenceOf({ id: checkoutId, orderId, userId }: SagaEntity) {
  return { checkoutId, orderId, userId };
}

function refused(message: string): Rejection {
  return new Rejection('ILLEGAL_TRANSITION', message, { field: idField });
}
