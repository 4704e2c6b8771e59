import { setTimeout as sleep } from 'node:timers/promises';
import type { Cancellation } from '@souk/shared/cancellation';
import type { Database } from '@souk/shared/db/database';
import { Rejection, Rejections, Unavailable } from '@souk/shared/errors';
import type { Cause } from '@souk/shared/event';
import { newId } from '@souk/shared/ids';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import type { Orchestrator } from '@souk/shared/saga/orchestrator';
import type { SagaState } from '@souk/shared/saga/state';
import { newTransactionId } from '@souk/shared/saga/transaction-id';
import { z } from 'zod';
import { requestDeletion } from '../domain/deletion/deletion-request.js';
import { deletionTopic } from '../domain/topics.js';
import type { DeleteAccountStep } from './delete-account.js';
import { deleteAccountSaga } from './delete-account.js';

/** Time in which the participants of a deletion answer, before it is given up. */
const decisionTimeoutMs = 10_000;
/** A change notification may be lost. */
const recheckMs = 250;
const retryAfterSeconds = 5;

const closing: DeleteAccountStep = 'CLOSE_ACCOUNT';

const answered = z.object({ obstacles: z.array(z.string()) });

/** A request to delete an account. */
export interface AccountDeletionRequest {
  /** UUID; null for a malformed id. */
  userId: string | null;
  /** Path of the user in the arguments; null without one. */
  field: readonly string[] | null;
  cause: Cause;
  /** Ends the wait for the decision: the deletion is stopped, unless it is confirmed already. */
  cancellation: Cancellation | null;
}

/** Deletes accounts: starts their sagas, and waits until each is decided. */
export class AccountDeletions {
  readonly #database: Database;
  readonly #orchestrator: Orchestrator;
  readonly #changes: ChangeNotifications;

  constructor(options: { database: Database; orchestrator: Orchestrator; changes: ChangeNotifications }) {
    this.#database = options.database;
    this.#orchestrator = options.orchestrator;
    this.#changes = options.changes;
  }

  /**
   * Resolves when the account is closed for good; its data are erased from then on. A repeated call joins the first.
   * @throws Rejections NOT_FOUND, LAST_ADMIN, CONFLICT for each obstacle: the account is as before
   * @throws Unavailable when a participant does not answer: the account is as before
   */
  async delete({ userId, field, cause, cancellation }: AccountDeletionRequest): Promise<void> {
    const deletionId = await this.#database.transact(async (manager, outbox) => {
      const id = newId();
      const { deletionId: present, started } = await requestDeletion({ manager, outbox }, userId, id, field);
      if (started) {
        const saga = { id, transactionId: newTransactionId(), input: started, cause };
        await this.#orchestrator.start(manager, outbox, deleteAccountSaga, [saga]);
      }
      return present;
    }, cause);
    const state = await this.#decision(deletionId, cancellation);
    if (state) {
      if (state.status === 'FAILED') throw refusalOf(state, field);
      return;
    }
    const { message } = unavailable();
    const stop = new Rejection('SERVICE_UNAVAILABLE', message).toData();
    const stopped = await this.#orchestrator.stop([deletionId], stop, () => Promise.resolve());
    if (stopped.length > 0) throw unavailable();
    // Confirmed at the last moment: a deletion that is confirmed closes the account.
  }

  /** The state of a deletion that has failed or closed its account; null when neither has happened in time. */
  async #decision(sagaId: string, cancellation: Cancellation | null): Promise<SagaState | null> {
    const deadline = Date.now() + decisionTimeoutMs;
    let wake = (): void => undefined;
    const unsubscribe = this.#changes.subscribe([deletionTopic(sagaId)], () => wake());
    try {
      for (;;) {
        const changed = new Promise<void>((resolve) => (wake = resolve));
        const state = await this.#readState(sagaId);
        if (state.status === 'FAILED' || isClosed(state)) return state;
        if (Date.now() >= deadline || cancellation?.reason) return null;
        await Promise.race([changed, sleep(recheckMs, undefined, { ref: false })]);
      }
    } finally {
      unsubscribe();
    }
  }

  async #readState(sagaId: string): Promise<SagaState> {
    const [row]: { state: SagaState }[] = await this.#database.reader.query(
      'SELECT state FROM saga WHERE id = $1',
      [sagaId],
    );
    if (!row) throw new Error(`There is no deletion ${sagaId}.`);
    return row.state;
  }
}

function isClosed({ steps }: SagaState): boolean {
  return steps.some(({ name, status }) => name === closing && status === 'COMPLETED');
}

/** Why a deletion failed: each obstacle by itself. */
function refusalOf({ outputs, failure }: SagaState, field: readonly string[] | null): Error {
  if (failure?.code !== 'CONFLICT') return unavailable();
  const obstacles = outputs.flatMap((output) => answered.safeParse(output).data?.obstacles ?? []);
  return new Rejections(obstacles.map((message) => new Rejection('CONFLICT', message, { field })));
}

function unavailable(): Unavailable {
  return new Unavailable(
    'The account was not deleted: a required service does not answer. Try again.',
    retryAfterSeconds,
  );
}
