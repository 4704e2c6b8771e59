import type { EntityManager } from 'typeorm';
import type { CommandDefinition } from '../command.js';
import type { Database } from '../db/database.js';
import { asError } from '../errors.js';
import { batchWithFallback } from '../async/batch-with-fallback.js';
import { findOutcomes, inboxKeyText, storeOutcomes } from '../db/inbox.js';
import type { InboxKey } from '../db/inbox.js';
import type { Outbox } from '../db/outbox.js';
import type { ReceivedCommand } from './received-command.js';
import { reply } from './received-command.js';
import type { BatchedCommand, BatchHandler, HandlerResult } from './handler.js';
import { isTooOld } from '../db/inbox-age.js';
import type { StoredReply } from './stored-reply.js';
import { fenceSteps, keyOf, isRetryable, outcomeOf, stored, undone } from './stored-reply.js';

/** A command with its parsed payload. */
export interface ReadCommand extends ReceivedCommand {
  key: InboxKey;
  /** The key as text. */
  text: string;
  payload: unknown;
}

/** Parses a command's payload. @throws if it is invalid, or its saga began too long ago */
export function readCommand(command: CommandDefinition, arrived: ReceivedCommand): ReadCommand {
  const key = keyOf(arrived.envelope);
  // The outcome of an earlier attempt may be deleted by now, so the command could take effect twice.
  if (key.direction !== 'undo' && isTooOld(key.sagaId, new Date())) {
    throw new Error(`The saga ${key.sagaId} began too long ago to go on.`);
  }
  const payload: unknown = command.payload.parse(arrived.envelope.payload);
  return { ...arrived, key, text: inboxKeyText(key), payload };
}

/** A command as batch handlers receive it. */
export function batched(
  { payload, envelope: { sagaId, transactionId, step, cause, traceparent } }: ReadCommand,
  outbox: Outbox,
): BatchedCommand<CommandDefinition> {
  if (cause) outbox.addSagaCause(sagaId, { ...cause, clientAddress: null, traceparent: traceparent ?? null });
  return { payload, context: { sagaId, transactionId, step, outbox } };
}

/** A command with its reply, which is stored for repeats. */
export interface CommandReply {
  command: ReadCommand;
  answer: StoredReply;
}

/**
 * Pairs commands with the handler's results, in order.
 * @throws where a command has no result
 */
export function repliesTo(
  definition: CommandDefinition,
  commands: readonly ReadCommand[],
  handled: readonly HandlerResult<unknown>[],
): CommandReply[] {
  return commands.map((command, index) => {
    const answer = handled[index];
    if (!answer) throw unanswered(definition);
    return { command, answer: stored(command.envelope, command.attempt, outcomeOf(definition, answer)) };
  });
}

/** The fault of a handler that returned fewer results than it received commands. */
export function unanswered({ name }: CommandDefinition): Error {
  return new Error(`${name} did not return a result for each command.`);
}

/** Stores replies with the effects of this transaction. @throws if another attempt has stored its own */
export async function storeReplies(manager: EntityManager, answers: readonly CommandReply[]): Promise<void> {
  const rows = answers
    .filter(({ command, answer }) => answer.outcome.kind !== 'rejected' || !isRetryable(command.envelope))
    .map(({ command: { key }, answer }) => ({ ...key, outcome: answer }));
  if (rows.length > 0 && (await storeOutcomes(manager, rows)) < rows.length) {
    throw new Error('Another attempt of a command is in progress.');
  }
}

/**
 * One attempt of many commands of one kind, in one transaction with their effects and inbox rows. The rows are written
 * after the effects: a repeat in another transaction makes this one fail, and the single retry then finds the outcome.
 */
export class BatchExecution {
  readonly #database: Database;
  readonly #command: CommandDefinition;
  readonly #handler: BatchHandler<CommandDefinition>;

  constructor(database: Database, command: CommandDefinition, handler: BatchHandler<CommandDefinition>) {
    this.#database = database;
    this.#command = command;
    this.#handler = handler;
  }

  /** Runs the commands. Returns null or the fault of each, in order. */
  async run(arrived: readonly ReceivedCommand[]): Promise<(Error | null)[]> {
    const read = arrived.map((each) => this.#read(each));
    const commands = read.flatMap((each) => (each instanceof Error ? [] : [each]));
    const faults = await batchWithFallback(commands, (some) => this.#together(some));
    return read.map((each) => (each instanceof Error ? each : (faults.shift() ?? null)));
  }

  #read(arrived: ReceivedCommand): ReadCommand | Error {
    try {
      return readCommand(this.#command, arrived);
    } catch (error) {
      return asError(error);
    }
  }

  async #together(commands: readonly ReadCommand[]): Promise<void> {
    await this.#database.transact(async (manager, outbox) => {
      await fenceUndone(manager, commands);
      const known = await findOutcomes<StoredReply>(
        manager,
        commands.map(({ key }) => key),
      );
      // A command that is twice in a batch runs once.
      const fresh = [...new Map(commands.map((each) => [each.text, each])).values()].filter(
        ({ text }) => !known.has(text),
      );
      const handled =
        fresh.length === 0
          ? []
          : await this.#handler.batch(
              manager,
              fresh.map((command) => batched(command, outbox)),
            );
      const answers = repliesTo(this.#command, fresh, handled);
      await storeReplies(manager, answers);
      for (const { command, answer } of answers) known.set(command.text, answer);
      for (const command of commands) {
        const answer = known.get(command.text);
        if (answer) reply(outbox, command, answer);
      }
    });
  }
}

/** Fences the steps that are to be compensated. */
export async function fenceUndone(manager: EntityManager, commands: readonly ReadCommand[]): Promise<void> {
  const undos = commands.filter(({ envelope }) => envelope.direction === 'undo');
  if (undos.length === 0) return;
  const steps = new Map(
    undos.map(({ envelope, attempt, text }) => [
      text,
      { sagaId: envelope.sagaId, step: envelope.step, outcome: stored(envelope, attempt, undone) },
    ]),
  );
  await fenceSteps(manager, [...steps.values()]);
}
