import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
} from 'node:fs';
import { openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { RECORD_KINDS } from './records.js';
import type { Change } from './records.js';

const FILE_NAME = 'journal.jsonl';
const HEADER = JSON.stringify({ journal: 'souk-stripe-simulator', version: 1 });
const BATCH_CHARACTERS = 1 << 20;

/**
 * The append-only file that state is rebuilt from: after a header, one JSON line for each step, holding all
 * its changes, so that a step is remembered whole or not at all. A line is with the operating system before
 * `append` returns and survives the process; losing power may cost the last lines.
 */
export class Journal {
  readonly #file: number;
  #size: number;
  #broken = false;

  private constructor(file: number) {
    this.#file = file;
    this.#size = fstatSync(file).size;
  }

  /** The steps that a directory's journal holds, oldest first; none where there is no journal. */
  static async *read(directory: string, log: (line: string) => void): AsyncGenerator<Change[]> {
    const path = join(directory, FILE_NAME);
    if (!existsSync(path)) return;
    let number = 0;
    let damaged: number | null = null;
    const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
    for await (const line of lines) {
      number += 1;
      if (damaged !== null) throw new Error(`${path}: line ${damaged} is damaged and not the last one`);
      if (number === 1 && line === HEADER) continue;
      const step = parseStep(line);
      if (step === null) damaged = number;
      else yield step;
    }
    if (damaged === null) return;
    if (damaged === 1) throw new Error(`${path} is not a journal of this version`);
    log(`Left out line ${damaged} of the journal: it was torn when the process died`);
  }

  /** Writes a new journal that holds just `steps` in place of the present one, and opens it. */
  static compact(directory: string, steps: Iterable<readonly Change[]>): Journal {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, FILE_NAME);
    const draft = `${path}.new`;
    const file = openSync(draft, 'w', 0o600);
    try {
      let batch = `${HEADER}\n`;
      for (const step of steps) {
        batch += `${JSON.stringify(step)}\n`;
        if (batch.length < BATCH_CHARACTERS) continue;
        writeWhole(file, batch);
        batch = '';
      }
      writeWhole(file, batch);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    syncDirectory(directory);
    return new Journal(openSync(path, 'a', 0o600));
  }

  /** Adds one step. When it throws, the step is not in the file. */
  append(changes: readonly Change[]): void {
    if (this.#broken) throw new Error('The journal cannot be written any more');
    try {
      this.#size += writeWhole(this.#file, `${JSON.stringify(changes)}\n`);
    } catch (error) {
      this.#cutBack();
      throw error;
    }
  }

  close(): void {
    this.#broken = true;
    closeSync(this.#file);
  }

  /** Takes a half-written line away again, lest the next one be joined to it. */
  #cutBack(): void {
    try {
      ftruncateSync(this.#file, this.#size);
    } catch {
      this.#broken = true;
    }
  }
}

function parseStep(line: string): Change[] | null {
  try {
    const step: unknown = JSON.parse(line);
    return Array.isArray(step) && step.every(isChange) ? step : null;
  } catch {
    return null;
  }
}

function isChange(value: unknown): value is Change {
  if (!Array.isArray(value)) return false;
  const [kind, record] = value as unknown[];
  return (
    RECORD_KINDS.some((known) => known === kind) &&
    typeof record === 'object' &&
    record !== null &&
    typeof (record as { id?: unknown }).id === 'string'
  );
}

/** Writes all of the text, however many calls that takes, and answers its length in bytes. */
function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return bytes.length;
}

/** Makes the rename durable; some file systems cannot sync a directory and need not. */
function syncDirectory(directory: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(directory, 'r');
    fsyncSync(handle);
  } catch {
    // The rename itself has succeeded.
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
