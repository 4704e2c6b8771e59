import { assertFreshFactor } from '@souk/shared/auth/fresh-factor';
import type { Identity } from '@souk/shared/auth/identity';
import type { EntityManager } from 'typeorm';
import { listMfaMethods } from './second-factor.js';

/**
 * Requires of a caller who has enrolled a second factor that they gave it within the last ten minutes. Callers without
 * one pass.
 * @throws Rejection MFA_REQUIRED
 */
export async function requireFreshFactor(
  manager: EntityManager,
  caller: Pick<Identity, 'userId' | 'mfaAt'>,
  now: Date,
): Promise<void> {
  const methods = await listMfaMethods(manager, caller.userId);
  if (methods.length > 0) assertFreshFactor(caller, now, 'This change requires a fresh second factor.');
}
