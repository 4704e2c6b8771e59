interface Entry<T> {
  value: T;
  readonly position: number;
}

/** Values by id in the order in which they came, which a change does not alter. */
export class Collection<T> {
  readonly #entries = new Map<string, Entry<T>>();
  #ids: string[] = [];
  /** The position of the first of #ids; it moves when old values are dropped. */
  #first = 0;

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): T | undefined {
    return this.#entries.get(id)?.value;
  }

  set(id: string, value: T): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) {
      entry.value = value;
      return;
    }
    this.#entries.set(id, { value, position: this.#first + this.#ids.length });
    this.#ids.push(id);
  }

  /** All values, oldest first; with `after`, those that came after the value of that id. */
  *oldestFirst(after?: string): Generator<T> {
    const start = after === undefined ? 0 : this.#index(after) + 1;
    for (let index = start; index < this.#ids.length; index += 1) yield this.#at(index);
  }

  /** All values, newest first; with `before`, those that came before the value of that id. */
  *newestFirst(before?: string): Generator<T> {
    const start = before === undefined ? this.#ids.length : this.#index(before);
    for (let index = start - 1; index >= 0; index -= 1) yield this.#at(index);
  }

  /** Drops values from the oldest on, as long as `obsolete` says so, and answers them. */
  dropOldest(obsolete: (value: T) => boolean): string[] {
    let count = 0;
    while (count < this.#ids.length && obsolete(this.#at(count))) count += 1;
    const dropped = this.#ids.slice(0, count);
    if (count === 0) return dropped;
    for (const id of dropped) this.#entries.delete(id);
    this.#ids = this.#ids.slice(count);
    this.#first += count;
    return dropped;
  }

  #index(id: string): number {
    const entry = this.#entries.get(id);
    return entry === undefined ? -1 : entry.position - this.#first;
  }

  #at(index: number): T {
    const entry = this.#entries.get(this.#ids[index] ?? '');
    if (entry === undefined) throw new Error(`No value at ${index}`);
    return entry.value;
  }
}
