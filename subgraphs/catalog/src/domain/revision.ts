import { Rejection } from '@souk/shared/errors';

/**
 * Returns the rejection of a write that expects another revision than the present one; null if it may go on.
 * `expected` null accepts any.
 */
export function checkRevision(
  what: 'listing' | 'offer',
  current: number,
  expected: number | null | undefined,
  field: readonly string[],
): Rejection | null {
  if (expected === null || expected === undefined || expected === current) return null;
  return new Rejection(
    'STALE_WRITE',
    `The ${what} is at revision ${current}, not ${expected}: read it again.`,
    { field, typename: 'StaleWriteError', details: { currentRevision: current } },
  );
}
