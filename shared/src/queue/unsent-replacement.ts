import type { Json } from '../errors.js';
import type { Message } from '../message.js';
import { storable } from '../text.js';
import type { ReplyEnvelope } from '../contracts/saga-envelope.js';
import { commandEnvelope, replyEnvelope } from '../contracts/saga-envelope.js';

const maxErrorLength = 500;

/**
 * The message in place of a command or reply that its queue refuses: a fault of that step for the saga's owner. The step
 * is given up: its saga is compensated, or needs attention. Null for messages that no saga waits for.
 */
export function replacementOf({ queue, name, body, lane }: Message, error: Error): Message | null {
  const awaited =
    name === 'command' ? awaitedByCommand(body) : name === 'reply' ? awaitedReply(queue, body) : null;
  if (!awaited) return null;
  const text = storable(`A ${name} of this step could not be sent: ${error.message}`, maxErrorLength);
  const fault: ReplyEnvelope = { ...awaited.reply, outcome: { kind: 'fault', error: text } };
  return { queue: awaited.owner, name: 'reply', body: fault, ...(lane !== undefined && { lane }) };
}

interface Awaited {
  /** The queue of the saga's owner. */
  owner: Message['queue'];
  reply: Omit<ReplyEnvelope, 'outcome'>;
}

function awaitedByCommand(body: Json): Awaited | null {
  const { success, data } = commandEnvelope.safeParse(body);
  if (!success || data.direction === 'tell') return null;
  const { sagaId, transactionId, position, direction, replyTo } = data;
  return { owner: replyTo, reply: { sagaId, transactionId, position, direction, attempts: 1 } };
}

function awaitedReply(owner: Message['queue'], body: Json): Awaited | null {
  const { success, data } = replyEnvelope.safeParse(body);
  // A fault is short and storable: what replaces a message is not replaced itself.
  if (!success || data.outcome.kind === 'fault') return null;
  const { sagaId, transactionId, position, direction, attempts } = data;
  return { owner, reply: { sagaId, transactionId, position, direction, attempts } };
}
