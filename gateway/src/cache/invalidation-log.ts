import { BoundedMap } from '@souk/shared/bounded-map';

const maxTopics = 50_000;

/** When topics changed last, counted in changes. Bounded: of what is forgotten it says that it has changed. */
export class InvalidationLog {
  readonly #last = new BoundedMap<string, number>(maxTopics);
  #now = 0;
  /** What was read before it may have changed in any way. */
  #floor = 0;

  /** The present moment: what is read from now on knows of all changes so far. */
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
      // Deleted first: what changed last stands last.
      this.#last.delete(topic);
      this.#last.set(topic, this.#now);
    }
  }

  recordAll(): void {
    this.#now += 1;
    this.#floor = this.#now;
    this.#last.clear();
  }

  /** Whether what was read at a moment and depends on these topics is still so. */
  isCurrent(moment: number, topics: readonly string[]): boolean {
    return moment >= this.#floor && topics.every((topic) => (this.#last.get(topic) ?? 0) <= moment);
  }
}
