import { stringifyExact } from '../types/exact-json.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import type { KnownOperation } from '../types/operation.js';
import { keyOf } from './cache-key.js';
import { entryVersion, readEntry, writeEntry } from './cached-entry.js';
import type { CachePolicies } from './cache-policy.js';
import type { ReadCache } from './read-cache.js';
import { CacheDependencies } from './cache-dependencies.js';
import type { CacheInfo } from '../types/graphql-response.js';

/** Caches the whole public responses of one supergraph. */
export class ResponseCache {
  readonly #cache: ReadCache;
  readonly #policies: CachePolicies;
  readonly #graphId: string;
  readonly #maxAges = new WeakMap<KnownOperation, number>();

  constructor(cache: ReadCache, policies: CachePolicies, graphId: string) {
    this.#cache = cache;
    this.#policies = policies;
    this.#graphId = graphId;
  }

  /** Whether the operation selects public data only. */
  isPublic(known: KnownOperation): boolean {
    return this.#maxAgeOf(known) > 0;
  }

  /**
   * Answers a public query of an anonymous caller from the cache, or from `run`. Complete responses are cached.
   */
  async answer(
    known: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
    language: string,
    run: (reads: CacheDependencies | null) => Promise<GraphQLResponse>,
  ): Promise<GraphQLResponse> {
    const maxAgeS = this.#maxAgeOf(known);
    const { source, operationName, operation } = known;
    // Undeclared variables have no effect.
    const declared = (operation.variableDefinitions ?? []).map(({ variable }) => {
      const name = variable.name.value;
      return Object.hasOwn(variables, name) ? [variables[name]] : [];
    });
    const question = [source, operationName ?? '', stringifyExact(declared), language];
    const key = keyOf([entryVersion, this.#graphId, ...question]);
    const lookup = await this.#cache.get('answer', [key]);
    const [found] = lookup?.entries ?? [];
    const entry = found ? readEntry(found.text) : null;
    if (found && entry) {
      const { ageMs, owner } = found;
      const cache: CacheInfo = { status: 'hit', maxAgeS: entry.maxAgeS, ageMs, ...(owner && { owner }) };
      return { data: entry.text, errors: [], extensions: null, cache };
    }
    if (!lookup) return { ...(await run(null)), cache: { status: 'bypass', maxAgeS, ageMs: 0 } };
    const reads = new CacheDependencies((subgraph) => this.#cache.listensTo(subgraph));
    const answer = await run(reads);
    const { topics, ageMs, restriction } = reads;
    const freshS = reads.maxAgeS(maxAgeS);
    if (restriction !== null) {
      return { ...answer, cache: { status: 'restricted', restriction, maxAgeS: freshS, ageMs } };
    }
    if (answer.data === null || answer.errors.length > 0 || answer.extensions || reads.isPrivate)
      return answer;
    if (freshS > 0)
      lookup.set(key, { text: writeEntry({ maxAgeS: freshS, text: answer.data }), topics, ageMs }, freshS);
    return { ...answer, cache: { status: 'miss', maxAgeS: freshS, ageMs } };
  }

  #maxAgeOf(known: KnownOperation): number {
    const cached = this.#maxAges.get(known);
    if (cached !== undefined) return cached;
    const life = this.#policies.ofOperation(known.document, known.operation);
    this.#maxAges.set(known, life);
    return life;
  }
}
