import type { Role } from '@souk/shared/auth/scopes';
import type { UsersRegistered } from '@souk/shared/contracts/account';
import { Rejection } from '@souk/shared/errors';
import { madeAt, newId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { EntityManager } from 'typeorm';
import { UserEntity } from '../../entities/user.js';
import { countCharacters } from '@souk/shared/text';
import { lockUser } from '../locks.js';

/** A person who is about to get an account; everything is checked already. */
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

/** Characters that a name has at most. */
export const maxNameLength = 100;

/** How somebody is shown who chose no name for it: "Ada L.". */
export function createDisplayName(firstName: string, lastName: string): string {
  const [initial = ''] = lastName;
  const short = `${firstName} ${initial.toUpperCase()}.`;
  return countCharacters(short) <= maxNameLength ? short : firstName;
}

/** Makes an account; null when the e-mail has one already, whoever is at it at the same moment. */
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
  return inserted ? manager.findOneByOrFail(UserEntity, { id: inserted.id }) : null;
}

/** Tells social whom it may let others follow; for the outbox of the transaction that makes the account. */
export function createRegistrationMessage({ id }: UserEntity): Message {
  const body: UsersRegistered = { userIds: [id] };
  return { queue: 'social', name: 'usersRegistered', body };
}

/**
 * Stands for somebody whom another subgraph names and who has no account: what was written of them elsewhere can
 * still be read. They are called so in English, whatever the locale; nothing else is known of them.
 */
export class RemovedUser {
  readonly displayName = 'Deleted user';
  readonly avatarUrl = null;

  /** @param id a UUID */
  constructor(readonly id: string) {}

  /** As far as the id tells it. */
  get createdAt(): Date {
    const made = madeAt(this.id)?.getTime() ?? 0;
    return new Date(Math.min(made, Date.now()));
  }
}

/** What a login needs of an account. */
export interface Credentials {
  userId: string;
  passwordHash: string;
}

/** The credentials of an e-mail, in whatever case it is written; null when nobody can sign in by it. */
export async function findCredentials(manager: EntityManager, email: string): Promise<Credentials | null> {
  const rows: Credentials[] = await manager.query(
    `SELECT id AS "userId", password_hash AS "passwordHash" FROM user_account
     WHERE lower(email) = lower($1) AND status <> 'DELETED'`,
    [email],
  );
  return rows[0] ?? null;
}

/** The caller's own row, locked. @throws Rejection NOT_FOUND when the account is gone meanwhile. */
export async function lockCaller(manager: EntityManager, userId: string): Promise<UserEntity> {
  const user = await lockUser(manager, userId);
  if (!user || user.status === 'DELETED') throw new Rejection('NOT_FOUND', 'This account does not exist.');
  return user;
}
