/** Keeps what was used last, up to a total weight: clients decide how heavy an entry is. */
export class WeighedCache<Value> {
  readonly #maxWeight: number;
  readonly #entries = new Map<string, { value: Value; weight: number }>();
  #weight = 0;

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight;
  }

  /** The value kept under the key, or what `make` makes. */
  get(key: string, weight: number, make: () => Value): Value {
    const known = this.#entries.get(key);
    if (known) {
      // A Map keeps the order of insertion: the least recently used stands first.
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value;
    }
    const value = make();
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#maxWeight) break;
      this.#entries.delete(oldest);
      this.#weight -= entry.weight;
    }
    return value;
  }
}
