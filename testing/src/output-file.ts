import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A file that other processes write. It stays readable after it is removed. */
export class OutputFile {
  readonly #descriptor: number;
  /** The whole text, once it is closed. */
  #text: string | null = null;

  /** @throws if there is no such file */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
  }

  /** The text so far; after `close`, as it was then. */
  read(): string {
    if (this.#text !== null) return this.#text;
    const { size } = fstatSync(this.#descriptor);
    const bytes = Buffer.alloc(size);
    return bytes.toString('utf8', 0, readSync(this.#descriptor, bytes, 0, size, 0));
  }

  /** Keeps the text and closes the file. */
  close(): void {
    if (this.#text !== null) return;
    this.#text = this.read();
    closeSync(this.#descriptor);
  }
}
