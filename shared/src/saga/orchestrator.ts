import type { EntityManager } from 'typeorm';
import type { Clock } from '../clock.js';
import type { Database } from '../db/database.js';
import type { Outbox } from '../db/outbox.js';
import type { Json, RejectionData } from '../errors.js';
import type { Cause } from '../event.js';
import { noCause } from '../event.js';
import type { Log } from '../log.js';
import type { SubgraphName } from '../message.js';
import type { BatchMessageHandler, Delivery } from '../queue/message-worker.js';
import { batchWithFallback } from '../async/batch-with-fallback.js';
import { sagaReplies, sagasEnded, sagaStepSeconds } from '../telemetry.js';
import { activeTraceparent, spanIds } from '../tracing.js';
import { advance, initialState } from './advance.js';
import type { SagaEvent } from './event.js';
import type { Advance } from './transition.js';
import type { SagaDefinition } from './definition.js';
import { applyEffects } from './effects.js';
import type { SagaTransition } from './effects.js';
import { replyEnvelope } from '../contracts/saga-envelope.js';
import { keyOf, requireDistinctSteps } from './definition-key.js';
import type { SagaRecord, SagaStore } from './record.js';
import { wakeAt } from './record.js';
import { addRequests, viewOf } from './requests.js';
import type { SagaState } from './state.js';
import { traceAdvance } from './traced.js';

/** A definition with any input: its own `parseInput` reads the stored input. */
export type AnySagaDefinition = SagaDefinition<unknown>;

/** A saga to start. */
export interface NewSaga<Input extends Json> {
  /** UUID. */
  id: string;
  /** SAGA- and twelve letters and digits. */
  transactionId: string;
  input: Input;
  /** The actor and the request that start it; Souk itself in the active span when left out. */
  cause?: Cause;
}

/** An event for a saga, or a function that derives it from the saga's state; null for none. */
interface SagaInput {
  sagaId: string;
  event: SagaEvent | ((record: SagaRecord, definition: AnySagaDefinition) => SagaEvent | null);
}

const sweepBatch = 100;
/** Until the sweep tries a saga again that it could not resume. */
const postponedMs = 60_000;
const replyBatch = 100;
const defaultTimeoutMs = 900_000;

