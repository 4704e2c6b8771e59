import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Whether a data directory belongs to the demo, and whether the demo's data are all there. */
export interface DemoState {
  state: 'none' | 'begun' | 'done';
  /** To be called when all of the demo is there. */
  finish(): Promise<void>;
}

/**
 * Reads the directory's mark. One that holds no database yet becomes a demo's, where `wanted`; a directory that
 * began without the demo never gets it.
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
