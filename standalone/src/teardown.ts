/** Closes opened resources in reverse order, when the program ends or when its start fails. */
export class Teardown {
  readonly #closers: (() => Promise<void>)[] = [];
  #closing: Promise<void> | null = null;

  /** Whether the end has begun. */
  get isClosing(): boolean {
    return this.#closing !== null;
  }

  /** Notes how to close what was just opened. When the end has begun meanwhile it is closed at once. */
  async add(close: () => Promise<void>): Promise<void> {
    if (this.#closing) await close();
    else this.#closers.push(close);
  }

  /**
   * Opens something that takes its time, and notes at once how to close it: an end that comes meanwhile waits for it.
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

  /** Closes all; what fails does not keep the rest open. A second call waits for the first. @throws the first failure */
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
