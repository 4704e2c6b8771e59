import type { EntityManager } from 'typeorm';
import type { CommandDefinition, OutputOf, PayloadOf } from '../command.js';
import type { Database } from '../db/database.js';
import type { InboxKey } from '../db/inbox.js';
import { claimInbox, readInbox, writeInbox } from '../db/inbox.js';
import type { Outbox } from '../db/outbox.js';
import type { Json, RejectionData } from '../errors.js';
import { messageOf, rejectionsOf } from '../errors.js';
import type { Message } from '../message.js';
import type { Attempt, MessageHandler } from '../queue/worker.js';
import type { CommandEnvelope, Outcome, ReplyEnvelope } from './envelope.js';
import { commandEnvelope } from './envelope.js';

/** What a handler knows beside the payload. */
export interface CommandContext {
  sagaId: string;
  transactionId: string;
  /** The step's name: with the saga's id the key of the waiting step for `resolveWaiting`. */
  step: string;
  /** For events of the participant's own; the reply is not its concern. */
  outbox: Outbox;
}

/** What a handler may answer. Thrown refusals roll its effects back; a returned `rejected` keeps them. */
export type Handled<Output> =
  | { kind: 'done'; output: Output }
  | { kind: 'waiting'; output: Output; expiresAt: string }
  | { kind: 'rejected'; rejection: RejectionData };

/** A handler whose whole effect is in its own database: one transaction with the inbox row and the reply. */
export type TransactionalHandler<Command extends CommandDefinition> = (
  manager: EntityManager,
  payload: PayloadOf<Command>,
  context: CommandContext,
) => Promise<Handled<OutputOf<Command>>>;

/**
 * A handler that calls something outside: no transaction is open meanwhile. A refusal thrown by any part is the
 * answer. Every part may run again after a crash,
 * so `prepare` finds what it made before, and `perform` repeats itself without a second effect.
 */
export interface ExternalHandler<Command extends CommandDefinition, Prepared = unknown, Result = unknown> {
  prepare(manager: EntityManager, payload: PayloadOf<Command>, context: CommandContext): Promise<Prepared>;
  perform(prepared: Prepared, payload: PayloadOf<Command>): Promise<Result>;
  settle(
    manager: EntityManager,
    result: Result,
    prepared: Prepared,
    payload: PayloadOf<Command>,
    context: CommandContext,
  ): Promise<Handled<OutputOf<Command>>>;
}

/** One handler for each command of a contract: a command that nobody handles does not compile. */
export type CommandHandlers<Commands extends Record<string, CommandDefinition>> = {
  [Name in keyof Commands]: TransactionalHandler<Commands[Name]> | ExternalHandler<Commands[Name]>;
};

/** A step that came to nothing because it was undone first; a late command finds this outcome. */
const undone: RejectionData = {
  code: 'CONFLICT',
  message: 'The step was undone before it was done.',
  field: null,
  typename: 'InputError',
  details: {},
};

/** An inbox row's outcome, with what a later reply needs. */
interface StoredOutcome {
  outcome: Outcome;
  reply: Pick<CommandEnvelope, 'transactionId' | 'position' | 'replyTo'> & { attempts: number };
}

/** The handler of a subgraph's `command` messages. */
export function participate<Commands extends Record<string, CommandDefinition>>(
  database: Database,
  commands: Commands,
  handlers: CommandHandlers<Commands>,
): MessageHandler {
  const byName = new Map(
    Object.entries(commands).map(([key, command]) => [command.name, { command, handler: handlers[key] }]),
  );
  return async (body, attempt) => {
    const envelope = commandEnvelope.parse(body);
    const entry = byName.get(envelope.command);
    if (!entry?.handler) throw new Error(`No participant here handles ${envelope.command}.`);
    const execution = new Execution(database, entry.command, entry.handler, envelope, attempt);
    try {
      await execution.run();
    } catch (error) {
      await execution.reportFault(error);
      throw error;
    }
  };
}

/**
 * Answers a step that waits, in the transaction that settles the matter. False: it does not wait (any more), because
 * somebody else was first or it was undone; nothing was sent then.
 */
export async function resolveWaiting(
  manager: EntityManager,
  outbox: Outbox,
  step: { sagaId: string; step: string },
  answer: Extract<Outcome, { kind: 'done' | 'rejected' }>,
): Promise<boolean> {
  const key: InboxKey = { ...step, direction: 'do' };
  const stored = await readInbox<StoredOutcome>(manager, key);
  if (stored?.outcome.kind !== 'waiting') return false;
  const resolved: StoredOutcome = { ...stored, outcome: answer };
  await writeInbox(manager, key, resolved);
  outbox.add(replyMessage(step.sagaId, 'do', resolved));
  return true;
}

/** One try of one command. */
class Execution {
  readonly #database: Database;
  readonly #command: CommandDefinition;
  readonly #handler: TransactionalHandler<CommandDefinition> | ExternalHandler<CommandDefinition>;
  readonly #envelope: CommandEnvelope;
  readonly #attempt: Attempt;
  #payload: unknown;
  readonly #key: InboxKey;

  constructor(
    database: Database,
    command: CommandDefinition,
    handler: TransactionalHandler<CommandDefinition> | ExternalHandler<CommandDefinition>,
    envelope: CommandEnvelope,
    attempt: Attempt,
  ) {
    this.#database = database;
    this.#command = command;
    this.#handler = handler;
    this.#envelope = envelope;
    this.#attempt = attempt;
    this.#key =
      envelope.direction === 'tell'
        ? { sagaId: envelope.sagaId, step: `${envelope.step}/${command.name}`, direction: 'event' }
        : { sagaId: envelope.sagaId, step: envelope.step, direction: envelope.direction };
  }

