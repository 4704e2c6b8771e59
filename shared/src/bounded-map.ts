/** A map with a maximum number of entries: when it is full, a new entry evicts the oldest. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #max: number;

  constructor(max: number) {
    super();
    this.#max = max;
  }

  override set(key: Key, value: Value): this {
    const oldest = this.keys().next();
    if (this.size >= this.#max && !this.has(key) && !oldest.done) this.delete(oldest.value);
    return super.set(key, value);
  }
}
