/** After this many attempts a delivery is given up. */
export const MAX_ATTEMPTS = 16;

const LONGEST_PAUSE_MS = 60 * 60 * 1000;

/** How long to wait after that many failed attempts, in milliseconds: 1 s, 2 s, 4 s ... at most an hour. */
export function pauseAfter(attempts: number): number {
  return Math.min(1000 * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
}
