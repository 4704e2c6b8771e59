import type { z } from 'zod';
import type { SubgraphName } from './message.js';

/**
 * A command of a saga as one value, used by sender and handler; both parse payload and output. Contracts hold plain
 * JSON: ids are UUIDs, times ISO 8601 strings in UTC, money `{ amount, currency }`.
 */
export interface CommandDefinition<
  Payload extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  participant: SubgraphName;
  name: string;
  payload: Payload;
  /** The participant's output; a compensation receives the output of its command. */
  output: Output;
}

/** The payload's type. */
export type PayloadOf<Command extends CommandDefinition> = z.infer<Command['payload']>;

/** The output's type. */
export type OutputOf<Command extends CommandDefinition> = z.infer<Command['output']>;

/** Defines a command. */
export function defineCommand<Payload extends z.ZodType, Output extends z.ZodType>(
  participant: SubgraphName,
  name: string,
  shape: { payload: Payload; output: Output },
): CommandDefinition<Payload, Output> {
  return { participant, name, ...shape };
}
