import { accountEvents } from '@souk/shared/contracts/account';
import type { leavingPerson } from '@souk/shared/contracts/values';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { PartnerEntity } from '../../entities/partner.js';
import { UserEntity } from '../../entities/user.js';
import { isLastAdministrator, lastAdministrator } from '../administration/managed-user.js';
import { lockAdministrators, lockUser } from '../locks.js';
import type { Transaction } from '../transaction.js';

/** A deletion of an account that has begun, now or before. */
export interface DeletionRequest {
  /** UUID of its saga. */
  deletionId: string;
  /** The input of a saga to start; null if it runs already. */
  started: z.infer<typeof leavingPerson> | null;
}

/**
 * Marks an account as being deleted by the saga `deletionId`. From then on its owner cannot start a checkout, register a
 * partner, or count as an administrator. An account that is being deleted already keeps its saga.
 * @param userId UUID; null for a malformed id
 * @param field path of the user in the arguments; null without one
 * @throws Rejection NOT_FOUND, LAST_ADMIN
 */
export async function requestDeletion(
  { manager, outbox }: Pick<Transaction, 'manager' | 'outbox'>,
  userId: string | null,
  deletionId: string,
  field: readonly string[] | null,
): Promise<DeletionRequest> {
  await lockAdministrators(manager);
  const user = userId === null ? null : await lockUser(manager, userId);
  if (!user || user.status === 'DELETED') throw new Rejection('NOT_FOUND', 'User not found.', { field });
  if (user.deletionId !== null) return { deletionId: user.deletionId, started: null };
  if (await isLastAdministrator(manager, user)) throw lastAdministrator(field);
  await manager.update(UserEntity, { id: user.id }, { deletionId });
  const partner = await manager.findOneBy(PartnerEntity, { ownerId: user.id });
  outbox.publish(accountEvents.userDeletionStarted, user.id, { userId: user.id });
  return { deletionId, started: { userId: user.id, partnerId: partner?.id ?? null } };
}

/** Lifts the marks of deletions that were refused: the accounts are as before. */
export async function abandonDeletion(manager: EntityManager, deletionIds: readonly string[]): Promise<void> {
  await manager.query('UPDATE user_account SET deletion_id = NULL WHERE deletion_id = ANY($1)', [
    deletionIds,
  ]);
}
