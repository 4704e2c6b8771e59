import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Data } from '../../types/data.js';
import { isData, put } from '../../types/data.js';
import { entitiesOf, movedErrors } from '../../types/entities.js';
import type { SubgraphFetcher, EntityOperation, BatchKey } from '../run/plan-run.js';

/** A call that is made for all fetches of one tick. */
interface Batch {
  /** Distinct representations as JSON; more may come until it is sent. */
  texts: string[];
  result: Promise<FormattedExecutionResult>;
}

/** Where an entity is answered. */
interface BatchSlot {
  call: Batch;
  index: number;
}

/** What one question, with the same variables of its own, has been asked in a run. */
interface BatchState {
  places: Map<string, BatchSlot>;
  /** The call that is not sent yet. */
  next: Batch | null;
}

/**
 * Joins fetches of one run that fetch a subgraph the same of entities, at different places of the answer: what they fetch in
 * one turn is one call, and an entity is asked for once. What is answered belongs to the asker, nested objects too. The
 * idea is DataLoader's: https://github.com/graphql/dataloader#batching.
 */
export function withEntityBatching({ fetch, fetchEntities }: SubgraphFetcher): SubgraphFetcher {
  let calls: EntityBatcher | null = null;
  return {
    fetch,
    fetchEntities: (operation, own, representations) => {
      const { batchKey } = operation;
      if (!batchKey || batchKey.fetches === 1) return fetchEntities(operation, own, representations);
      calls ??= new EntityBatcher(fetchEntities);
      return calls.fetch(operation, batchKey, own, representations);
    },
  };
}

/** The calls of one run that may be joined. */
class EntityBatcher {
  readonly #fetchEntities: SubgraphFetcher['fetchEntities'];
  readonly #asked = new Map<BatchKey, Map<string, BatchState>>();

  constructor(fetchEntities: SubgraphFetcher['fetchEntities']) {
    this.#fetchEntities = fetchEntities;
  }

  async fetch(
    operation: EntityOperation,
    question: BatchKey,
    own: string,
    representations: readonly string[],
  ): Promise<FormattedExecutionResult> {
    const asked = this.#of(question, own);
    const places = representations.map((text) => {
      const known = asked.places.get(text);
      if (known) return known;
      const call = (asked.next ??= this.#open(operation, own, asked));
      const place = { call, index: call.texts.push(text) - 1 };
      asked.places.set(text, place);
      return place;
    });
    const calls = [...new Set(places.map(({ call }) => call))];
    const results = await Promise.all(calls.map(async (call) => [call, await call.result] as const));
    return answerOf(places, new Map(results));
  }

  #of(question: BatchKey, own: string): BatchState {
    let byVariables = this.#asked.get(question);
    if (!byVariables) this.#asked.set(question, (byVariables = new Map<string, BatchState>()));
    let asked = byVariables.get(own);
    if (!asked) byVariables.set(own, (asked = { places: new Map(), next: null }));
    return asked;
  }

  #open(operation: EntityOperation, own: string, asked: BatchState): Batch {
    const texts: string[] = [];
    const send = async (): Promise<FormattedExecutionResult> => {
      // Ticks come when all that an answer has set going has asked what it wants to know.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      asked.next = null;
      const result = await this.#fetchEntities(operation, own, texts);
      // What went wrong is asked again by those who come later.
      if (result.errors) for (const text of texts) asked.places.delete(text);
      return result;
    };
    return { texts, result: send() };
  }
}

function answerOf(
  places: readonly BatchSlot[],
  results: ReadonlyMap<Batch, FormattedExecutionResult>,
): FormattedExecutionResult {
  const errors: GraphQLFormattedError[] = [];
  const lists = new Map<Batch, readonly unknown[] | null>();
  let isBroken = false;
  for (const [call, result] of results) {
    const list = entitiesOf(result.data, call.texts.length);
    lists.set(call, list);
    if (result.errors) {
      const positionsOf = (index: number): number[] =>
        places.flatMap((place, at) => (place.call === call && place.index === index ? [at] : []));
      errors.push(...result.errors.flatMap((error) => movedErrors(error, positionsOf)));
    } else if (!list) isBroken = true;
  }
  const entities = places.map(({ call, index }) => ownCopy(lists.get(call)?.[index] ?? null));
  return {
    ...(errors.length > 0 && { errors }),
    data: { _entities: isBroken ? null : entities },
  };
}

/** What is merged into the answer at one place must not change at another. Plain fields are copied by merging. */
function ownCopy(entity: unknown): unknown {
  if (!isData(entity)) return entity;
  for (const key in entity) {
    if (typeof entity[key] === 'object' && entity[key] !== null) return copied(entity);
  }
  return entity;
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  const copy: Data = {};
  for (const [key, item] of Object.entries(value as Data)) put(copy, key, copied(item));
  return copy;
}