  async run(): Promise<void> {
    this.#payload = this.#command.payload.parse(this.#envelope.payload);
    const handler = this.#handler;
    if (typeof handler === 'function') {
      await this.#orReject(() =>
        this.#database.transact(async (manager, outbox) => {
          if (await this.#repeat(manager, outbox)) return;
          await this.#answer(manager, outbox, await handler(manager, this.#payload, this.#context(outbox)));
        }),
      );
      return;
    }
    const begun = await this.#orReject(() =>
      this.#database.transact(async (manager, outbox) => {
        if (await this.#repeat(manager, outbox)) return null;
        return { prepared: await handler.prepare(manager, this.#payload, this.#context(outbox)) };
      }),
    );
    if (!begun) return;
    const { prepared } = begun;
    const performed = await this.#orReject(async () => ({
      result: await handler.perform(prepared, this.#payload),
    }));
    if (!performed) return;
    await this.#orReject(() =>
      this.#database.transact(async (manager, outbox) => {
        if (await this.#repeat(manager, outbox)) return;
        const context = this.#context(outbox);
        await this.#answer(
          manager,
          outbox,
          await handler.settle(manager, performed.result, prepared, this.#payload, context),
        );
      }),
    );
  }

  /** Tells the saga that this try failed, and whether it was the last; what it cannot tell, the saga's sweep finds. */
  async reportFault(error: unknown): Promise<void> {
    if (this.#envelope.direction === 'tell') return;
    const message = messageOf(error);
    try {
      await this.#database.transact(async (manager, outbox) => {
        const outcome: Outcome = { kind: this.#attempt.last ? 'fault' : 'retrying', error: message };
        const report = this.#stored(outcome);
        if (this.#attempt.last && !this.#mayBeAskedAgain) {
          await claimInbox(manager, this.#key);
          const known = await readInbox<StoredOutcome>(manager, this.#key);
          if (!known) await writeInbox(manager, this.#key, report);
          this.#reply(outbox, known ?? report);
        } else {
          this.#reply(outbox, report);
        }
      });
    } catch {
      // The database is away too; the fault itself is thrown on, and the queue logs it.
    }
  }

  /** What `work` answers. A refusal has rolled its effects back: it is recorded as the answer, and null returned. */
  async #orReject<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const [rejection] = rejectionsOf(error) ?? [];
      if (!rejection) throw error;
      await this.#database.transact(async (manager, outbox) => {
        if (await this.#repeat(manager, outbox)) return;
        await this.#answer(manager, outbox, { kind: 'rejected', rejection: rejection.toData() });
      });
      return null;
    }
  }

  /** Claims the command, or answers with what is stored: true then. */
  async #repeat(manager: EntityManager, outbox: Outbox): Promise<boolean> {
    const stored = await this.#claim(manager);
    if (stored) this.#reply(outbox, stored);
    return stored !== null;
  }

  /** Claims the command; the stored outcome where there is one already. */
  async #claim(manager: EntityManager): Promise<StoredOutcome | null> {
    if (this.#key.direction === 'undo') await this.#closeDo(manager);
    if (await claimInbox(manager, this.#key)) return null;
    return (await readInbox<StoredOutcome>(manager, this.#key)) ?? null;
  }

  /** From here on the step itself can neither begin nor end: a late command or settlement finds it undone. */
  async #closeDo(manager: EntityManager): Promise<void> {
    const key: InboxKey = { ...this.#key, direction: 'do' };
    await claimInbox(manager, key);
    const stored = await readInbox<StoredOutcome>(manager, key);
    if (stored && stored.outcome.kind !== 'waiting') return;
    await writeInbox(manager, key, this.#stored({ kind: 'rejected', rejection: undone }));
  }

  async #answer(manager: EntityManager, outbox: Outbox, handled: Handled<unknown>): Promise<void> {
    const outcome: Outcome =
      handled.kind === 'rejected'
        ? handled
        : { ...handled, output: this.#command.output.parse(handled.output) as Json };
    const stored = this.#stored(outcome);
    if (outcome.kind !== 'rejected' || !this.#mayBeAskedAgain) await writeInbox(manager, this.#key, stored);
    this.#reply(outbox, stored);
  }

  /** What must come to a good end is tried anew after a no; a step that was refused or given up is undone instead. */
  get #mayBeAskedAgain(): boolean {
    return this.#key.direction === 'undo' || this.#envelope.forward === true;
  }

  #stored(outcome: Outcome): StoredOutcome {
    const { transactionId, position, replyTo } = this.#envelope;
    return { outcome, reply: { transactionId, position, replyTo, attempts: this.#attempt.number } };
  }

  #reply(outbox: Outbox, stored: StoredOutcome): void {
    const { direction, sagaId } = this.#envelope;
    if (direction !== 'tell') outbox.add(replyMessage(sagaId, direction, stored));
  }

  #context(outbox: Outbox): CommandContext {
    const { sagaId, transactionId, step } = this.#envelope;
    return { sagaId, transactionId, step, outbox };
  }
}

function replyMessage(sagaId: string, direction: 'do' | 'undo', { outcome, reply }: StoredOutcome): Message {
  const { transactionId, position, attempts } = reply;
  const body: ReplyEnvelope = { sagaId, transactionId, position, direction, attempts, outcome };
  return { queue: reply.replyTo, name: 'reply', body: body };
}
