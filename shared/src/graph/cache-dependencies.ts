import type { FormattedExecutionResult } from 'graphql';
import type { Topic } from '../topic.js';

/** Asks a subgraph what its answer was read from. Only a gateway that keeps answers sends it. */
export const cacheDependenciesHeader = 'x-souk-reads';

/** The cache dependencies of an answer, as sent in its extensions. */
export interface CacheDependenciesReport {
  /** Topics of the subgraph's signals: after one about any of them, the answer may be another. */
  topics: string[];
  /** Whether the answer is for this caller and this moment alone. */
  isPrivate: boolean;
}

/** Collects the topics that one request reads, so that its answer can be cached until one of them changes. */
export class CacheDependencies {
  readonly #topics = new Set<Topic>();
  #isPrivate = false;

  /** Notes that the answer is another one after a signal about the topic. */
  add(topic: Topic): void {
    this.#topics.add(topic);
  }

  /** Notes that nobody else may be given the answer: it depends on who asks, or on what sends no signals. */
  markPrivate(): void {
    this.#isPrivate = true;
  }

  report(): CacheDependenciesReport {
    return { topics: [...this.#topics], isPrivate: this.#isPrivate };
  }
}

/** The result with what it was read from, where somebody wants to know. */
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
