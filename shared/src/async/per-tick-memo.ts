/** Computes one value per key within one turn of the event loop, and drops it with the turn. */
export class PerTickMemo<Value> {
  readonly #values = new Map<string, Value>();

  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#values.size === 0) setImmediate(() => this.#values.clear());
    const value = make();
    this.#values.set(key, value);
    return value;
  }

  /** Drops all values. */
  clear(): void {
    this.#values.clear();
  }
}
