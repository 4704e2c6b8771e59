/** A map that holds so many entries at most: where it is full, the one that was set first makes room for the next. */
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
