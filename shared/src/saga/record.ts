import type { EntityManager } from 'typeorm';
import type { Json } from '../errors.js';
import type { Cause } from '../event.js';
import type { DefinitionKey } from './definition-key.js';
import type { SagaState, StepState } from './state.js';
import { isAwaitingReply } from './state.js';

/** A stored saga. */
export interface SagaRecord {
  id: string;
  /** SAGA- and twelve letters and digits, for people and logs. */
  transactionId: string;
  definition: string;
  definitionVersion: number;
  input: Json;
  /** The actor and the request that started it; the client's address is not stored. */
  cause: Cause;
  state: SagaState;
  /** Counts the advances: an advance from another version than the stored one has no effect. */
  version: number;
  /** When the sweep looks at the saga next; null when it has ended. */
  wakeAt: Date | null;
}

/** The store of sagas; the subgraph that starts them owns the table. */
export interface SagaStore {
  insert(manager: EntityManager, records: readonly SagaRecord[]): Promise<void>;
  /** The existing sagas of these, locked in the order of their ids until the transaction ends. */
  lock(manager: EntityManager, ids: readonly string[]): Promise<SagaRecord[]>;
  /**
   * Stores each record as version + 1 where the stored version still is `record.version`: the fence. Returns how many
   * were stored.
   */
  save(manager: EntityManager, records: readonly SagaRecord[]): Promise<number>;
  /** Ids of sagas of these definitions whose wakeAt has passed. */
  due(
    manager: EntityManager,
    definitions: readonly DefinitionKey[],
    due: { now: Date; limit: number },
  ): Promise<string[]>;
  /** Sets wakeAt of sagas that could not be resumed, so that they do not keep others from their turn. */
  postpone(manager: EntityManager, ids: readonly string[], until: Date): Promise<void>;
  /** Counts the sagas that have not ended, by definition, without those of these definitions. */
  countOthers(
    manager: EntityManager,
    definitions: readonly DefinitionKey[],
  ): Promise<(DefinitionKey & { sagas: number })[]>;
}

// Under load replies are slow: sending again at the same pace would only add to the load.
const resendAfterMs = 6_000;
const longestResendMs = 300_000;
const resendWaitingAfterMs = 60_000;

/**
 * When the sweep looks at a saga next. Keeps the `planned` time if it is neither too late nor too early, since every
 * change updates an index.
 */
export function wakeAt(state: SagaState, planned: Date | null, now: Date): Date | null {
  const wanted = wantedWake(state, now);
  if (wanted === null || planned === null || state.status !== 'RUNNING') return wanted;
  return planned <= wanted && planned.getTime() >= now.getTime() + resendAfterMs / 2 ? planned : wanted;
}

function wantedWake(state: SagaState, now: Date): Date | null {
  if (!isAwaitingReply(state)) return null;
  if (state.status === 'NEEDS_ATTENTION') return new Date(now.getTime() + longestResendMs);
  if (state.status === 'WAITING' && state.expiresAt) {
    return new Date(Math.min(Date.parse(state.expiresAt), now.getTime() + resendWaitingAfterMs));
  }
  const startedAt = presentStep(state)?.startedAt;
  // Doubles the time since the start: sent again after 6 s, 12 s, 24 s...
  const waitedMs = startedAt ? now.getTime() - Date.parse(startedAt) : 0;
  return new Date(now.getTime() + Math.min(Math.max(waitedMs, resendAfterMs), longestResendMs));
}

/** The step, or compensation, in progress. */
function presentStep(state: SagaState): StepState | undefined {
  return state.status === 'COMPENSATING' ? state.compensations.at(-1) : state.steps[state.position];
}
