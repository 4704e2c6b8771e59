/** Keeps what was used last, up to a total weight: clients decide how heavy an entry is. */
export class SizedCache<Value> {
  readonly #maxWeight: number;
  readonly #entries = new Map<string, { value: Value; weight: number }>();
  #weight = 0;

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight;
  }

  /** What all entries weigh. */
  get weight(): number {
    return this.#weight;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value kept under the key, which counts as used now. */
  get(key: string): Value | undefined {
    const known = this.#entries.get(key);
    if (!known) return undefined;
    // A Map keeps the order of insertion: the least recently used stands first.
    this.#entries.delete(key);
    this.#entries.set(key, known);
    return known.value;
  }

  /** The same; it does not count as used. */
  peek(key: string): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Keeps a value; what was used longest ago makes room. One that is heavier than all may be is not kept. */
  set(key: string, value: Value, weight: number): void {
    this.delete(key);
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    this.#makeRoom();
  }

  /** Notes that what is kept under the key has become heavier, or lighter. It does not count as used. */
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

  /** The values, those used last first. */
  latest(): Value[] {
    return [...this.#entries.values()].reverse().map(({ value }) => value);
  }
}
