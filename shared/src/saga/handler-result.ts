import type { Rejection, RejectionData } from '../errors.js';

/** The result of a command without output. */
export const done = { kind: 'done', output: {} } as const;

/** Returns the result of a rejected command. */
export function rejected(rejection: Rejection): { kind: 'rejected'; rejection: RejectionData } {
  return { kind: 'rejected', rejection: rejection.toData() };
}
