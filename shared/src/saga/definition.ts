import type { EntityManager } from 'typeorm';
import type { Cause } from '../event.js';
import type { Outbox } from '../db/outbox.js';
import type { CommandDefinition, OutputOf, PayloadOf } from '../command.js';
import type { Json, RejectionData } from '../errors.js';
import type { SagaState } from './state.js';

/** The view of a saga for the functions of its steps: its input, and the outputs of its steps so far. */
export interface SagaView<Input> {
  sagaId: string;
  transactionId: string;
  /** The actor and the request that started the saga; events of its hooks carry it. */
  cause: Cause;
  input: Input;
  state: SagaState;
  /** The output of a step that is done. @throws if it is not done yet */
  output<Command extends CommandDefinition>(command: Command): OutputOf<Command>;
}

/** A command with the function that makes its payload. */
export interface BoundCommand<Input> {
  command: CommandDefinition;
  payload(saga: SagaView<Input>): Json;
}

/** One step of a saga. `StepName`: the names that its owner's API knows. */
export interface SagaStep<Input, StepName extends string = string> {
  /** Steps of one name need different participants: a participant stores its reply by saga and name. */
  name: StepName;
  do: BoundCommand<Input>;
  /** The compensation; left out where there is nothing to compensate. */
  undo?: BoundCommand<Input>;
  /** This step and all later ones are not compensated: if rejected or given up, they need attention and are retried. */
  nonCompensatable?: boolean;
  /**
   * Once this step is done the saga can no longer be stopped by decision; only a step that fails compensates it. Later
   * steps may still be compensated.
   */
  pivot?: boolean;
  /** Attempts of the command before it is given up; the queue's default where it is left out. */
  attempts?: number;
  /**
   * Milliseconds after which a step without any reply is given up: compensated, or retried while it needs attention. 15
   * minutes by default. A waiting step has its own deadline.
   */
  timeoutMs?: number;
  /** A command sent when this step begins to wait; no reply is awaited. */
  onWaiting?: BoundCommand<Input>;
  /** Hook: the step is done. */
  onCompleted?(manager: EntityManager, sagas: readonly SagaView<Input>[], outbox: Outbox): Promise<void>;
}

/**
 * A saga: a list of steps, compensated in reverse order. The hooks update the tables of the saga's own database, for
 * many sagas at once, in the transaction of their advances.
 */
export interface SagaDefinition<Input, StepName extends string = string> {
  name: string;
  /** Increases with every change of the list; a running saga completes with its own version, which stays in code. */
  version: number;
  /** Parses the stored input. */
  parseInput(input: Json): Input;
  steps: readonly SagaStep<Input, StepName>[];
  /** The failure of a saga whose wait has expired; left out where no step waits. */
  expired?: RejectionData;
  /** Partition key for fair scheduling, so that a flood from one user does not starve the others. */
  partitionKey?(input: Input): string;
  /** The saga is completed. */
  onCompleted?(manager: EntityManager, sagas: readonly SagaView<Input>[], outbox: Outbox): Promise<void>;
  /** Compensation begins. */
  onCompensating?(manager: EntityManager, sagas: readonly SagaView<Input>[], outbox: Outbox): Promise<void>;
  /** An administrator must look after it from now on. */
  onNeedsAttention?(manager: EntityManager, sagas: readonly SagaView<Input>[], outbox: Outbox): Promise<void>;
  /** Everything is compensated. */
  onFailed?(manager: EntityManager, sagas: readonly SagaView<Input>[], outbox: Outbox): Promise<void>;
  /** A command sent when everything is compensated; no reply is awaited. */
  afterFailure?: BoundCommand<Input>;
}

/** Binds a command to the function that makes its payload, so that the two fit. */
export function bind<Input, Command extends CommandDefinition>(
  command: Command,
  payload: (saga: SagaView<Input>) => PayloadOf<Command>,
): BoundCommand<Input> {
  return { command, payload: payload as (saga: SagaView<Input>) => Json };
}
