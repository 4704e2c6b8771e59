import { rm } from 'node:fs/promises';
import path from 'node:path';
import { removeDrafts } from '@souk/standalone/postgres/cluster';
import { knownClusterDir } from '@souk/standalone/postgres/cluster-location';
import { stopOrphan } from '@souk/standalone/postgres/postmaster';
import { stopLeftoverProcesses } from '@souk/standalone/process-file';

/** Files are removed again while a process that is ending still writes. */
const removal = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;

/** Souk's data in the temporary directory of its supervisor. */
export function dataDirIn(directory: string): string {
  return path.join(directory, 'data');
}

/** The file that Souk's output goes to, in the temporary directory of its supervisor. */
export function outputFileIn(directory: string): string {
  return path.join(directory, 'output.log');
}

/**
 * Ends what a Souk that has ended left running, child processes and PostgreSQL, and removes its temporary directory, with
 * a database that had to be placed outside. Does nothing for what is gone already.
 */
export async function clearUp(directory: string): Promise<void> {
  const dataDir = dataDirIn(directory);
  const cluster = await knownClusterDir(dataDir);
  await stopLeftoverProcesses(dataDir);
  await stopOrphan(cluster);
  await rm(cluster, removal);
  await removeDrafts(cluster);
  await rm(directory, removal);
}
