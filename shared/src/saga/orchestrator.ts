import type { EntityManager } from 'typeorm';
import type { Clock } from '../clock.js';
import type { CommandDefinition, OutputOf } from '../command.js';
import type { Database } from '../db/database.js';
import type { Outbox } from '../db/outbox.js';
import type { Json } from '../errors.js';
import type { Log } from '../log.js';
import type { Message, SubgraphName } from '../message.js';
import type { MessageHandler } from '../queue/worker.js';
import type { Advance, Request, SagaEvent } from './advance.js';
import { advance, initialState } from './advance.js';
import type { BoundCommand, SagaDefinition, SagaView } from './definition.js';
import type { CommandEnvelope } from './envelope.js';
import { replyEnvelope } from './envelope.js';
import type { SagaState, StepState } from './state.js';
import { isAskedFor } from './state.js';

/** A saga as its store keeps it. */
export interface SagaRecord {
  id: string;
  /** SAGA- and twelve letters and digits, for people and logs. */
  transactionId: string;
  definition: string;
  definitionVersion: number;
  input: Json;
  state: SagaState;
  /** Counts the advances: an advance from another version than the stored one does nothing. */
  version: number;
  /** When to look after the saga next; null when it has ended. */
  wakeAt: Date | null;
}

/** Where sagas are kept; the subgraph that starts them owns the table. */
export interface SagaStore {
  insert(manager: EntityManager, record: SagaRecord): Promise<void>;
  find(manager: EntityManager, id: string): Promise<SagaRecord | null>;
  /** Stores the record as version + 1 where the stored version still is `record.version`; false otherwise. */
  save(manager: EntityManager, record: SagaRecord): Promise<boolean>;
  /** Ids of sagas whose wakeAt has passed. */
  due(manager: EntityManager, now: Date, limit: number): Promise<string[]>;
}

/** A definition of whatever input: the engine reads the stored input by the definition's own `parseInput`. */
export type AnySagaDefinition = SagaDefinition<unknown>;

// Under load an answer takes its time: asking again at the same pace would only add to the load.
const resendAfterMs = 10_000;
const longestResendMs = 300_000;
const askWaitingAfterMs = 60_000;
const sweepBatch = 100;
const maxFenceTries = 20;
// Of what must come to a good end: undoing, and steps that are only ever done forward.
const patientAttempts = 10;

/** Another advance was first. */
class FenceMiss extends Error {}

