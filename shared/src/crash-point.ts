/**
 * Lines at which a process may die: before and after every commit, every send and every external call, and before a job
 * is acknowledged. No effect in production; a test stops a process at each of them.
 */
export const crashPoints = [
  'before a commit',
  'after a commit',
  'before a send',
  'after a send',
  'before a call to the outside',
  'after a call to the outside',
  'before a job is done',
] as const;

/** One of them. */
export type CrashPoint = (typeof crashPoints)[number];

let visitor: ((point: CrashPoint) => void) | null = null;

/** Marks a crash point. */
export function crashPoint(point: CrashPoint): void {
  visitor?.(point);
}

/** For tests: calls a function at every crash point of this process. */
export function onCrashPoint(visit: (point: CrashPoint) => void): void {
  visitor = visit;
}
