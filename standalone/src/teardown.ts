/** Closes opened resources in reverse order, when the program ends or when its start fails. */
export class Teardown {
  readonly #closers: (() => Promise<void>)[] = [];
  #closing: Promise<void> | null = null;

  /** Whether the shutdown has begun. */
  get isClosing(): boolean {
    return this.#closing !== null;
  }

  /** Registers a close function. During a shutdown it is called at once. */
  async add(close: () => Promise<void>): Promise<void> {
    if (this.#closing) await close();
    else this.#closers.push(close);
  }

  /**
   * Opens a resource and registers its close function. A shutdown in between waits for the opening and closes it.
   * @throws what `opening` throws
   */
  async open<T>(opening: Promise<T>, close: (opened: T) => Promise<void>): Promise<T> {
    const closeOpened = opening.then(
      (opened) => () => close(opened),
      () => () => Promise.resolve(),
    );
    await this.add(async () => (await closeOpened)());
    return opening;
  }

  /** Closes everything, despite failures. A second call waits for the first. @throws the first failure */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
