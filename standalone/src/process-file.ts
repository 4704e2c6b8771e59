import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endProcess, isSame, startTimeOf } from './process-table.js';

/** A process as stored on disk. The start time distinguishes it from a later process with the same id. */
interface StoredProcess {
  name: string;
  pid: number;
  startTime: string | null;
}

const patienceMs = 3_000;

function fileOf(dataDir: string): string {
  return path.join(dataDir, 'processes.json');
}

/** Stores the processes of a data directory, so that the next start can stop leftovers. */
export async function recordProcesses(
  dataDir: string,
  processes: readonly { name: string; pid: number }[],
): Promise<void> {
  const stored: StoredProcess[] = [];
  for (const { name, pid } of processes) stored.push({ name, pid, startTime: await startTimeOf(pid) });
  const file = fileOf(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(stored));
  await rename(`${file}.new`, file);
}

/**
 * Stops processes that outlived a killed launcher. The caller must hold the directory's lock.
 * @returns their names
 */
export async function stopLeftoverProcesses(dataDir: string): Promise<string[]> {
  const alive: StoredProcess[] = [];
  for (const stored of await read(dataDir)) {
    if (stored.startTime !== null && (await isSame(stored.pid, stored.startTime))) {
      alive.push(stored);
    }
  }
  await Promise.all(alive.map(({ pid }) => endProcess(pid, patienceMs)));
  return alive.map(({ name }) => name);
}

async function read(dataDir: string): Promise<StoredProcess[]> {
  try {
    return JSON.parse(await readFile(fileOf(dataDir), 'utf8')) as StoredProcess[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
