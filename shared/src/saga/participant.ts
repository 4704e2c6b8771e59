import type { EntityManager } from 'typeorm';
import type { CommandDefinition } from '../command.js';
import type { Database } from '../db/database.js';
import type { InboxKey } from '../db/inbox.js';
import { inboxKeyText, lockOutcomes, replaceOutcome } from '../db/inbox.js';
import type { Outbox } from '../db/outbox.js';
import type { Json } from '../errors.js';
import type { BatchMessageHandler, Delivery } from '../queue/message-worker.js';
import { settleEach } from '../async/batch-with-fallback.js';
import { BatchExecution } from './batch-execution.js';
import type { StepReply } from '../contracts/saga-envelope.js';
import { commandEnvelope } from '../contracts/saga-envelope.js';
import type { ReceivedCommand } from './received-command.js';
import { reportFault } from './received-command.js';
import { ExternalBatchExecution } from './external-batch.js';
import type { CommandHandler, CommandHandlers } from './handler.js';
import type { StoredReply } from './stored-reply.js';
import { replyMessage } from './stored-reply.js';
import { tracedAlone, tracedTogether } from './traced.js';

/** Maximum number of commands in a batch. */
const batchSize = 100;

/** Messages per batch of commands with external calls. */
const callsTogether = 10;

interface Entry {
  /** Runs commands of its name. Returns null or the fault of each, in order. */
  perform: (arrived: readonly ReceivedCommand[]) => Promise<readonly (Error | null)[]>;
  /** Concurrent batches, and the maximum number of commands in one. */
  parallel: number;
  size: number;
}

/** The handler of a subgraph's `command` messages: the commands of one name share batches. */
export function participate<Commands extends Record<string, CommandDefinition>>(
  database: Database,
  commands: Commands,
  handlers: CommandHandlers<Commands>,
): BatchMessageHandler {
  const byName = new Map<string, Entry>(
    Object.entries(commands).flatMap(([key, command]) => {
      const handler = handlers[key];
      return handler ? [[command.name, entryOf(database, command, handler)]] : [];
    }),
  );
  return {
    groupOf: commandNameOf,
    parallel: (name) => byName.get(name)?.parallel ?? 1,
    size: (name) => byName.get(name)?.size ?? 1,
    handle: async (deliveries) => {
      const read = deliveries.map(readCommand);
      const arrived = read.flatMap((each) => (each instanceof Error ? [] : [each]));
      const faults = [...(await perform(byName, arrived))];
      await Promise.all(
        faults.map(async (fault, index) => {
          const command = arrived[index];
          if (fault !== null && command) await reportFault(database, command, fault);
        }),
      );
      return read.map((each) => (each instanceof Error ? each : (faults.shift() ?? null)));
    },
  };
}

/**
 * Completes a waiting step, in the transaction that decides it. Returns false, and sends nothing, if it is not (or no
 * longer) waiting: it was completed or compensated before.
 */
export async function completeWaitingStep(
  manager: EntityManager,
  outbox: Outbox,
  step: { sagaId: string; step: string },
  answer: Extract<StepReply, { kind: 'done' | 'rejected' }>,
): Promise<boolean> {
  const key: InboxKey = { ...step, direction: 'do' };
  const stored = (await lockOutcomes<StoredReply>(manager, [key])).get(inboxKeyText(key));
  if (stored?.outcome.kind !== 'waiting') return false;
  const resolved: StoredReply = { ...stored, outcome: answer };
  await replaceOutcome(manager, { ...key, outcome: resolved });
  outbox.add(replyMessage(step.sagaId, 'do', resolved));
  return true;
}

/** Runs commands of one name. Returns null or the fault of each, in order. */
async function perform(
  byName: ReadonlyMap<string, Entry>,
  arrived: readonly ReceivedCommand[],
): Promise<readonly (Error | null)[]> {
  const name = arrived[0]?.envelope.command ?? '';
  const entry = byName.get(name);
  return entry
    ? entry.perform(arrived)
    : arrived.map(() => new Error(`This participant does not handle ${name}.`));
}

function entryOf(
  database: Database,
  command: CommandDefinition,
  handler: CommandHandler<CommandDefinition>,
): Entry {
  if ('batch' in handler) {
    const execution = new BatchExecution(database, command, handler);
    // One batch at a time: commands that arrive meanwhile share the next one, and none waits for another's locks.
    return {
      perform: (arrived) => tracedTogether(command, arrived, () => execution.run(arrived)),
      parallel: 1,
      size: batchSize,
    };
  }
  const execution = new ExternalBatchExecution(database, command, handler);
  return {
    perform: (arrived) => settleEach(arrived, (one) => tracedAlone(command, one, () => execution.run(one))),
    parallel: Number.POSITIVE_INFINITY,
    size: callsTogether,
  };
}

function readCommand({ body, attempt, lane }: Delivery): ReceivedCommand | Error {
  const { success, data, error } = commandEnvelope.safeParse(body);
  return success ? { envelope: data, attempt, ...(lane !== undefined && { lane }) } : error;
}

/** The name of a command; a body without one is rejected when it is parsed. */
function commandNameOf(body: Json): string {
  const name = body !== null && typeof body === 'object' && 'command' in body ? body['command'] : null;
  return typeof name === 'string' ? name : '';
}
