import type { EntityManager } from 'typeorm';
import type { CommandDefinition, OutputOf, PayloadOf } from '../command.js';
import type { Database } from '../db/database.js';
import type { InboxKey } from '../db/inbox.js';
import { claimInbox, readInbox, writeInbox } from '../db/inbox.js';
import type { Outbox } from '../db/outbox.js';
import type { Json, RejectionData } from '../errors.js';
import { messageOf, Rejection, rejectionsOf } from '../errors.js';
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
  readonly #payload: unknown;
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
    this.#payload = command.payload.parse(envelope.payload);
    this.#key =
      envelope.direction === 'tell'
        ? { sagaId: envelope.sagaId, step: `${envelope.step}/${command.name}`, direction: 'event' }
        : { sagaId: envelope.sagaId, step: envelope.step, direction: envelope.direction };
  }

  async run(): Promise<void> {
    const { prepared, known } = await this.#database.transact(async (manager, outbox) => {
      const stored = await this.#claim(manager);
      if (stored) {
        this.#reply(outbox, stored);
        return { prepared: null, known: true };
      }
      const handler = this.#handler;
      if (typeof handler !== 'function') {
        const prepared = await this.#orRefused(() =>
          manager.transaction((inner) => handler.prepare(inner, this.#payload, this.#context(outbox))),
        );
        if (!(prepared instanceof Rejection)) return { prepared, known: false };
        await this.#settle(manager, outbox, () => Promise.reject(prepared));
        return { prepared: null, known: true };
      }
      await this.#settle(manager, outbox, () =>
        // A savepoint: a refusal takes the effects back and leaves the inbox row.
        manager.transaction((inner) => handler(inner, this.#payload, this.#context(outbox))),
      );
      return { prepared: null, known: true };
    });
    if (!known) await this.#runOutside(prepared);
  }

  /** Tells the saga that this try failed, and whether it was the last; what it cannot tell, the saga's sweep finds. */
  async reportFault(error: unknown): Promise<void> {
    if (this.#envelope.direction === 'tell') return;
    const message = messageOf(error);
    try {
      await this.#database.transact(async (manager, outbox) => {
        const outcome: Outcome = { kind: this.#attempt.last ? 'fault' : 'retrying', error: message };
        const report = this.#stored(outcome);
        // An undo that was given up may be asked for again; a step that was given up may not.
        if (this.#attempt.last && this.#key.direction === 'do') {
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

  async #runOutside(prepared: unknown): Promise<void> {
    const handler = this.#handler;
    if (typeof handler === 'function') return;
    const result = await this.#orRefused(() => handler.perform(prepared, this.#payload));
    await this.#database.transact(async (manager, outbox) => {
      const stored = await readInbox<StoredOutcome>(manager, this.#key);
      if (stored) {
        this.#reply(outbox, stored);
        return;
      }
      await this.#settle(manager, outbox, () =>
        result instanceof Rejection
          ? Promise.reject(result)
          : manager.transaction((inner) =>
              handler.settle(inner, result, prepared, this.#payload, this.#context(outbox)),
            ),
      );
    });
  }

  /** What `work` answers, or its refusal as a value; faults are thrown on. */
  async #orRefused<T>(work: () => Promise<T>): Promise<T | Rejection> {
    try {
      return await work();
    } catch (error) {
      const [rejection] = rejectionsOf(error) ?? [];
      if (!rejection) throw error;
      return rejection;
    }
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

  async #settle(
    manager: EntityManager,
    outbox: Outbox,
    handle: () => Promise<Handled<unknown>>,
  ): Promise<void> {
    const stored = this.#stored(await this.#outcomeOf(handle));
    await writeInbox(manager, this.#key, stored);
    this.#reply(outbox, stored);
  }

  async #outcomeOf(handle: () => Promise<Handled<unknown>>): Promise<Outcome> {
    const handled = await this.#orRefused(handle);
    if (handled instanceof Rejection) return { kind: 'rejected', rejection: handled.toData() };
    if (handled.kind === 'rejected') return handled;
    return { ...handled, output: this.#command.output.parse(handled.output) as Json };
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
