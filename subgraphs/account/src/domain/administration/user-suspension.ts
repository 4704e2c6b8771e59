import { accountEvents, accountStates } from '@souk/shared/contracts/account';
import { publishStateChange } from '@souk/shared/db/pending-changes';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import { PartnerEntity } from '../../entities/partner.js';
import { UserEntity } from '../../entities/user.js';
import { suspendPartner } from '../partner/partner-status.js';
import { revokeEmailTokens } from '../email/email-token.js';
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
 * Suspends an account: its sessions end, and its partner can no longer sell.
 * @throws Rejections INVALID (no reason), NOT_FOUND, CONFLICT (not ACTIVE), LAST_ADMIN
 */
export async function suspendUser(
  transaction: Transaction,
  apiId: string,
  reason: string,
): Promise<UserEntity> {
  const { manager, outbox } = transaction;
  const input = new InputCheck();
  const suspensionReason = input.text('reason', reason);
  const user = (await lockForAdministration(manager, apiId)) ?? input.throwWith(userNotFound());
  if (user.status !== 'ACTIVE') input.add(wrongStatus('suspended', user));
  else if (await isLastAdministrator(manager, user)) input.add(lastAdministrator());
  input.throwIfAny();
  await manager.update(UserEntity, { id: user.id }, { status: 'SUSPENDED', suspensionReason });
  const partner = await manager.findOneBy(PartnerEntity, { ownerId: user.id, status: 'VERIFIED' });
  if (partner) await suspendPartner(transaction, toApiId('partner', partner.id), suspensionReason);
  await revokeEmailTokens(manager, user.id);
  await endAllSessions(transaction, user.id, 'ACCOUNT_SUSPENDED');
  publishStateChange(manager, accountStates.people);
  outbox.publish(accountEvents.userSuspended, user.id, { userId: user.id, reason: suspensionReason });
  alertUser(transaction, user.id, 'ACCOUNT_SUSPENDED', { subject: suspensionReason });
  recordAction(outbox, 'SUSPEND_USER', user.id, {
    before: { status: user.status },
    after: { status: 'SUSPENDED', reason: suspensionReason },
  });
  return manager.findOneByOrFail(UserEntity, { id: user.id });
}

/**
 * Reactivates a suspended account. Its partner stays suspended until `verifyPartner`.
 * @throws Rejections NOT_FOUND, CONFLICT (not SUSPENDED)
 */
export async function reactivateUser(transaction: Transaction, apiId: string): Promise<UserEntity> {
  const { manager, outbox } = transaction;
  const user = await lockForAdministration(manager, apiId);
  if (!user) throw userNotFound();
  if (user.status !== 'SUSPENDED') throw wrongStatus('reactivated', user);
  await manager.update(UserEntity, { id: user.id }, { status: 'ACTIVE', suspensionReason: null });
  publishStateChange(manager, accountStates.people);
  outbox.publish(accountEvents.userReactivated, user.id, { userId: user.id });
  alertUser(transaction, user.id, 'ACCOUNT_REACTIVATED');
  recordAction(outbox, 'REACTIVATE_USER', user.id, {
    before: { status: user.status, reason: user.suspensionReason },
    after: { status: 'ACTIVE', reason: null },
  });
  return manager.findOneByOrFail(UserEntity, { id: user.id });
}

function wrongStatus(change: string, { status }: UserEntity): Rejection {
  return new Rejection('CONFLICT', `An account that is ${status} cannot be ${change}.`, {
    field: ['userId'],
  });
}
