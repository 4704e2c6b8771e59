import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MediaStore, StoredFile } from './media-store.js';

/**
 * Stores files below a directory, which several processes may share. A file appears under its name once it is whole and on
 * disk.
 */
export class DiskStore implements MediaStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  get location(): string {
    return this.#directory;
  }

  async put(key: string, content: Buffer): Promise<void> {
    const file = this.#pathOf(key);
    const temporary = `${file}.${randomUUID()}.part`;
    await mkdir(dirname(file), { recursive: true });
    try {
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async get(key: string): Promise<StoredFile | null> {
    const handle = await open(this.#pathOf(key), 'r').catch(nullIfMissing);
    if (!handle) return null;
    try {
      const { size } = await handle.stat();
      return { size, body: handle.createReadStream() };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    const file = this.#pathOf(key);
    await rm(file, { force: true });
    // Another process may be writing a file of the same folder.
    await rmdir(dirname(file)).catch(() => undefined);
  }

  #pathOf(key: string): string {
    // The first folder keeps directories short: names begin with random digits.
    return join(this.#directory, key.slice(0, 2), key);
  }
}

function nullIfMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
