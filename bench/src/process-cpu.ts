import { readFileSync } from 'node:fs';
import { treeOf } from './process-memory.js';

/** The kernel counts in hundredths of a second on every machine that Node runs on. */
const millisecondsPerTick = 10;

/** CPU time of a process, of all that descend from it and of those of them that have ended, in milliseconds. */
export function cpuOfTree(root: number): number {
  return treeOf(root).reduce((total, pid) => total + cpuOf(pid), 0);
}

function cpuOf(pid: number): number {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return 0;
  }
  // After the name, which may hold anything: utime, stime, and those of children that were waited for.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((total, ticks) => total + Number(ticks), 0) * millisecondsPerTick;
}
