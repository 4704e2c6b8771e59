import { cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import type { FormattedExecutionResult } from 'graphql';
import type { Data } from '../types/data.js';
import { isData } from '../types/data.js';
import { entitiesOf, movedErrors } from '../types/entities.js';
import { queryTextOf } from '../types/subgraph-operation.js';
import { entityVariables } from '../types/subgraph-operation.js';
import type { SubgraphOperation } from '../types/subgraph-operation.js';
import { keyOf } from './cache-key.js';
import type { CachePolicies } from './cache-policy.js';
import type { ReadCache } from './read-cache.js';
import { CacheDependencies } from './cache-dependencies.js';

/** A fetch of entities. */
export interface EntityFetch {
  operation: SubgraphOperation;
  /** The fetch's own variables: the inside of a JSON object. */
  own: string;
  /** Distinct representations as JSON. */
  representations: readonly string[];
}

/** On whose behalf entities are fetched. */
export interface EntityCaller {
  language: string;
  /** Sends the fetch with these variables, a JSON object; the answer says what it was read from. */
  send: (variables: string) => Promise<FormattedExecutionResult>;
  /** Where it is added up what the whole run was read from; null where nobody asks. */
  reads: CacheDependencies | null;
}

/** The entities of one supergraph that are kept. */
export class EntityCache {
  readonly #cache: ReadCache;
  readonly #policies: CachePolicies;
  readonly #graphId: string;
  readonly #lives = new WeakMap<SubgraphOperation, number>();

  constructor(cache: ReadCache, policies: CachePolicies, graphId: string) {
    this.#cache = cache;
    this.#policies = policies;
    this.#graphId = graphId;
  }

  /** Whether everybody may be given what the fetch asks for. */
  isPublic(operation: SubgraphOperation): boolean {
    return this.#lifeOf(operation) > 0;
  }

  /** Answers a public fetch: what is kept is not asked for again. Entities stand in the order of the representations. */
  async fetch(fetch: EntityFetch, caller: EntityCaller): Promise<FormattedExecutionResult> {
    const { operation, own, representations } = fetch;
    const question = queryTextOf(operation);
    const keys = representations.map((text) =>
      keyOf([this.#graphId, operation.subgraph, question, own, caller.language, text]),
    );
    const looking = await this.#cache.get('entity', keys);
    const entities = new Array<unknown>(representations.length).fill(null);
    const missing: number[] = [];
    for (const index of representations.keys()) {
      const found = looking?.entries[index];
      const entity = found ? parsed(found.text) : null;
      if (found && entity) {
        entities[index] = entity;
        caller.reads?.addCached(found);
      } else missing.push(index);
    }
    if (missing.length === 0) return { data: { _entities: entities } };

    const texts = missing.map((index) => representations[index] ?? '');
    const result = await caller.send(entityVariables(own, texts));
    const reads = new CacheDependencies((subgraph) => this.#cache.listensTo(subgraph));
    reads.addReport(operation.subgraph, cacheDependenciesOf(result));
    caller.reads?.add(reads);
    const received = entitiesOf(result.data, missing.length);
    const errors = result.errors?.flatMap((error) =>
      movedErrors(error, (index) => [missing[index] ?? index]),
    );
    // What is not as it should be is told as it is.
    if (!received) {
      return missing.length === representations.length
        ? result
        : { ...(errors && { errors }), data: { _entities: null } };
    }
    const isKept = looking !== null && !errors && !reads.isPrivate;
    for (const [position, index] of missing.entries()) {
      const entity: unknown = received[position];
      entities[index] = entity;
      const key = keys[index];
      // The entity is merged into the answer later, and is not the same then.
      if (!isKept || key === undefined || !isData(entity)) continue;
      const { topics } = reads;
      looking.set(key, { text: JSON.stringify(entity), topics, ageMs: 0 }, this.#lifeOf(operation));
    }
    return { ...(errors && { errors }), data: { _entities: entities } };
  }

  #lifeOf(operation: SubgraphOperation): number {
    const known = this.#lives.get(operation);
    if (known !== undefined) return known;
    const life = operation.isQuery ? this.#policies.ofEntityFetch(operation.query) : 0;
    this.#lives.set(operation, life);
    return life;
  }
}

/** An entity as it was kept; null where the store gives something else: it is asked for anew. */
function parsed(text: string): Data | null {
  try {
    const value = JSON.parse(text) as unknown;
    return isData(value) ? value : null;
  } catch {
    return null;
  }
}
