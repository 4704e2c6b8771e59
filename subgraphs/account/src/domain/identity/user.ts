import type { Role } from '@souk/shared/auth/scopes';
import { accountEvents, accountStates } from '@souk/shared/contracts/account';
import type { Outbox } from '@souk/shared/db/outbox';
import { publishStateChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { madeAt, newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { UserEntity } from '../../entities/user.js';
import { countCharacters } from '@souk/shared/text';
import { lockUser } from '../locks.js';

/** A user to be created; all fields are validated. */
export interface NewUser {
  email: string;
  emailVerified: boolean;
  passwordHash: string;
  firstName: string;
  lastName: string;
  displayName: string;
  locale: string;
  timeZone: string;
  roles: readonly Role[];
}

/** Maximum length of a name, in characters. */
export const maxNameLength = 100;

/** The default display name: first name and initial, "Ada L.", or the first name of a person with one name. */
export function createDisplayName(firstName: string, lastName: string): string {
  const [initial] = lastName;
  if (initial === undefined) return firstName;
  const short = `${firstName} ${initial.toUpperCase()}.`;
  return countCharacters(short) <= maxNameLength ? short : firstName;
}

/** Inserts an account. Null when the e-mail address already has one, also under concurrent inserts. */
export async function insertUser(
  manager: EntityManager,
  user: NewUser,
  now: Date,
): Promise<UserEntity | null> {
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO user_account (id, email, email_verified, password_hash, first_name, last_name, display_name,
       roles, status, locale, time_zone, preferences, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'ACTIVE', $9, $10, '{}', $11)
     ON CONFLICT (lower(email)) DO NOTHING
     RETURNING id`,
    [
      newId(),
      user.email,
      user.emailVerified,
      user.passwordHash,
      user.firstName,
      user.lastName,
      user.displayName,
      user.roles,
      user.locale,
      user.timeZone,
      now,
    ],
  );
  const [inserted] = rows;
  if (inserted) publishStateChange(manager, accountStates.people);
  return inserted ? manager.findOneByOrFail(UserEntity, { id: inserted.id }) : null;
}

/** Publishes that a user has an account, in the inserting transaction. */
export function publishRegistration(outbox: Outbox, { id }: UserEntity): void {
  outbox.publish(accountEvents.usersRegistered, id, { userIds: [id] });
}

/** Display name of deleted users, in every locale. */
export const deletedUserName = 'Deleted user';

/**
 * Placeholder for a user that another subgraph references and that has no account, so that non-null fields still
 * resolve.
 */
export class RemovedUser {
  readonly displayName = deletedUserName;
  readonly avatarUrl = null;

  /** @param id a UUID */
  constructor(readonly id: string) {}

  /** The time in the id, if it is a UUIDv7. */
  get createdAt(): Date {
    const time = madeAt(this.id)?.getTime() ?? 0;
    return new Date(Math.min(time, Date.now()));
  }
}

/** The data that a login verifies. */
export interface Credentials {
  userId: string;
  passwordHash: string;
}

/** Finds credentials by e-mail address, regardless of case. Null for unknown and deleted accounts. */
export async function findCredentials(manager: EntityManager, email: string): Promise<Credentials | null> {
  const rows: Credentials[] = await manager.query(
    `SELECT id AS "userId", password_hash AS "passwordHash" FROM user_account
     WHERE lower(email) = lower($1) AND status <> 'DELETED'`,
    [email],
  );
  return rows[0] ?? null;
}

/** Finds the active account with an e-mail address, regardless of case. */
export async function findActiveByEmail(manager: EntityManager, email: string): Promise<UserEntity | null> {
  return manager
    .createQueryBuilder(UserEntity, 'user')
    .where("lower(user.email) = lower(:email) AND user.status = 'ACTIVE'", { email })
    .getOne();
}

/** The hash of a user's password; null for unknown and deleted accounts. */
export async function findPasswordHash(manager: EntityManager, userId: string): Promise<string | null> {
  const rows: { passwordHash: string }[] = await manager.query(
    `SELECT password_hash AS "passwordHash" FROM user_account WHERE id = $1 AND status <> 'DELETED'`,
    [userId],
  );
  return rows[0]?.passwordHash ?? null;
}

/** Replaces the hash of a password. Returns whether the stored hash was still the previous one. */
export async function replacePasswordHash(
  manager: EntityManager,
  userId: string,
  previous: string,
  next: string,
): Promise<boolean> {
  const [, changed]: [unknown[], number] = await manager.query(
    'UPDATE user_account SET password_hash = $3 WHERE id = $1 AND password_hash = $2',
    [userId, previous, next],
  );
  return changed === 1;
}

/** Sets the hash of a password, whichever it was. The caller has locked the user. */
export async function setPasswordHash(
  manager: EntityManager,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await manager.query('UPDATE user_account SET password_hash = $2 WHERE id = $1', [userId, passwordHash]);
}

/** Locks the caller's row. @throws Rejection NOT_FOUND when the account has been deleted meanwhile */
export async function lockCaller(manager: EntityManager, userId: string): Promise<UserEntity> {
  const user = await lockUser(manager, userId);
  if (!user || user.status === 'DELETED') throw new Rejection('NOT_FOUND', 'Account not found.');
  return user;
}
