import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { UserEntity } from '../../entities/user.js';
import { lockAdministrators, lockUser } from '../locks.js';

/**
 * Locks a user whom an administrator changes, and the set of administrators, so that concurrent changes cannot remove
 * the last one. Null for an unknown id.
 */
export async function lockForAdministration(
  manager: EntityManager,
  apiId: string,
): Promise<UserEntity | null> {
  const id = fromApiId('user', apiId);
  if (id === null) return null;
  await lockAdministrators(manager);
  return lockUser(manager, id);
}

/** Whether the user is the only active administrator, without those whose account is being deleted. The caller holds `lockForAdministration`. */
export async function isLastAdministrator(
  manager: EntityManager,
  { id, status, roles }: UserEntity,
): Promise<boolean> {
  if (status !== 'ACTIVE' || !roles.includes('ADMIN')) return false;
  const others: unknown[] = await manager.query(
    `SELECT 1 FROM user_account
     WHERE roles @> ARRAY['ADMIN'] AND status = 'ACTIVE' AND deletion_id IS NULL AND id <> $1 LIMIT 1`,
    [id],
  );
  return others.length === 0;
}

/** The rejection of a change that would leave no active administrator. */
export function lastAdministrator(field: readonly string[] | null = ['userId']): Rejection {
  return new Rejection('LAST_ADMIN', 'This is the only active administrator. Appoint another one first.', {
    field,
  });
}

/** The rejection of an unknown user. */
export function userNotFound(): Rejection {
  return new Rejection('NOT_FOUND', 'User not found.', { field: ['userId'] });
}
