import type { CacheDependenciesReport } from '@souk/shared/graph/cache-dependencies';
import { topicOf } from './invalidation-listener.js';

/** Collects the topics that the response to one operation depends on, over all subgraphs. */
export class CacheDependencies {
  readonly #hears: (subgraph: string) => boolean;
  readonly #topics = new Set<string>();
  #isPrivate = false;
  #bornAt = performance.now();

  constructor(hears: (subgraph: string) => boolean) {
    this.#hears = hears;
  }

  /** Adds a subgraph's report, if any. Data is private if it depends on topics that the gateway does not listen to. */
  addReport(subgraph: string, report: CacheDependenciesReport | null): void {
    if (!report) return;
    if (report.isPrivate || (report.topics.length > 0 && !this.#hears(subgraph))) this.#isPrivate = true;
    for (const topic of report.topics) this.#topics.add(topicOf(subgraph, topic));
  }

  /** Adds a cached part. The whole is as old as its oldest part. */
  addCached({ topics, ageMs }: { topics: readonly string[]; ageMs: number }): void {
    for (const topic of topics) this.#topics.add(topic);
    this.#bornAt = Math.min(this.#bornAt, performance.now() - ageMs);
  }

  /** Adds the dependencies of another fetch. */
  add(other: CacheDependencies): void {
    for (const topic of other.#topics) this.#topics.add(topic);
    this.#isPrivate ||= other.#isPrivate;
    this.#bornAt = Math.min(this.#bornAt, other.#bornAt);
  }

  /** Whether the data is for this caller alone. */
  get isPrivate(): boolean {
    return this.#isPrivate;
  }

  get topics(): readonly string[] {
    return [...this.#topics];
  }

  get ageMs(): number {
    return performance.now() - this.#bornAt;
  }
}
