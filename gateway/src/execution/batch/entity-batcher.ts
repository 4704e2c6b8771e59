import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Data } from '../../types/data.js';
import { isData, put } from '../../types/data.js';
import { ExactNumber } from '../../types/exact-json.js';
import { entitiesOf, movedErrors } from '../../types/entities.js';
import type { SubgraphFetcher, EntityOperation, BatchKey } from '../run/plan-run.js';

/** One call for the fetches of one tick. */
interface Batch {
  /** Distinct representations as JSON; more may come until it is sent. */
  texts: string[];
  result: Promise<FormattedExecutionResult>;
}

/** The position of an entity in a batch. */
interface BatchSlot {
  batch: Batch;
  index: number;
}

/** The batches of one batch key and variables in a run. */
interface BatchState {
  slots: Map<string, BatchSlot>;
  /** The call that is not sent yet. */
  next: Batch | null;
}

/**
 * Batches the fetches of one run that select the same fields of entities at different places of the response: the
 * fetches of one tick are one call, and each entity is fetched once. Each place gets its own copy of an entity. The
 * idea is DataLoader's: https://github.com/graphql/dataloader#batching.
 */
export function withEntityBatching({ fetch, fetchEntities }: SubgraphFetcher): SubgraphFetcher {
  let calls: EntityBatcher | null = null;
  return {
    fetch,
    fetchEntities: (operation, own, representations) => {
      const { batchKey } = operation;
      if (!batchKey || batchKey.fetchCount === 1) return fetchEntities(operation, own, representations);
      calls ??= new EntityBatcher(fetchEntities);
      return calls.fetch(operation, batchKey, own, representations);
    },
  };
}

/** The batches of one run. */
class EntityBatcher {
  readonly #fetchEntities: SubgraphFetcher['fetchEntities'];
  readonly #states = new Map<BatchKey, Map<string, BatchState>>();

  constructor(fetchEntities: SubgraphFetcher['fetchEntities']) {
    this.#fetchEntities = fetchEntities;
  }

  async fetch(
    operation: EntityOperation,
    key: BatchKey,
    own: string,
    representations: readonly string[],
  ): Promise<FormattedExecutionResult> {
    const state = this.#of(key, own);
    const slots = representations.map((text) => {
      const known = state.slots.get(text);
      if (known) return known;
      const batch = (state.next ??= this.#open(operation, own, state));
      const slot = { batch, index: batch.texts.push(text) - 1 };
      state.slots.set(text, slot);
      return slot;
    });
    const calls = [...new Set(slots.map(({ batch }) => batch))];
    const results = await Promise.all(calls.map(async (call) => [call, await call.result] as const));
    return mergeBatches(slots, new Map(results));
  }

  #of(key: BatchKey, own: string): BatchState {
    let byVariables = this.#states.get(key);
    if (!byVariables) this.#states.set(key, (byVariables = new Map<string, BatchState>()));
    let state = byVariables.get(own);
    if (!state) byVariables.set(own, (state = { slots: new Map(), next: null }));
    return state;
  }

  #open(operation: EntityOperation, own: string, state: BatchState): Batch {
    const texts: string[] = [];
    const send = async (): Promise<FormattedExecutionResult> => {
      // By the next tick all fetches that a response has started have joined the batch.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      state.next = null;
      const result = await this.#fetchEntities(operation, own, texts);
      // Later fetches retry the entities of a failed batch.
      if (result.errors) for (const text of texts) state.slots.delete(text);
      return result;
    };
    return { texts, result: send() };
  }
}

function mergeBatches(
  slots: readonly BatchSlot[],
  results: ReadonlyMap<Batch, FormattedExecutionResult>,
): FormattedExecutionResult {
  const errors: GraphQLFormattedError[] = [];
  const lists = new Map<Batch, readonly unknown[] | null>();
  let isBroken = false;
  for (const [batch, result] of results) {
    const list = entitiesOf(result.data, batch.texts.length);
    lists.set(batch, list);
    if (result.errors) {
      const positionsOf = (index: number): number[] =>
        slots.flatMap((slot, at) => (slot.batch === batch && slot.index === index ? [at] : []));
      errors.push(...result.errors.flatMap((error) => movedErrors(error, positionsOf)));
    } else if (!list) isBroken = true;
  }
  const entities = slots.map(({ batch, index }) => ownCopy(lists.get(batch)?.[index] ?? null));
  return {
    ...(errors.length > 0 && { errors }),
    data: { _entities: isBroken ? null : entities },
  };
}

/** A merge at one place must not change another place. Merging copies scalar fields by itself. */
function ownCopy(entity: unknown): unknown {
  if (!isData(entity)) return entity;
  for (const key in entity) {
    if (typeof entity[key] === 'object' && entity[key] !== null) return copied(entity);
  }
  return entity;
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  if (Array.isArray(value)) return value.map(copied);
  const copy: Data = {};
  for (const [key, item] of Object.entries(value as Data)) put(copy, key, copied(item));
  return copy;
}
