import { Rejection } from '../errors.js';
import type { Identity } from './identity.js';

/** How long a second factor counts as fresh. */
export const freshFactorMs = 10 * 60_000;

/**
 * Requires a second factor that the caller has given within the last ten minutes.
 * @param message names the action that needs it
 * @throws Rejection MFA_REQUIRED
 */
export function assertFreshFactor(
  { mfaAt }: Pick<Identity, 'mfaAt'>,
  now: Date,
  message: string,
  field: readonly string[] | null = null,
): void {
  if (mfaAt !== null && now.getTime() - mfaAt.getTime() <= freshFactorMs) return;
  throw new Rejection('MFA_REQUIRED', `${message} Verify it with elevateSession, then try again.`, { field });
}
