import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Memory of a tree of processes, in bytes. */
export interface TreeMemory {
  /** Resident sets added up: pages that processes share are counted once for each. */
  rss: number;
  /** Proportional sets added up: each page counted once. Zero where the kernel does not report it. */
  pss: number;
  processes: number;
}

/** Measures a process and all that descend from it, by /proc. @throws where there is no /proc */
export function memoryOfTree(root: number): TreeMemory {
  const pids = treeOf(root);
  return {
    rss: sum(pids, (pid) => kilobytes(`/proc/${pid}/status`, 'VmRSS')),
    pss: sum(pids, (pid) => kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss')),
    processes: pids.length,
  };
}

/** The resident sets of the Node processes of a tree, added up, in bytes: Souk without its database. */
export function memoryOfNode(root: number): number {
  const pids = treeOf(root).filter((pid) => basename(executableOf(pid)) === basename(process.execPath));
  return sum(pids, (pid) => kilobytes(`/proc/${pid}/status`, 'VmRSS'));
}

function executableOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return '';
  }
}

/** A process and all that descend from it. */
export function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = valueIn(`/proc/${pid}/status`, 'PPid');
    if (parent !== null) parents.set(pid, parent);
  }
  const descends = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 0; at = parents.get(at)) {
      if (at === root) return true;
    }
    return false;
  };
  return [...parents.keys()].filter(descends);
}

function sum(pids: readonly number[], of: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + of(pid), 0);
}

function kilobytes(file: string, field: string): number {
  return (valueIn(file, field) ?? 0) * 1024;
}

/** The number of a line such as `VmRSS:  1234 kB`; null where the process, or the line, is gone. */
function valueIn(file: string, field: string): number | null {
  try {
    const match = new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(readFileSync(file, 'utf8'));
    return match ? Number(match[1]) : null;
  } catch {
    return null;
  }
}