/** Runs sagas by their definitions: each batch of advances is one transaction of the owner's database. */
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
    /** The subgraph whose queue receives the replies. */
    owner: SubgraphName;
    /** Every version that a running saga may have begun with. */
    definitions: readonly AnySagaDefinition[];
    clock: Clock;
    log: Log;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#owner = options.owner;
    for (const definition of options.definitions) requireDistinctSteps(definition);
    this.#definitions = new Map(options.definitions.map((definition) => [keyOf(definition), definition]));
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Starts sagas in the caller's transaction: stores their rows and sends their first commands after the commit. */
  async start<Input extends Json>(
    manager: EntityManager,
    outbox: Outbox,
    definition: SagaDefinition<Input>,
    sagas: readonly NewSaga<Input>[],
  ): Promise<void> {
    const now = this.#clock.now();
    const first = advance(definition, initialState(definition), { kind: 'start' }, now);
    if (!first) throw new Error('A saga needs a step.');
    const records = sagas.map((saga): SagaRecord => ({
      ...saga,
      cause: { ...(saga.cause ?? { ...noCause, traceparent: activeTraceparent() }), clientAddress: null },
      definition: definition.name,
      definitionVersion: definition.version,
      state: first.state,
      version: 1,
      wakeAt: wakeAt(first.state, null, now),
    }));
    await this.#store.insert(manager, records);
    for (const record of records) {
      addRequests(outbox, definition, viewOf(definition, record), first.requests, this.#owner);
    }
  }

  /** The handler of the owner's `reply` messages. */
  readonly replies: BatchMessageHandler = {
    parallel: () => 1,
    size: () => replyBatch,
    handle: async (deliveries) => {
      const read = deliveries.map(readReply);
      const inputs = read.flatMap((each) => (each instanceof Error ? [] : [each]));
      const faults = await this.#applyTogether(inputs, false);
      return read.map((each) => (each instanceof Error ? each : (faults.shift() ?? null)));
    },
  };

  /**
   * Applies a person's decision; `also` runs in the same transaction. Returns false, and does nothing, if the saga is
   * not (or no longer) waiting or in need of attention.
   */
  async decide(
    sagaId: string,
    decision: Extract<SagaEvent, { kind: 'compensate' | 'retry' | 'resolveManually' }>,
    also: (manager: EntityManager, outbox: Outbox) => Promise<void> = () => Promise.resolve(),
  ): Promise<boolean> {
    return this.#database.transact(async (manager, outbox) => {
      const advanced = await this.#apply(manager, outbox, [{ sagaId, event: decision }]);
      if (advanced.length > 0) await also(manager, outbox);
      return advanced.length > 0;
    });
  }

  /**
   * Stops sagas by decision, in one transaction: waiting sagas are compensated at once, running ones after the reply to
   * their present step. Sagas past their pivot, or that are ending already, are not changed. `also` runs in the same
   * transaction. Returns the ids of the stopped sagas.
   */
  async stop(
    sagaIds: readonly string[],
    rejection: RejectionData,
    also: (manager: EntityManager, stopped: readonly string[], outbox: Outbox) => Promise<void>,
  ): Promise<string[]> {
    return this.#database.transact(async (manager, outbox) => {
      const inputs = sagaIds.map((sagaId): SagaInput => ({ sagaId, event: { kind: 'stop', rejection } }));
      const stopped = await this.#apply(manager, outbox, inputs);
      if (stopped.length > 0) await also(manager, stopped, outbox);
      return stopped;
    });
  }

  /** Resumes sagas that stand still: sends unanswered commands again, and ends expired waits. */
  async sweep(): Promise<number> {
    const { reader } = this.#database;
    const now = this.#clock.now();
    const ids = await this.#store.due(reader, [...this.#definitions.values()], { now, limit: sweepBatch });
    const inputs = ids.map((sagaId): SagaInput => ({ sagaId, event: (...saga) => this.#dueEvent(...saga) }));
    const faults = await this.#applyTogether(inputs, true);
    const failed = ids.filter((_id, index) => faults[index]);
    ids.forEach((sagaId, index) => {
      if (faults[index]) this.#log.error({ err: faults[index], sagaId }, 'a saga stands still');
    });
    if (failed.length > 0) {
      await this.#store.postpone(reader, failed, new Date(now.getTime() + postponedMs));
    }
    return ids.length;
  }

  /**
   * Why this process cannot run all sagas: some that have not ended began with a definition that it does not have. Null if
   * there are none.
   */
  async findReadinessProblem(): Promise<string | null> {
    const others = await this.#store.countOthers(this.#database.reader, [...this.#definitions.values()]);
    if (others.length === 0) return null;
    const counted = others.map(({ sagas, ...key }) => `${keyOf(key)} (${sagas})`).join(', ');
    return `Sagas that have not ended need definitions that this version does not have: ${counted}.`;
  }

  /** The event for a saga that is due. Null if it has advanced meanwhile, e.g. by another process's sweep. */
  #dueEvent(record: SagaRecord, definition: AnySagaDefinition): SagaEvent | null {
    const now = this.#clock.now();
    if (record.wakeAt === null || record.wakeAt > now) return null;
    const { status, expiresAt } = record.state;
    const { expired } = definition;
    if (expired && status === 'WAITING' && expiresAt !== null && new Date(expiresAt) <= now) {
      return { kind: 'compensate', rejection: expired };
    }
    return timedOut(record.state, definition, now) ?? { kind: 'wake' };
  }

  /** Applies events, in one transaction where possible. Returns null or the fault of each, in order. */
  #applyTogether(inputs: readonly SagaInput[], durable: boolean): Promise<(Error | null)[]> {
    return batchWithFallback(inputs, (some) =>
      this.#database.transact(async (manager, outbox) => {
        if (!durable) await commitAsynchronously(manager);
        await this.#apply(manager, outbox, some);
      }),
    );
  }

  /** Returns the ids of the sagas that advanced. */
  async #apply(manager: EntityManager, outbox: Outbox, inputs: readonly SagaInput[]): Promise<string[]> {
    const begun = Date.now();
    const ids = [...new Set(inputs.map(({ sagaId }) => sagaId))];
    const records = new Map((await this.#store.lock(manager, ids)).map((record) => [record.id, record]));
    const now = this.#clock.now();
    const transitions: SagaTransition[] = [];
    for (const { sagaId, event } of inputs) {
      const record = records.get(sagaId);
      if (!record) throw new Error(`There is no saga ${sagaId}.`);
      const definition = this.#definitionOf(record);
      const what = typeof event === 'function' ? event(record, definition) : event;
      const next = what && advance(definition, record.state, what, now);
      if (!next) continue;
      const advanced = { ...record, state: next.state, wakeAt: wakeAt(next.state, record.wakeAt, now) };
      records.set(sagaId, advanced);
      transitions.push({ definition, record: advanced, view: viewOf(definition, advanced), next });
      if (what.kind === 'reply') {
        const step = definition.steps[what.position]?.name ?? '';
        const { direction, outcome } = what;
        sagaReplies.inc({ saga: definition.name, step, direction, outcome: outcome.kind });
      }
    }
    if (transitions.length === 0) return [];
    const changed = [...new Set(transitions.map(({ record: { id } }) => id))].flatMap(
      (id) => records.get(id) ?? [],
    );
    if ((await this.#store.save(manager, changed)) < changed.length) {
      throw new Error('A saga was advanced without its lock.');
    }
    await applyEffects(manager, outbox, transitions);
    for (const { definition, view, next } of transitions) {
      addRequests(outbox, definition, view, next.requests, this.#owner);
    }
    for (const { record, next } of transitions) {
      this.#note(record, next);
      traceAdvance(record, next, begun);
    }
    return changed.map(({ id }) => id);
  }

  #definitionOf({ definition: name, definitionVersion: version }: SagaRecord): AnySagaDefinition {
    const key = keyOf({ name, version });
    const definition = this.#definitions.get(key);
    if (!definition) throw new Error(`No definition ${key} is registered.`);
    return definition;
  }

  #note(record: SagaRecord, next: Advance): void {
    const { id: sagaId, transactionId, definition: saga, cause } = record;
    const trace = spanIds(cause.traceparent);
    if (next.completedStep !== null) {
      const { name: step = '', startedAt, completedAt } = next.state.steps[next.completedStep] ?? {};
      if (startedAt && completedAt) {
        sagaStepSeconds.observe({ saga, step }, (Date.parse(completedAt) - Date.parse(startedAt)) / 1_000);
      }
    }
    if (next.ended !== null) sagasEnded.inc({ saga, ending: next.ended });
    if (next.needsAttention) {
      this.#log.error({ sagaId, transactionId, saga, ...trace }, 'a saga needs attention');
    }
    const { status, position } = next.state;
    this.#log.debug({ transactionId, status, position, ...trace }, 'saga advanced');
  }
}

function readReply({ body }: Delivery): SagaInput | Error {
  const { success, data, error } = replyEnvelope.safeParse(body);
  if (!success) return error;
  const { sagaId, ...reply } = data;
  return { sagaId, event: { kind: 'reply', ...reply } };
}

/** A step without a reply within its timeout is given up as if its participant had reported a fault. */
function timedOut(
  { status, position, steps }: SagaState,
  definition: AnySagaDefinition,
  now: Date,
): SagaEvent | null {
  const startedAt = steps[position]?.startedAt;
  if (status !== 'RUNNING' || !startedAt) return null;
  const limitMs = definition.steps[position]?.timeoutMs ?? defaultTimeoutMs;
  if (now.getTime() - Date.parse(startedAt) < limitMs) return null;
  const error = `There was no answer within ${limitMs / 1000} s.`;
  return { kind: 'reply', position, direction: 'do', attempts: 1, outcome: { kind: 'fault', error } };
}

/**
 * A reply is in its participant's inbox already: if a database crash loses an advance, the sweep repeats it from there.
 * So its commit need not wait for the disk; the next durable commit flushes it too.
 */
async function commitAsynchronously(manager: EntityManager): Promise<void> {
  await manager.query('SET LOCAL synchronous_commit = off');
}
