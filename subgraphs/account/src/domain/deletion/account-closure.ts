import { accountStates } from '@souk/shared/contracts/account';
import { publishChange, publishStateChange } from '@souk/shared/db/pending-changes';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import type { Cause } from '@souk/shared/event';
import { toApiId } from '@souk/shared/ids';
import { completeWaitingStep } from '@souk/shared/saga/participant';
import { done } from '@souk/shared/saga/handler-result';
import type { EntityManager } from 'typeorm';
import { PartnerEntity } from '../../entities/partner.js';
import { UserEntity } from '../../entities/user.js';
import { lockAdministrators, lockUser } from '../locks.js';
import { suspendPartner } from '../partner/partner-status.js';
import { endAllSessions } from '../session/session.js';
import { partnerTopic, userTopic } from '../topics.js';
import type { Transaction } from '../transaction.js';

/**
 * Closes an account for good: nobody can sign in any more, its sessions end, and its partner no longer sells. Its
 * personal data are erased later.
 * @param cause the request that deletes the account
 */
export async function closeAccount(transaction: Transaction, userId: string, cause: Cause): Promise<void> {
  const { manager, outbox } = transaction;
  await lockAdministrators(manager);
  const user = await lockUser(manager, userId);
  if (!user || user.status === 'DELETED') return;
  const partner = await manager.findOneBy(PartnerEntity, { ownerId: userId });
  if (partner?.status === 'VERIFIED')
    await suspendPartner(transaction, toApiId('partner', partner.id), 'The account was deleted.');
  await manager.update(UserEntity, { id: userId }, { status: 'DELETED', suspensionReason: null });
  await endAllSessions(transaction, userId, 'ACCOUNT_DELETED');
  const action = cause.actorId === userId ? 'DELETE_ACCOUNT' : 'DELETE_USER';
  recordAction(outbox, action, userId, { before: null, after: null }, cause);
  publishStateChange(manager, accountStates.people);
  publishChange(manager, [userTopic(userId), ...(partner ? [partnerTopic(partner.id)] : [])]);
}

/**
 * Time after which no process accepts an access token of a closed account: the bound of five seconds, and a second in
 * which clocks may differ.
 */
export const sessionsEndAfterMs = 6_000;

const sessionsStep = 'AWAIT_SESSIONS';

/** When a deletion that has just closed its account may go on; its step waits until then. */
export function sessionsEndAt(now: Date): string {
  return new Date(now.getTime() + sessionsEndAfterMs).toISOString();
}

/** Deletions that `completeSessionWaits` takes at once. */
const batchSize = 100;

/** Lets deletions go on whose accounts are closed for long enough. Returns how many. */
export async function completeSessionWaits(
  manager: EntityManager,
  outbox: Outbox,
  now: Date,
): Promise<number> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM saga WHERE definition = 'delete-account' AND status = 'WAITING' AND expires_at <= $1
     ORDER BY id LIMIT $2`,
    [now, batchSize],
  );
  for (const { id: sagaId } of rows)
    await completeWaitingStep(manager, outbox, { sagaId, step: sessionsStep }, done);
  return rows.length;
}
