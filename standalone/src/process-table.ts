import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether a process of this id exists; one that ended and was not yet reaped counts as gone. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!exists(pid)) return false;
  const stat = await statOf(pid);
  // Nothing to read: no /proc (macOS), or it was reaped since the first look.
  return stat === null ? exists(pid) : stat.state !== 'Z';
}

/** The command line of a process, arguments joined by blanks, or null when it cannot be known. */
export async function commandOf(pid: number): Promise<string | null> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
  } catch {
    // Either there is no /proc (macOS) or the process is gone; ps decides.
  }
  try {
    const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { timeout: 2000 });
    return stdout.trim();
  } catch {
    return null;
  }
}

/** Start time in kernel clock ticks; distinguishes a process from a later one with the same id. Null without /proc. */
export async function startTimeOf(pid: number): Promise<string | null> {
  return (await statOf(pid))?.startTime ?? null;
}

/** Waits until the process is gone. Answers false when it is still there after `timeoutMs`. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether the process is alive and the one that started at `startTime`, not a later one with its id. */
export async function isSame(pid: number, startTime: string): Promise<boolean> {
  return (await isAlive(pid)) && (await startTimeOf(pid)) === startTime;
}

/** Ends a process: by request, and by force when it is still there after `patienceMs`. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  signal(pid, 'SIGTERM');
  if (await waitUntilGone(pid, patienceMs)) return;
  signal(pid, 'SIGKILL');
  await waitUntilGone(pid, 1_000);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function statOf(pid: number): Promise<{ state: string; startTime: string } | null> {
  let line: string;
  try {
    line = await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The second field is the command in brackets and may hold blanks and brackets itself.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
}
