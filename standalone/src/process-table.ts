import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether a process with this id exists. A zombie counts as gone. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!exists(pid)) return false;
  const stat = await statOf(pid);
  // There is no /proc (macOS), or the process was reaped in between.
  return stat === null ? exists(pid) : stat.state !== 'Z';
}

/** The command line of a process, arguments joined by spaces; null if unknown. */
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

/** Waits until the process is gone. Returns false if it is still running after `timeoutMs`. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal. Ignores a process that is gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether the process that started at `startTime` is alive. False for a later one with the same id. */
export async function isSame(pid: number, startTime: string): Promise<boolean> {
  return (await isAlive(pid)) && (await startTimeOf(pid)) === startTime;
}

/** Sends SIGTERM, and SIGKILL after `patienceMs`. */
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
    // EPERM: it exists and belongs to another user.
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
  // The second field is the command in brackets; it may contain spaces and brackets.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
}
