import { LRUCache } from 'lru-cache';

const maxTopics = 50_000;

/** The version at which each topic changed last. Bounded: forgotten topics count as changed. */
export class InvalidationLog {
  readonly #last = new LRUCache<string, number>({
    max: maxTopics,
    dispose: (version, _topic, reason) => {
      if (reason === 'evict') this.#floor = Math.max(this.#floor, version);
    },
  });
  #now = 0;
  /** Data read at a lower version counts as changed. */
  #floor = 0;

  /** The current version. Data read from now on includes all changes so far. */
  get version(): number {
    return this.#now;
  }

  record(topics: readonly string[]): void {
    this.#now += 1;
    for (const topic of topics) this.#last.set(topic, this.#now);
  }

  recordAll(): void {
    this.#now += 1;
    this.#floor = this.#now;
    this.#last.clear();
  }

  /** Whether data that was read at a version and depends on these topics is still current. */
  isCurrent(moment: number, topics: readonly string[]): boolean {
    // `get` would count as a use; the topic with the lowest version must be evicted first.
    return moment >= this.#floor && topics.every((topic) => (this.#last.peek(topic) ?? 0) <= moment);
  }
}
