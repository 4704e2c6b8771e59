/** An LRU cache with a maximum total weight: clients decide how large an entry is. */
export class SizedCache<Value> {
  readonly #maxWeight: number;
  readonly #entries = new Map<string, { value: Value; weight: number }>();
  #weight = 0;

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight;
  }

  /** The weight of all entries. */
  get weight(): number {
    return this.#weight;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value of the key. Marks it as used. */
  get(key: string): Value | undefined {
    const known = this.#entries.get(key);
    if (!known) return undefined;
    // A Map iterates in insertion order: the least recently used entry is first.
    this.#entries.delete(key);
    this.#entries.set(key, known);
    return known.value;
  }

  /** The value of the key, without marking it as used. */
  peek(key: string): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Stores a value and evicts the least recently used. A value heavier than the maximum is not stored. */
  set(key: string, value: Value, weight: number): void {
    this.delete(key);
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    this.#makeRoom();
  }

  /** Changes the weight of an entry, without marking it as used. */
  reweigh(key: string, weight: number): void {
    const known = this.#entries.get(key);
    if (!known) return;
    this.#weight += weight - known.weight;
    known.weight = weight;
    this.#makeRoom();
  }

  #makeRoom(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#maxWeight) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const known = this.#entries.get(key);
    if (!known) return;
    this.#entries.delete(key);
    this.#weight -= known.weight;
  }

  /** The values, most recently used first. */
  latest(): Value[] {
    return [...this.#entries.values()].reverse().map(({ value }) => value);
  }
}