/** Runs sagas by their definitions: each advance is one transaction of the owner's database. */
export class Orchestrator {
  readonly #database: Database;
  readonly #store: SagaStore;
  readonly #owner: SubgraphName;
  readonly #definitions: ReadonlyMap<string, AnySagaDefinition>;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(options: {
    database: Database;
    store: SagaStore;
    /** Whose queue hears the replies. */
    owner: SubgraphName;
    /** Every version that a running saga may have begun with. */
    definitions: readonly AnySagaDefinition[];
    clock: Clock;
    log: Log;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#owner = options.owner;
    this.#definitions = new Map(
      options.definitions.map((definition) => [keyOf(definition.name, definition.version), definition]),
    );
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Starts a saga in the caller's transaction: its row and its first command are written with what the caller writes. */
  async start<Input extends Json>(
    manager: EntityManager,
    outbox: Outbox,
    definition: SagaDefinition<Input>,
    saga: { id: string; transactionId: string; input: Input },
  ): Promise<void> {
    const now = this.#clock.now();
    const first = advance(definition, initialState(definition), { kind: 'start' }, now);
    if (!first) throw new Error('A saga needs a step.');
    const record: SagaRecord = {
      ...saga,
      definition: definition.name,
      definitionVersion: definition.version,
      state: first.state,
      version: 1,
      wakeAt: wakeAt(first.state, now),
    };
    await this.#store.insert(manager, record);
    outbox.add(...this.#messages(definition, record, first.requests));
  }

  /** The handler of the owner's `reply` messages. */
  readonly handleReply: MessageHandler = async (body) => {
    const { sagaId, ...reply } = replyEnvelope.parse(body);
    await this.#apply(sagaId, () => ({ kind: 'reply', ...reply }));
  };

  /**
   * Tells a saga what somebody has decided; `also` is written with it. False: the saga does not wait, or need
   * attention, (any more), and nothing was done.
   */
  async decide(
    sagaId: string,
    decision: Extract<SagaEvent, { kind: 'turnBack' | 'retry' | 'settle' }>,
    also: (manager: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<boolean> {
    return this.#apply(sagaId, () => decision, also);
  }

  /** Looks after sagas that stand still: asks again for what was not answered, ends waits past their time. */
  async sweep(): Promise<number> {
    const ids = await this.#store.due(this.#database.reader, this.#clock.now(), sweepBatch);
    for (const id of ids) {
      try {
        await this.#apply(id, (record, definition) => this.#dueEvent(record, definition));
      } catch (error) {
        // One saga that cannot be advanced must not hold up those behind it.
        this.#log.error({ err: error, sagaId: id }, 'a saga stands still');
      }
    }
    return ids.length;
  }

  /** What a saga that stands still is told. Null: it went on since it was found, e.g. by another process's sweep. */
  #dueEvent(record: SagaRecord, definition: AnySagaDefinition): SagaEvent | null {
    const now = this.#clock.now();
    if (record.wakeAt === null || record.wakeAt > now) return null;
    const { status, expiresAt } = record.state;
    const { expired } = definition;
    return expired && status === 'WAITING' && expiresAt !== null && new Date(expiresAt) <= now
      ? { kind: 'turnBack', rejection: expired }
      : { kind: 'wake' };
  }

  async #apply(
    sagaId: string,
    eventOf: (record: SagaRecord, definition: AnySagaDefinition) => SagaEvent | null,
    also: ((manager: EntityManager) => Promise<void>) | null = null,
  ): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#database.transact(async (manager, outbox) => {
          const advanced = await this.#applyOnce(manager, outbox, sagaId, eventOf);
          if (advanced) await also?.(manager);
          return advanced;
        });
      } catch (error) {
        if (!(error instanceof FenceMiss) || tries >= maxFenceTries) throw error;
      }
    }
  }

  async #applyOnce(
    manager: EntityManager,
    outbox: Outbox,
    sagaId: string,
    eventOf: (record: SagaRecord, definition: AnySagaDefinition) => SagaEvent | null,
  ): Promise<boolean> {
    const record = await this.#store.find(manager, sagaId);
    if (!record) throw new Error(`There is no saga ${sagaId}.`);
    const definition = this.#definitions.get(keyOf(record.definition, record.definitionVersion));
    if (!definition)
      throw new Error(`No definition ${keyOf(record.definition, record.definitionVersion)} is at hand.`);
    const now = this.#clock.now();
    const event = eventOf(record, definition);
    const next = event && advance(definition, record.state, event, now);
    if (!next) return false;
    const advanced = { ...record, state: next.state, wakeAt: wakeAt(next.state, now) };
    if (!(await this.#store.save(manager, advanced))) throw new FenceMiss();
    await this.#tell(manager, definition, advanced, next);
    outbox.add(...this.#messages(definition, advanced, next.requests));
    this.#log.debug(
      { transactionId: record.transactionId, status: next.state.status, position: next.state.position },
      'saga advanced',
    );
    return true;
  }

  async #tell(
    manager: EntityManager,
    definition: AnySagaDefinition,
    record: SagaRecord,
    next: Advance,
  ): Promise<void> {
    const view = viewOf(definition, record);
    if (next.learned !== null) await definition.steps[next.learned]?.learn?.(manager, view);
    if (next.turnedBack) await definition.turnedBack?.(manager, view);
    if (next.needsAttention) {
      const { id: sagaId, transactionId } = record;
      this.#log.error({ sagaId, transactionId, saga: definition.name }, 'a saga needs attention');
      await definition.needsAttention?.(manager, view);
    }
    if (next.ended === 'completed') await definition.completed?.(manager, view);
    if (next.ended === 'failed') await definition.failed?.(manager, view);
  }

  #messages(definition: AnySagaDefinition, record: SagaRecord, requests: readonly Request[]): Message[] {
    const view = viewOf(definition, record);
    return requests.flatMap(({ kind, position }) => {
      const step = definition.steps[position];
      const bound: BoundCommand<unknown> | undefined =
        kind === 'whenFailed' ? definition.whenFailed : step?.[kind];
      if (!step || !bound) return [];
      const direction = kind === 'do' || kind === 'undo' ? kind : 'tell';
      const forward = kind === 'do' && step.forward === true;
      const envelope: CommandEnvelope = {
        sagaId: record.id,
        transactionId: record.transactionId,
        position,
        step: step.name,
        direction,
        ...(forward && { forward }),
        command: bound.command.name,
        payload: bound.command.payload.parse(bound.payload(view)) as Json,
        replyTo: this.#owner,
      };
      const message: Message = {
        queue: bound.command.participant,
        name: 'command',
        body: envelope,
      };
      return [direction === 'undo' || forward ? { ...message, attempts: patientAttempts } : message];
    });
  }
}

/** What a definition's functions see of a saga. */
export function viewOf<Input>(definition: SagaDefinition<Input>, record: SagaRecord): SagaView<Input> {
  return {
    sagaId: record.id,
    transactionId: record.transactionId,
    input: definition.parseInput(record.input),
    state: record.state,
    output: <Command extends CommandDefinition>(command: Command): OutputOf<Command> => {
      const position = definition.steps.findIndex((step) => step.do.command === command);
      const output = record.state.outputs[position];
      if (output === undefined || output === null) throw new Error(`${command.name} has not answered yet.`);
      return command.output.parse(output) as OutputOf<Command>;
    },
  };
}

function wakeAt(state: SagaState, now: Date): Date | null {
  if (!isAskedFor(state)) return null;
  if (state.status === 'NEEDS_ATTENTION') return new Date(now.getTime() + longestResendMs);
  if (state.status === 'WAITING' && state.expiresAt) {
    return new Date(Math.min(Date.parse(state.expiresAt), now.getTime() + askWaitingAfterMs));
  }
  const startedAt = presentStep(state)?.startedAt;
  // As long again as it has taken so far: asked for after 10 s, 20 s, 40 s...
  const waitedMs = startedAt ? now.getTime() - Date.parse(startedAt) : 0;
  return new Date(now.getTime() + Math.min(Math.max(waitedMs, resendAfterMs), longestResendMs));
}

/** What is at work: the step that is done, or the undoing of one. */
function presentStep(state: SagaState): StepState | undefined {
  return state.status === 'COMPENSATING' ? state.compensations.at(-1) : state.steps[state.position];
}

function keyOf(name: string, version: number): string {
  return `${name}@${version}`;
}
