import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, isSame, startTimeOf } from './process-table.js';

/** The guard is held for a few file operations. */
const guardPatienceMs = 5_000;

/** Another live process holds the lock. */
export class AlreadyRunning extends Error {
  readonly pid: number;

  constructor(what: string, pid: number) {
    super(`${what} is in use by the running process ${pid}. Stop it first, or choose another DATA_DIR.`);
    this.name = 'AlreadyRunning';
    this.pid = pid;
  }
}

/** A lock held by this process. */
export interface HeldLock {
  release(): Promise<void>;
}

interface Holder {
  pid: number;
  /** Null where the system has no start times; then the pid alone identifies the process. */
  startTime: string | null;
}

/**
 * Acquires the lock file at `path`. Replaces the lock of a dead holder.
 * @param what the locked resource, for the error message
 * @throws AlreadyRunning while the holder is alive
 */
export async function takeLock(path: string, what: string): Promise<HeldLock> {
  const own = `${path}.${randomUUID()}`;
  const content = JSON.stringify({ pid: process.pid, startTime: await startTimeOf(process.pid) });
  await writeFile(own, content, { flag: 'wx' });
  try {
    for (;;) {
      // link() is atomic and never replaces an existing file.
      if (await linked(own, path)) break;
      await clearStale(path, own, what);
    }
  } finally {
    await rm(own, { force: true });
  }
  return {
    release: async () => {
      if ((await contentOf(path)) === content) await rm(path, { force: true });
    },
  };
}

/**
 * Removes the lock of a dead holder. One process at a time checks and removes, so that a slow one cannot remove the new
 * lock of a quick one.
 */
async function clearStale(path: string, own: string, what: string): Promise<void> {
  const guard = `${path}.guard`;
  for (const deadline = Date.now() + guardPatienceMs; !(await linked(own, guard));) {
    const other = await contentOf(guard);
    const holder = other === null ? null : parseHolder(other);
    if (other !== null && !(holder && (await lives(holder)))) await rm(guard, { force: true });
    else if (holder && Date.now() > deadline) throw new AlreadyRunning(what, holder.pid);
    else await sleep(5);
  }
  try {
    const content = await contentOf(path);
    if (content === null) return;
    const holder = parseHolder(content);
    if (holder && (await lives(holder))) throw new AlreadyRunning(what, holder.pid);
    await rm(path);
  } finally {
    await rm(guard, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseHolder(content: string): Holder | null {
  try {
    const value = JSON.parse(content) as Partial<Holder> | null;
    if (typeof value?.pid !== 'number') return null;
    return { pid: value.pid, startTime: value.startTime ?? null };
  } catch {
    return null;
  }
}

async function lives({ pid, startTime }: Holder): Promise<boolean> {
  if (startTime === null || (await startTimeOf(pid)) === null) return isAlive(pid);
  return isSame(pid, startTime);
}
