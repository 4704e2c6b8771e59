import { cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import type { FormattedExecutionResult } from 'graphql';
import type { Data } from '../types/data.js';
import { isData } from '../types/data.js';
import { parseExact, stringifyExact } from '../types/exact-json.js';
import { entitiesOf, movedErrors } from '../types/entities.js';
import { queryTextOf } from '../types/subgraph-operation.js';
import { entityVariables } from '../types/subgraph-operation.js';
import type { SubgraphOperation } from '../types/subgraph-operation.js';
import { freshnessOf } from '../types/freshness.js';
import { keyOf } from './cache-key.js';
import { entryVersion, readEntry, writeEntry } from './cached-entry.js';
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

/** The caller of an entity fetch. */
export interface EntityCaller {
  language: string;
  /** Whether the fetch is sent with an Authorization. */
  isAuthorized: boolean;
  /** Sends the fetch with these variables (a JSON object). The response reports its topics. */
  send: (variables: string) => Promise<FormattedExecutionResult>;
  /** Collects the dependencies of the whole operation; null where they are not needed. */
  reads: CacheDependencies | null;
}

/** Caches the public entities of one supergraph. */
export class EntityCache {
  readonly #cache: ReadCache;
  readonly #policies: CachePolicies;
  readonly #graphId: string;
  readonly #maxAges = new WeakMap<SubgraphOperation, number>();

  constructor(cache: ReadCache, policies: CachePolicies, graphId: string) {
    this.#cache = cache;
    this.#policies = policies;
    this.#graphId = graphId;
  }

  /** Whether the fetch selects public data only. */
  isPublic(operation: SubgraphOperation): boolean {
    return this.#maxAgeOf(operation) > 0;
  }

  /** Resolves a public fetch and sends only the representations that are not cached. Entities keep their order. */
  async fetch(fetch: EntityFetch, caller: EntityCaller): Promise<FormattedExecutionResult> {
    const { operation, own, representations } = fetch;
    const question = queryTextOf(operation);
    const keys = representations.map((text) =>
      keyOf([entryVersion, this.#graphId, operation.subgraph, question, own, caller.language, text]),
    );
    const lookup = await this.#cache.get('entity', keys);
    const entities = new Array<unknown>(representations.length).fill(null);
    const missing: number[] = [];
    for (const index of representations.keys()) {
      const found = lookup?.entries[index];
      const entry = found ? readEntry(found.text) : null;
      const entity = entry ? parsed(entry.text) : null;
      if (found && entry && entity) {
        entities[index] = entity;
        caller.reads?.addCached({ ...found, maxAgeS: entry.maxAgeS });
      } else missing.push(index);
    }
    if (missing.length === 0) return { data: { _entities: entities } };

    const texts = missing.map((index) => representations[index] ?? '');
    const result = await caller.send(entityVariables(own, texts));
    const reads = new CacheDependencies((subgraph) => this.#cache.listensTo(subgraph));
    const report = cacheDependenciesOf(result);
    reads.addReport(operation.subgraph, report);
    reads.addFreshness(freshnessOf(result), {
      isAuthorized: caller.isAuthorized,
      isReported: report !== null,
    });
    caller.reads?.add(reads);
    const received = entitiesOf(result.data, missing.length);
    const errors = result.errors?.flatMap((error) =>
      movedErrors(error, (index) => [missing[index] ?? index]),
    );
    // A malformed response is passed on unchanged.
    if (!received) {
      return missing.length === representations.length
        ? result
        : { ...(errors && { errors }), data: { _entities: null } };
    }
    const maxAgeS = reads.maxAgeS(this.#maxAgeOf(operation));
    const isCacheable = lookup !== null && !errors && !reads.isPrivate && maxAgeS > 0;
    for (const [position, index] of missing.entries()) {
      const entity: unknown = received[position];
      entities[index] = entity;
      const key = keys[index];
      // Serialized now: merging changes the entity later.
      if (!isCacheable || key === undefined || !isData(entity)) continue;
      const { topics } = reads;
      lookup.set(
        key,
        { text: writeEntry({ maxAgeS, text: stringifyExact(entity) }), topics, ageMs: 0 },
        maxAgeS,
      );
    }
    return { ...(errors && { errors }), data: { _entities: entities } };
  }

  #maxAgeOf(operation: SubgraphOperation): number {
    const known = this.#maxAges.get(operation);
    if (known !== undefined) return known;
    const life = operation.isQuery ? this.#policies.ofEntityFetch(operation.query) : 0;
    this.#maxAges.set(operation, life);
    return life;
  }
}

/** A cached entity; null if the store returned something else, which counts as a miss. */
function parsed(text: string): Data | null {
  try {
    const value = parseExact(text);
    return isData(value) ? value : null;
  } catch {
    return null;
  }
}
