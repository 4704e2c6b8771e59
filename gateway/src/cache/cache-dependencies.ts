import type { CacheDependenciesReport } from '@souk/shared/graph/cache-dependencies';
import type { CacheRestriction, Freshness } from '../types/freshness.js';
import { restrictions } from '../types/freshness.js';
import { topicOf } from './invalidation-listener.js';

/** Collects what the response to one operation depends on, over all subgraphs: topics, and how long they are fresh. */
export class CacheDependencies {
  readonly #hears: (subgraph: string) => boolean;
  readonly #topics = new Set<string>();
  #isPrivate = false;
  #bornAt = performance.now();
  /** When the first part is no longer fresh, by `performance.now()`. */
  #endsAt = Infinity;
  #restriction: CacheRestriction | null = null;

  constructor(hears: (subgraph: string) => boolean) {
    this.#hears = hears;
  }

  /** Adds a subgraph's report, if any. Data is private if it depends on topics that the gateway does not listen to. */
  addReport(subgraph: string, report: CacheDependenciesReport | null): void {
    if (!report) return;
    if (report.isPrivate || (report.topics.length > 0 && !this.#hears(subgraph))) this.#isPrivate = true;
    for (const topic of report.topics) this.#topics.add(topicOf(subgraph, topic));
  }

  /**
   * Adds what the headers of a subgraph's response say. Without a word of the subgraph, data that was read with an
   * Authorization is private (RFC 9111, 3.5).
   * @param isReported whether the subgraph has reported what the data depends on
   */
  addFreshness(
    freshness: Freshness | null,
    { isAuthorized, isReported }: { isAuthorized: boolean; isReported: boolean },
  ): void {
    if (isAuthorized && !isReported && freshness?.isShared !== true) this.#isPrivate = true;
    if (!freshness) return;
    if (freshness.restriction !== null) this.#restrict(freshness.restriction);
    if (freshness.maxAgeS !== null) {
      this.#endsAt = Math.min(this.#endsAt, performance.now() + 1_000 * freshness.maxAgeS);
    }
  }

  /** Adds a cached part of `maxAgeS`. The whole is as old as its oldest part, and fresh as long as each of them. */
  addCached({ topics, ageMs, maxAgeS }: { topics: readonly string[]; ageMs: number; maxAgeS: number }): void {
    for (const topic of topics) this.#topics.add(topic);
    const bornAt = performance.now() - ageMs;
    this.#bornAt = Math.min(this.#bornAt, bornAt);
    this.#endsAt = Math.min(this.#endsAt, bornAt + 1_000 * maxAgeS);
  }

  /** Adds the dependencies of another fetch. */
  add(other: CacheDependencies): void {
    for (const topic of other.#topics) this.#topics.add(topic);
    this.#isPrivate ||= other.#isPrivate;
    this.#bornAt = Math.min(this.#bornAt, other.#bornAt);
    this.#endsAt = Math.min(this.#endsAt, other.#endsAt);
    if (other.#restriction !== null) this.#restrict(other.#restriction);
  }

  /** Whether the data is for this caller alone. */
  get isPrivate(): boolean {
    return this.#isPrivate || this.#restriction !== null;
  }

  /** The strongest directive by which a subgraph has the data kept by nobody else; null without one. */
  get restriction(): CacheRestriction | null {
    return this.#restriction;
  }

  /** The seconds from the data's birth for which it is fresh, at most those of the schema. */
  maxAgeS(bySchema: number): number {
    if (this.#endsAt === Infinity) return bySchema;
    return Math.max(0, Math.min(bySchema, Math.floor((this.#endsAt - this.#bornAt) / 1_000)));
  }

  get topics(): readonly string[] {
    return [...this.#topics];
  }

  get ageMs(): number {
    return performance.now() - this.#bornAt;
  }

  #restrict(restriction: CacheRestriction): void {
    const strongest = Math.max(
      restrictions.indexOf(restriction),
      this.#restriction === null ? 0 : restrictions.indexOf(this.#restriction),
    );
    this.#restriction = restrictions[strongest] ?? restriction;
  }
}
