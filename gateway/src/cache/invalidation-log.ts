import { BoundedMap } from '@souk/shared/bounded-map';

const maxTopics = 50_000;

/** The version at which each topic changed last. Bounded: forgotten topics count as changed. */
export class InvalidationLog {
  readonly #last = new BoundedMap<string, number>(maxTopics);
  #now = 0;
  /** Data read at a lower version counts as changed. */
  #floor = 0;

  /** The current version. Data read from now on includes all changes so far. */
  get version(): number {
    return this.#now;
  }

  record(topics: readonly string[]): void {
    this.#now += 1;
    for (const topic of topics) {
      if (this.#last.size >= maxTopics && !this.#last.has(topic)) {
        const [oldest = 0] = this.#last.values();
        this.#floor = Math.max(this.#floor, oldest);
      }
      // Deleted first, so that the map stays sorted by version.
      this.#last.delete(topic);
      this.#last.set(topic, this.#now);
    }
  }

  recordAll(): void {
    this.#now += 1;
    this.#floor = this.#now;
    this.#last.clear();
  }

  /** Whether data that was read at a version and depends on these topics is still current. */
  isCurrent(moment: number, topics: readonly string[]): boolean {
    return moment >= this.#floor && topics.every((topic) => (this.#last.get(topic) ?? 0) <= moment);
  }
}
