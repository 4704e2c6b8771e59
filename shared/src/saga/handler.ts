import type { EntityManager } from 'typeorm';
import type { CommandDefinition, OutputOf, PayloadOf } from '../command.js';
import type { Outbox } from '../db/outbox.js';
import type { Rejection, RejectionData } from '../errors.js';

/** The context of a command, beside its payload. */
export interface CommandContext {
  sagaId: string;
  transactionId: string;
  /** The step's name: with the saga's id the key of the waiting step for `completeWaitingStep`. */
  step: string;
  /** For the participant's own events; the reply is sent by the caller. */
  outbox: Outbox;
}

/** The results that a handler may return. */
export type HandlerResult<Output> =
  | { kind: 'done'; output: Output }
  | { kind: 'waiting'; output: Output; expiresAt: string }
  | { kind: 'rejected'; rejection: RejectionData };

/** One of the commands of a batch. */
export interface BatchedCommand<Command extends CommandDefinition> {
  payload: PayloadOf<Command>;
  context: CommandContext;
}

/**
 * A handler whose whole effect is in its own database. It takes many commands of different sagas at once, with
 * statements over sets, in one transaction with all their inbox rows. A rejected command has had no effect. If the
 * handler throws, the transaction rolls back and the commands run one by one, so that a bad one fails alone.
 */
export interface BatchHandler<Command extends CommandDefinition> {
  /** Returns a result for each command, in order. */
  batch(
    manager: EntityManager,
    commands: readonly BatchedCommand<Command>[],
  ): Promise<readonly HandlerResult<OutputOf<Command>>[]>;
}

/** A command whose external call has returned. */
export interface PerformedCommand<
  Command extends CommandDefinition,
  Prepared,
  Result,
> extends BatchedCommand<Command> {
  prepared: Prepared;
  result: Result;
}

/**
 * A handler with an external call, outside of any transaction. Commands that arrive together are prepared together,
 * each makes its own call, and those that return together are settled together. Every part may run again after a crash:
 * `prepareAll` must find its earlier work, and `perform` must be idempotent. A Rejection that `perform` throws is the
 * reply.
 */
export interface ExternalBatchHandler<
  Command extends CommandDefinition,
  Prepared extends object = object,
  Result = unknown,
> {
  /** Prepares each command, in order. A rejected command must not have had any effect. */
  prepareAll(
    manager: EntityManager,
    commands: readonly BatchedCommand<Command>[],
  ): Promise<readonly (Prepared | Rejection)[]>;
  perform(prepared: Prepared, payload: PayloadOf<Command>): Promise<Result>;
  /** Returns a result for each command, in order. */
  settleAll(
    manager: EntityManager,
    commands: readonly PerformedCommand<Command, Prepared, Result>[],
  ): Promise<readonly HandlerResult<OutputOf<Command>>[]>;
}

/** A handler of either kind. */
export type CommandHandler<Command extends CommandDefinition> =
  BatchHandler<Command> | ExternalBatchHandler<Command>;

/** One handler for each command of a contract: a missing handler does not compile. */
export type CommandHandlers<Commands extends Record<string, CommandDefinition>> = {
  [Name in keyof Commands]: CommandHandler<Commands[Name]>;
};
