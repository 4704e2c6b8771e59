import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandOf, isAlive, signal, waitUntilGone } from '../process-table.js';

/** The contents of `postmaster.pid` in a data directory. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** Reads postmaster.pid. Null if it is missing or incomplete. */
export async function readPostmaster(clusterDir: string): Promise<Postmaster | null> {
  let text: string;
  try {
    text = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8');
  } catch {
    return null;
  }
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!Number.isInteger(pid)) return null;
  return { pid, port: Number.isInteger(port) ? port : 0, ready: lines[7] === 'ready' };
}

/**
 * Stops a server that a killed Souk left running on the directory. Ignores a pid that now belongs to another program:
 * PostgreSQL replaces such a stale lock itself. The caller must hold the directory's lock.
 * @returns the pid of the server that was stopped, or null.
 */
export async function stopOrphan(clusterDir: string): Promise<number | null> {
  const left = await readPostmaster(clusterDir);
  if (!left || !(await isAlive(left.pid))) return null;
  const command = await commandOf(left.pid);
  if (!command?.includes(`-D ${clusterDir}`)) return null;
  await stopServer(left.pid);
  return left.pid;
}

/**
 * Stops a server: fast shutdown (SIGINT), then immediate shutdown (SIGQUIT; the next start recovers from the log), then
 * SIGKILL.
 */
export async function stopServer(pid: number): Promise<void> {
  for (const [name, patienceMs] of [
    ['SIGINT', 3000],
    ['SIGQUIT', 1000],
    ['SIGKILL', 5000],
  ] as const) {
    signal(pid, name);
    if (await waitUntilGone(pid, patienceMs)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) did not stop.`);
}
