import type { EntityManager } from 'typeorm';
import type { CommandDefinition } from '../command.js';
import { crashPoint } from '../crash-point.js';
import type { Database } from '../db/database.js';
import { claimInbox, readInbox, writeInbox } from '../db/inbox.js';
import type { Outbox } from '../db/outbox.js';
import { messageOf, rejectionsOf } from '../errors.js';
import type { Attempt } from '../queue/worker.js';
import type { CommandEnvelope, Outcome } from './envelope.js';
import type { CommandContext, ExternalHandler, TransactionalHandler } from './handler.js';
import type { StoredOutcome } from './stored-outcome.js';
import {
  closeSteps,
  keyOf,
  mayBeAskedAgain,
  outcomeOf,
  refusal,
  replyMessage,
  stored,
  undone,
} from './stored-outcome.js';

/** A command that has come, with which try of it this is. */
export interface ArrivedCommand {
  envelope: CommandEnvelope;
  attempt: Attempt;
  lane?: string;
}

/** One try of one command, by a handler that takes them one by one. */
export class Execution {
  readonly #database: Database;
  readonly #command: CommandDefinition;
  readonly #handler: TransactionalHandler<CommandDefinition> | ExternalHandler<CommandDefinition>;
  readonly #arrived: ArrivedCommand;
  readonly #payload: unknown;

  /** @throws where the payload is not the command's */
  constructor(
    database: Database,
    command: CommandDefinition,
    handler: TransactionalHandler<CommandDefinition> | ExternalHandler<CommandDefinition>,
    arrived: ArrivedCommand,
  ) {
    this.#database = database;
    this.#command = command;
    this.#handler = handler;
    this.#arrived = arrived;
    this.#payload = command.payload.parse(arrived.envelope.payload);
  }

  /** @throws what is a fault; a refusal is an answer */
  async run(): Promise<void> {
    const handler = this.#handler;
    if (typeof handler === 'function') {
      await this.#orReject(() =>
        this.#database.transact(async (manager, outbox) => {
          if (await this.#repeat(manager, outbox)) return;
          await this.#answer(
            manager,
            outbox,
            outcomeOf(this.#command, await handler(manager, this.#payload, this.#context(outbox))),
          );
        }),
      );
      return;
    }
    const begun = await this.#orReject(() =>
      this.#database.transact(async (manager, outbox) => {
        if (await this.#repeat(manager, outbox)) return null;
        return { prepared: await handler.prepare(manager, this.#payload, this.#context(outbox)) };
      }),
    );
    if (!begun) return;
    const { prepared } = begun;
    crashPoint('before a call to the outside');
    const performed = await this.#orReject(async () => ({
      result: await handler.perform(prepared, this.#payload),
    }));
    crashPoint('after a call to the outside');
    if (!performed) return;
    await this.#orReject(() =>
      this.#database.transact(async (manager, outbox) => {
        if (await this.#repeat(manager, outbox)) return;
        const context = this.#context(outbox);
        const handled = await handler.settle(manager, performed.result, prepared, this.#payload, context);
        await this.#answer(manager, outbox, outcomeOf(this.#command, handled));
      }),
    );
  }

  /** What `work` answers. A refusal has rolled its effects back: it is recorded as the answer, and null returned. */
  async #orReject<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const [rejection] = rejectionsOf(error) ?? [];
      if (!rejection) throw error;
      await this.#database.transact(async (manager, outbox) => {
        if (await this.#repeat(manager, outbox)) return;
        await this.#answer(manager, outbox, refusal(rejection.toData()));
      });
      return null;
    }
  }

  /** Claims the command, or answers with what is stored: true then. */
  async #repeat(manager: EntityManager, outbox: Outbox): Promise<boolean> {
    const known = await this.#claim(manager);
    if (known) reply(outbox, this.#arrived, known);
    return known !== null;
  }

  /** Claims the command; the stored outcome where there is one already. */
  async #claim(manager: EntityManager): Promise<StoredOutcome | null> {
    const { envelope, attempt } = this.#arrived;
    if (envelope.direction === 'undo') {
      const { sagaId, step } = envelope;
      await closeSteps(manager, [{ sagaId, step, outcome: stored(envelope, attempt, undone) }]);
    }
    const key = keyOf(envelope);
    if (await claimInbox(manager, key)) return null;
    return (await readInbox<StoredOutcome>(manager, key)) ?? null;
  }

  async #answer(manager: EntityManager, outbox: Outbox, outcome: Outcome): Promise<void> {
    const { envelope, attempt } = this.#arrived;
    const answer = stored(envelope, attempt, outcome);
    if (outcome.kind !== 'rejected' || !mayBeAskedAgain(envelope)) {
      await writeInbox(manager, keyOf(envelope), answer);
    }
    reply(outbox, this.#arrived, answer);
  }

  #context(outbox: Outbox): CommandContext {
    const { sagaId, transactionId, step } = this.#arrived.envelope;
    return { sagaId, transactionId, step, outbox };
  }
}

/** Notes the reply to a command, where one is awaited. */
export function reply(outbox: Outbox, { envelope, lane }: ArrivedCommand, answer: StoredOutcome): void {
  const { direction, sagaId } = envelope;
  if (direction !== 'tell') outbox.addWakeUp(replyMessage(sagaId, direction, answer, lane));
}

/** Tells the saga that a try failed, and whether it was the last; what it cannot tell, the saga's sweep finds. */
export async function reportFault(
  database: Database,
  arrived: ArrivedCommand,
  error: unknown,
): Promise<void> {
  const { envelope, attempt } = arrived;
  if (envelope.direction === 'tell') return;
  const outcome: Outcome = { kind: attempt.last ? 'fault' : 'retrying', error: messageOf(error) };
  const report = stored(envelope, attempt, outcome);
  const key = keyOf(envelope);
  try {
    await database.transact(async (manager, outbox) => {
      if (!attempt.last || mayBeAskedAgain(envelope)) {
        reply(outbox, arrived, report);
        return;
      }
      await claimInbox(manager, key);
      const known = await readInbox<StoredOutcome>(manager, key);
      if (!known) await writeInbox(manager, key, report);
      reply(outbox, arrived, known ?? report);
    });
  } catch {
    // The database is away too; the fault itself is thrown on, and the queue logs it.
  }
}
