import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Whether a database has demo data, and whether they are complete. */
export interface DemoState {
  state: 'none' | 'begun' | 'done';
  /** Records that the demo data are complete. */
  finish(): Promise<void>;
}

/** The database that demo data are for, and whether it gets them. */
export interface DemoRequest {
  /** The server's URL; null for the embedded database. The state of each is recorded apart. */
  databaseUrl: string | null;
  /** `if-new`: for an embedded database that does not exist yet. `if-recorded`: only those that were begun. */
  wanted: 'always' | 'if-new' | 'if-recorded' | 'never';
}

/**
 * Reads the demo state from a data directory, and begins demo data that are wanted. A database that began without demo
 * data gets them only by `always`.
 */
export async function readDemoState(
  dataDir: string,
  { databaseUrl, wanted }: DemoRequest,
): Promise<DemoState> {
  const file = path.join(dataDir, databaseUrl === null ? 'demo' : `demo-${digestOf(databaseUrl)}`);
  let state: DemoState['state'] = wanted === 'never' ? 'none' : await stateOf(file);
  if (state === 'none' && (wanted === 'always' || (wanted === 'if-new' && !(await holdsDatabase(dataDir))))) {
    await write(file, 'begun');
    state = 'begun';
  }
  return { state, finish: () => write(file, 'done') };
}

/** Identifies a server without its credentials. */
function digestOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 12);
}

async function stateOf(file: string): Promise<DemoState['state']> {
  try {
    return (await readFile(file, 'utf8')).trim() === 'done' ? 'done' : 'begun';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
}

async function holdsDatabase(dataDir: string): Promise<boolean> {
  return (await readdir(dataDir)).some((name) => name.startsWith('postgres'));
}

async function write(file: string, state: 'begun' | 'done'): Promise<void> {
  await writeFile(`${file}.new`, `${state}\n`);
  await rename(`${file}.new`, file);
}
