import type { EntityManager } from 'typeorm';
import type { CommandDefinition } from '../command.js';
import { crashPoint } from '../crash-point.js';
import type { Database } from '../db/database.js';
import { claimOutcomes, lockOutcomes } from '../db/inbox.js';
import type { Outbox } from '../db/outbox.js';
import type { Settled as Shared } from '../db/shared-transaction.js';
import { SharedTransaction } from '../db/shared-transaction.js';
import { Rejection, rejectionsOf } from '../errors.js';
import type { CommandReply, ReadCommand } from './batch-execution.js';
import { repliesTo, batched, fenceUndone, storeReplies, readCommand, unanswered } from './batch-execution.js';
import type { ReceivedCommand } from './received-command.js';
import { reply } from './received-command.js';
import type { ExternalBatchHandler } from './handler.js';
import type { StoredReply } from './stored-reply.js';
import { rejected } from './handler-result.js';
import { stored } from './stored-reply.js';

/** A command whose external call has returned. */
interface Performed {
  command: ReadCommand;
  prepared: object;
  /** The result of the external call, or the rejection of the command. */
  answer: { result: unknown } | Rejection;
}

/** Concurrent transactions of a kind: while one waits for the disk the next batch collects. */
const parallel = 2;

/**
 * Executes commands with external calls: each call runs by itself, and the transactions before and after it are shared
 * with other commands.
 */
export class ExternalBatchExecution {
  readonly #command: CommandDefinition;
  readonly #handler: ExternalBatchHandler<CommandDefinition>;
  readonly #beginnings: SharedTransaction<ReadCommand, { prepared: object } | null>;
  readonly #ends: SharedTransaction<Performed, void>;

  constructor(
    database: Database,
    command: CommandDefinition,
    handler: ExternalBatchHandler<CommandDefinition>,
  ) {
    this.#command = command;
    this.#handler = handler;
    this.#beginnings = new SharedTransaction({
      database,
      work: (manager, outbox, commands) => this.#begin(manager, outbox, commands),
      parallel,
      // Of a repeated command the second finds the outcome of the first.
      exclusiveKey: ({ text }) => text,
    });
    this.#ends = new SharedTransaction({
      database,
      work: (manager, outbox, performed) => this.#end(manager, outbox, performed),
      parallel,
      exclusiveKey: ({ command: { text } }) => text,
    });
  }

  /** One attempt of one command. @throws faults; a rejection is a reply */
  async run(arrived: ReceivedCommand): Promise<void> {
    const command = readCommand(this.#command, arrived);
    const begun = await this.#beginnings.do(command);
    if (!begun) return;
    const { prepared } = begun;
    crashPoint('before a call to the outside');
    const answer = await orRejection(this.#handler.perform(prepared, command.payload));
    crashPoint('after a call to the outside');
    await this.#ends.do({ command, prepared, answer });
  }

  async #begin(
    manager: EntityManager,
    outbox: Outbox,
    commands: readonly ReadCommand[],
  ): Promise<Shared<{ prepared: object } | null>[]> {
    await fenceUndone(manager, commands);
    const known = await claimOutcomes<StoredReply>(
      manager,
      commands.map(({ key }) => key),
    );
    const fresh = this.#answerRepeats(outbox, commands, known);
    const handled =
      fresh.length === 0
        ? []
        : await this.#handler.prepareAll(
            manager,
            fresh.map((command) => batched(command, outbox)),
          );
    if (handled.length < fresh.length) throw unanswered(this.#command);
    const begun = new Map(fresh.map((command, index) => [command, handled[index]]));
    await this.#answer(
      manager,
      outbox,
      [...begun].flatMap(([command, prepared]) =>
        prepared instanceof Rejection ? [refused(command, prepared)] : [],
      ),
    );
    return commands.map((command) => {
      const prepared = begun.get(command);
      return { result: prepared && !(prepared instanceof Rejection) ? { prepared } : null };
    });
  }

  async #end(
    manager: EntityManager,
    outbox: Outbox,
    performed: readonly Performed[],
  ): Promise<Shared<void>[]> {
    const commands = performed.map(({ command }) => command);
    const known = await lockOutcomes<StoredReply>(
      manager,
      commands.map(({ key }) => key),
    );
    const fresh = new Set(this.#answerRepeats(outbox, commands, known));
    const left = performed.filter(({ command }) => fresh.has(command));
    const refusals = left.flatMap(({ command, answer }) =>
      answer instanceof Rejection ? [refused(command, answer)] : [],
    );
    const toSettle = left.flatMap(({ command, prepared, answer }) =>
      answer instanceof Rejection ? [] : [{ command, prepared, result: answer.result }],
    );
    const handled =
      toSettle.length === 0
        ? []
        : await this.#handler.settleAll(
            manager,
            toSettle.map(({ command, ...call }) => ({ ...batched(command, outbox), ...call })),
          );
    const settled = repliesTo(
      this.#command,
      toSettle.map(({ command }) => command),
      handled,
    );
    await this.#answer(manager, outbox, [...refusals, ...settled]);
    return performed.map(() => ({ result: undefined }));
  }

  /** Repeats the replies of commands that have one, and returns the others. */
  #answerRepeats(
    outbox: Outbox,
    commands: readonly ReadCommand[],
    known: ReadonlyMap<string, StoredReply | null>,
  ): ReadCommand[] {
    return commands.filter((command) => {
      const answer = known.get(command.text);
      if (answer) reply(outbox, command, answer);
      return !answer;
    });
  }

  async #answer(manager: EntityManager, outbox: Outbox, answers: readonly CommandReply[]): Promise<void> {
    await storeReplies(manager, answers);
    for (const { command, answer } of answers) reply(outbox, command, answer);
  }
}

function refused(command: ReadCommand, rejection: Rejection): CommandReply {
  return { command, answer: stored(command.envelope, command.attempt, rejected(rejection)) };
}

/** The result of a call, or its rejection. @throws a fault */
async function orRejection(call: Promise<unknown>): Promise<{ result: unknown } | Rejection> {
  try {
    return { result: await call };
  } catch (error) {
    const [rejection] = rejectionsOf(error) ?? [];
    if (rejection) return rejection;
    throw error;
  }
}
