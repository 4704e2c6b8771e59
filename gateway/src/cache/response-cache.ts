import { stringifyExact } from '../types/exact-json.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import type { KnownOperation } from '../types/operation.js';
import { keyOf } from './cache-key.js';
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
    const key = keyOf([this.#graphId, source, operationName ?? '', stringifyExact(declared), language]);
    const lookup = await this.#cache.get('answer', [key]);
    const [found] = lookup?.entries ?? [];
    if (found) {
      const { ageMs, owner } = found;
      const cache: CacheInfo = { status: 'hit', maxAgeS, ageMs, ...(owner && { owner }) };
      return { data: found.text, errors: [], extensions: null, cache };
    }
    if (!lookup) return { ...(await run(null)), cache: { status: 'bypass', maxAgeS, ageMs: 0 } };
    const reads = new CacheDependencies((subgraph) => this.#cache.listensTo(subgraph));
    const answer = await run(reads);
    if (answer.data === null || answer.errors.length > 0 || answer.extensions || reads.isPrivate)
      return answer;
    const { topics, ageMs } = reads;
    lookup.set(key, { text: answer.data, topics, ageMs }, maxAgeS);
    return { ...answer, cache: { status: 'miss', maxAgeS, ageMs } };
  }

  #maxAgeOf(known: KnownOperation): number {
    const cached = this.#maxAges.get(known);
    if (cached !== undefined) return cached;
    const life = this.#policies.ofOperation(known.document, known.operation);
    this.#maxAges.set(known, life);
    return life;
  }
}
