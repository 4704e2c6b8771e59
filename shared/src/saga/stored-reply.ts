import type { EntityManager } from 'typeorm';
import type { CommandDefinition } from '../command.js';
import type { InboxKey } from '../db/inbox.js';
import { inKeyOrder, keyColumns } from '../db/inbox.js';
import type { Json } from '../errors.js';
import type { Message } from '../message.js';
import type { Attempt } from '../queue/message-worker.js';
import type { CommandEnvelope, StepReply, ReplyEnvelope } from '../contracts/saga-envelope.js';
import type { HandlerResult } from './handler.js';

/** An inbox row's outcome, with what a later reply needs. */
export interface StoredReply {
  outcome: StepReply;
  reply: Pick<CommandEnvelope, 'transactionId' | 'position' | 'replyTo'> & { attempts: number };
}

/** The outcome of a step that was compensated before it was done; a late command finds it. */
export const undone: StepReply = {
  kind: 'rejected',
  rejection: {
    code: 'CONFLICT',
    message: 'The step was undone before it was done.',
    field: null,
    typename: 'InputError',
    details: {},
  },
};

/** The key of a command. */
export function keyOf({ sagaId, step, direction, command }: CommandEnvelope): InboxKey {
  return direction === 'tell'
    ? { sagaId, step: `${step}/${command}`, direction: 'event' }
    : { sagaId, step, direction };
}

/** An outcome as it is stored. */
export function stored(
  { transactionId, position, replyTo }: CommandEnvelope,
  { number: attempts }: Attempt,
  outcome: StepReply,
): StoredReply {
  return { outcome, reply: { transactionId, position, replyTo, attempts } };
}

/**
 * Compensations, and steps that are not compensatable, are tried again after a rejection; other steps are compensated.
 */
export function isRetryable({ direction, forward }: CommandEnvelope): boolean {
  return direction === 'undo' || forward === true;
}

/** A handler's result, its output parsed by the command's schema. */
export function outcomeOf(command: CommandDefinition, handled: HandlerResult<unknown>): StepReply {
  return handled.kind === 'rejected'
    ? handled
    : { ...handled, output: command.output.parse(handled.output) as Json };
}

/** The message for a stored reply. */
export function replyMessage(
  sagaId: string,
  direction: 'do' | 'undo',
  { outcome, reply }: StoredReply,
  lane?: string,
): Message {
  const { transactionId, position, attempts } = reply;
  const body: ReplyEnvelope = { sagaId, transactionId, position, direction, attempts, outcome };
  return { queue: reply.replyTo, name: 'reply', body, ...(lane !== undefined && { lane }) };
}

/**
 * Fences steps that are to be compensated: they can neither begin nor end any more, and a late command is rejected.
 * Steps that have ended keep their outcome.
 */
export async function fenceSteps(
  manager: EntityManager,
  steps: readonly (Pick<InboxKey, 'sagaId' | 'step'> & { outcome: StoredReply })[],
): Promise<void> {
  const rows = inKeyOrder(steps.map((step) => ({ ...step, direction: 'do' as const })));
  await manager.query(
    `INSERT INTO inbox AS i (saga_id, step, direction, outcome)
     SELECT * FROM ROWS FROM (unnest($1::uuid[], $2::text[], $3::text[]), json_array_elements($4::json))
     ON CONFLICT (saga_id, step, direction) DO UPDATE SET outcome = excluded.outcome
       WHERE i.outcome IS NULL OR i.outcome->'outcome'->>'kind' = 'waiting'`,
    [...keyColumns(rows), JSON.stringify(rows.map(({ outcome }) => outcome))],
  );
}
