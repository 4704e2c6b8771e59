import { z } from 'zod';
import type { Json } from '../errors.js';
import { subgraphNames } from '../message.js';

// A message body is JSON already; the command's own schema checks the rest.
const json = z.custom<Json>((value) => value !== undefined);

const direction = z.enum(['do', 'undo', 'tell']);

/** A command on the wire. Direction `tell` awaits no reply; `forward` marks a step that is not compensatable. */
export const commandEnvelope = z.object({
  sagaId: z.uuid(),
  transactionId: z.string(),
  /** The step's place in the list. */
  position: z.int().min(0),
  step: z.string(),
  direction,
  /** The step is not compensatable: if rejected or given up, it is sent again. */
  forward: z.boolean().optional(),
  /** The actor and the request that started the saga; absent in messages of older versions. */
  cause: z.object({ actorId: z.string().nullable(), requestId: z.string().nullable() }).optional(),
  /** The span that the saga belongs to. */
  traceparent: z.string().optional(),
  command: z.string(),
  payload: json,
  replyTo: z.enum(subgraphNames),
});

/** A command's type. */
export type CommandEnvelope = z.infer<typeof commandEnvelope>;

const rejection = z.object({
  code: z.string(),
  message: z.string(),
  field: z.array(z.string()).nullable(),
  typename: z.string(),
  details: z.record(z.string(), json),
});

/** A participant's reply to a command. */
export const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), output: json }),
  /** Not yet: another reply follows. */
  z.object({ kind: z.literal('waiting'), output: json, expiresAt: z.iso.datetime() }),
  z.object({ kind: z.literal('rejected'), rejection }),
  /** Given up after the last attempt. */
  z.object({ kind: z.literal('fault'), error: z.string() }),
  /** An attempt failed, and another follows. */
  z.object({ kind: z.literal('retrying'), error: z.string() }),
]);

/** The type of a participant's reply. */
export type StepReply = z.infer<typeof outcome>;

/** A reply on the wire. */
export const replyEnvelope = z.object({
  sagaId: z.uuid(),
  transactionId: z.string(),
  position: z.int().min(0),
  direction: z.enum(['do', 'undo']),
  attempts: z.int().min(1),
  outcome,
});

/** A reply's type. */
export type ReplyEnvelope = z.infer<typeof replyEnvelope>;
