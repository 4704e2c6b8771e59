import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endProcess, isSame, startTimeOf } from './process-table.js';

/** A process as it is remembered on disk: the start time tells it from a later one with its id. */
interface RememberedProcess {
  name: string;
  pid: number;
  startTime: string | null;
}

const patienceMs = 3_000;

function fileOf(dataDir: string): string {
  return path.join(dataDir, 'processes.json');
}

/** Writes down which processes belong to the Souk of a data directory, so that the next start can end them. */
export async function recordProcesses(
  dataDir: string,
  processes: readonly { name: string; pid: number }[],
): Promise<void> {
  const remembered: RememberedProcess[] = [];
  for (const { name, pid } of processes) remembered.push({ name, pid, startTime: await startTimeOf(pid) });
  const file = fileOf(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(remembered));
  await rename(`${file}.new`, file);
}

/**
 * Ends what still runs of a Souk whose launcher was killed. To be called by who holds the directory's lock.
 * @returns their names
 */
export async function stopLeftoverProcesses(dataDir: string): Promise<string[]> {
  const alive: RememberedProcess[] = [];
  for (const remembered of await read(dataDir)) {
    if (remembered.startTime !== null && (await isSame(remembered.pid, remembered.startTime))) {
      alive.push(remembered);
    }
  }
  await Promise.all(alive.map(({ pid }) => endProcess(pid, patienceMs)));
  return alive.map(({ name }) => name);
}

async function read(dataDir: string): Promise<RememberedProcess[]> {
  try {
    return JSON.parse(await readFile(fileOf(dataDir), 'utf8')) as RememberedProcess[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
