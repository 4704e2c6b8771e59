import type { EntityManager } from 'typeorm';
import type { CommandDefinition, OutputOf, PayloadOf } from '../command.js';
import type { Json, RejectionData } from '../errors.js';
import type { SagaState } from './state.js';

/** What a step's functions may look at: the saga's input, and what its steps have answered so far. */
export interface SagaView<Input> {
  sagaId: string;
  transactionId: string;
  /** The span that the saga belongs to. */
  traceparent: string | null;
  input: Input;
  state: SagaState;
  /** The output of a step that is done. @throws when it is not: the list asks too early. */
  output<Command extends CommandDefinition>(command: Command): OutputOf<Command>;
}

/** A command with the function that makes its payload. */
export interface BoundCommand<Input> {
  command: CommandDefinition;
  payload(saga: SagaView<Input>): Json;
}

/** One entry of the list. */
export interface SagaStep<Input> {
  name: string;
  do: BoundCommand<Input>;
  /** Left out where there is nothing to undo. */
  undo?: BoundCommand<Input>;
  /**
   * From here on there is no way back: what is refused or given up calls for somebody, and is asked for again.
   * Every step after it is forward too.
   */
  nonCompensatable?: boolean;
  /**
   * Once this step is done nobody's decision ends the saga: it goes on, and only what cannot be done turns it back.
   * What follows may still be undone.
   */
  pivot?: boolean;
  /** Tries of the command before it is given up; the house's default where it is left out. */
  attempts?: number;
  /**
   * Milliseconds after which a step that has not been answered at all is given up: undone, or asked for again while
   * somebody is called to look after it. 15 minutes where it is left out. One that waits has a time of its own.
   */
  timeoutMs?: number;
  /** Told to another participant when this step begins to wait; no reply is awaited. */
  onWaiting?: BoundCommand<Input>;
  /** The step is done. */
  onCompleted?(manager: EntityManager, sagas: readonly SagaView<Input>[]): Promise<void>;
}

/**
 * A saga: a list of steps. Undone in reverse order. `learn` and the four at the end are what the saga's own database
 * learns, of many sagas at once: each runs in the transaction of their advances.
 */
export interface SagaDefinition<Input> {
  name: string;
  /** Counts up with every change of the list; a running saga finishes by the version that it began with. */
  version: number;
  /** Reads the stored input. */
  parseInput(input: Json): Input;
  steps: readonly SagaStep<Input>[];
  /** Why a saga fails whose wait has ended without an answer; left out where no step waits. */
  expired?: RejectionData;
  /** Whose saga it is: those of many take turns, so that a flood of one does not starve the others. */
  partitionKey?(input: Input): string;
  /** The saga is completed. */
  onCompleted?(manager: EntityManager, sagas: readonly SagaView<Input>[]): Promise<void>;
  /** It begins to turn back. */
  onCompensating?(manager: EntityManager, sagas: readonly SagaView<Input>[]): Promise<void>;
  /** Somebody must look after it from now on. */
  onNeedsAttention?(manager: EntityManager, sagas: readonly SagaView<Input>[]): Promise<void>;
  /** Everything is undone. */
  onFailed?(manager: EntityManager, sagas: readonly SagaView<Input>[]): Promise<void>;
  /** Told when everything is undone; no reply is awaited. */
  afterFailure?: BoundCommand<Input>;
}

/** Binds a command to the function that makes its payload, so that the two fit. */
export function bind<Input, Command extends CommandDefinition>(
  command: Command,
  payload: (saga: SagaView<Input>) => PayloadOf<Command>,
): BoundCommand<Input> {
  return { command, payload: payload as (saga: SagaView<Input>) => Json };
}
