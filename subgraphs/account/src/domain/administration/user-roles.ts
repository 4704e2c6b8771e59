import type { Role } from '@souk/shared/auth/scopes';
import { roles as allRoles } from '@souk/shared/auth/scopes';
import type { Identity } from '@souk/shared/auth/identity';
import { changedFields } from '@souk/shared/changed-fields';
import { accountEvents } from '@souk/shared/contracts/account';
import { recordAction } from '@souk/shared/db/recorded-action';
import { InputCheck } from '@souk/shared/input-check';
import type { UserEntity } from '../../entities/user.js';
import { requireFreshFactor } from '../factor/fresh-factor.js';
import { alertUser } from '../security-alert.js';
import { endAllSessions } from '../session/session.js';
import type { Transaction } from '../transaction.js';
import {
  isLastAdministrator,
  lastAdministrator,
  lockForAdministration,
  userNotFound,
} from './managed-user.js';

/**
 * Replaces a user's roles. Every user keeps USER. A new role comes with the next access token. A former administrator is
 * signed out, since issued access tokens still have its scopes.
 * @param caller the administrator, who gives a fresh second factor if they have enrolled one
 * @throws Rejections MFA_REQUIRED; otherwise NOT_FOUND (also for a deleted account), INVALID (it adds or removes
 * PARTNER), LAST_ADMIN
 */
export async function setUserRoles(
  transaction: Transaction,
  caller: Identity,
  apiId: string,
  wanted: readonly Role[],
): Promise<UserEntity> {
  const { manager, outbox, now } = transaction;
  await requireFreshFactor(manager, caller, now);
  const user = await lockForAdministration(manager, apiId);
  if (!user || user.status === 'DELETED') throw userNotFound();
  const roles = allRoles.filter((role) => role === 'USER' || wanted.includes(role));
  const input = new InputCheck();
  if (roles.includes('PARTNER') !== user.roles.includes('PARTNER'))
    input.refuse('roles', 'Use verifyPartner and suspendPartner to change the role PARTNER.');
  const losesAdmin = user.roles.includes('ADMIN') && !roles.includes('ADMIN');
  if (losesAdmin && (await isLastAdministrator(manager, user))) input.add(lastAdministrator());
  input.throwIfAny();
  const previousRoles = allRoles.filter((role) => user.roles.includes(role));
  if (changedFields({ roles: previousRoles }, { roles }).length === 0) return user;
  user.roles = roles;
  await manager.save(user);
  if (losesAdmin) await endAllSessions(transaction, user.id, 'ROLES_CHANGED');
  outbox.publish(accountEvents.userRolesChanged, user.id, { userId: user.id, roles, previousRoles });
  alertUser(transaction, user.id, 'ROLES_CHANGED', { subject: roles.join(', ') });
  recordAction(outbox, 'SET_USER_ROLES', user.id, { before: { roles: previousRoles }, after: { roles } });
  return user;
}
