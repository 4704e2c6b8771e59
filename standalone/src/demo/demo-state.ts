import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Whether a data directory has demo data, and whether they are complete. */
export interface DemoState {
  state: 'none' | 'begun' | 'done';
  /** Records that the demo data are complete. */
  finish(): Promise<void>;
}

/**
 * Reads the demo state of a data directory. With `wanted`, a directory without a database becomes a demo; a directory
 * that began without demo data never gets them.
 */
export async function readDemoState(dataDir: string, wanted: boolean): Promise<DemoState> {
  const file = path.join(dataDir, 'demo');
  let state: DemoState['state'] = await stateOf(file);
  if (state === 'none' && wanted && !(await holdsDatabase(dataDir))) {
    await write(file, 'begun');
    state = 'begun';
  }
  return { state, finish: () => write(file, 'done') };
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
