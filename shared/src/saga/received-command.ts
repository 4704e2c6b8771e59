import type { Database } from '../db/database.js';
import { claimOutcomes, inboxKeyText, storeOutcomes } from '../db/inbox.js';
import type { Outbox } from '../db/outbox.js';
import { messageOf } from '../errors.js';
import { storable } from '../text.js';
import type { Attempt } from '../queue/message-worker.js';
import type { CommandEnvelope, StepReply } from '../contracts/saga-envelope.js';
import type { StoredReply } from './stored-reply.js';
import { keyOf, isRetryable, replyMessage, stored } from './stored-reply.js';

const maxErrorLength = 1_000;

/** A received command, with its attempt. `lane` is its partition key. */
export interface ReceivedCommand {
  envelope: CommandEnvelope;
  attempt: Attempt;
  lane?: string;
}

/** Sends the reply to a command, if one is awaited. */
export function reply(outbox: Outbox, { envelope, lane }: ReceivedCommand, answer: StoredReply): void {
  const { direction, sagaId } = envelope;
  if (direction !== 'tell') outbox.addWakeUp(replyMessage(sagaId, direction, answer, lane));
}

/** Reports a failed attempt to the saga, and whether it was the last; if that fails, the saga's sweep finds out. */
export async function reportFault(
  database: Database,
  arrived: ReceivedCommand,
  error: unknown,
): Promise<void> {
  const { envelope, attempt } = arrived;
  if (envelope.direction === 'tell') return;
  const outcome: StepReply = {
    kind: attempt.last ? 'fault' : 'retrying',
    error: storable(messageOf(error), maxErrorLength),
  };
  const report = stored(envelope, attempt, outcome);
  const key = keyOf(envelope);
  try {
    await database.transact(async (manager, outbox) => {
      if (!attempt.last || isRetryable(envelope)) {
        reply(outbox, arrived, report);
        return;
      }
      const known = (await claimOutcomes<StoredReply>(manager, [key])).get(inboxKeyText(key));
      if (!known) await storeOutcomes(manager, [{ ...key, outcome: report }]);
      reply(outbox, arrived, known ?? report);
    });
  } catch {
    // The database is unavailable too; the caller throws the fault, and the queue logs it.
  }
}
