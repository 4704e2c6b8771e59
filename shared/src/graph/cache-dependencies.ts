import type { FormattedExecutionResult } from 'graphql';
import type { Topic } from '../topic.js';

/** Requests the cache dependencies of a subgraph's answer. Sent only by a gateway that caches answers. */
export const cacheDependenciesHeader = 'x-souk-reads';

/** The cache dependencies of an answer, as sent in its extensions. */
export interface CacheDependenciesReport {
  /** Topics of the subgraph: after a notification about one of them the answer may differ. */
  topics: string[];
  /** Whether the answer must not be cached. */
  isPrivate: boolean;
}

/** Collects the topics that one request reads, so that its answer can be cached until one of them changes. */
export class CacheDependencies {
  readonly #topics = new Set<Topic>();
  #isPrivate = false;

  /** Adds a topic whose change changes the answer. */
  add(topic: Topic): void {
    this.#topics.add(topic);
  }

  /** Marks the answer as not cacheable: it depends on the caller, or on data without notifications. */
  markPrivate(): void {
    this.#isPrivate = true;
  }

  report(): CacheDependenciesReport {
    return { topics: [...this.#topics], isPrivate: this.#isPrivate };
  }
}

/** Adds the cache dependencies to a result if the caller requested them. */
export function withCacheDependencies(
  result: FormattedExecutionResult,
  reads: CacheDependencies | null,
): FormattedExecutionResult {
  return reads ? { ...result, extensions: { ...result.extensions, reads: reads.report() } } : result;
}

/** Reads the cache dependencies of a subgraph's answer; null where it sends none. */
export function cacheDependenciesOf({
  extensions,
}: FormattedExecutionResult): CacheDependenciesReport | null {
  const { topics, isPrivate } = (extensions?.['reads'] ?? {}) as Partial<CacheDependenciesReport>;
  if (!Array.isArray(topics) || typeof isPrivate !== 'boolean') return null;
  return { topics: topics.filter((topic) => typeof topic === 'string'), isPrivate };
}
