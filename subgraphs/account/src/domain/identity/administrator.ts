import type { Database } from '@souk/shared/db/database';
import { ConfigurationError } from '@souk/shared/env';
import type { Log } from '@souk/shared/log';
import type { Queryable } from '@souk/shared/postgres';
import { UserEntity } from '../../entities/user.js';
import { hashPassword, validatePassword } from './password.js';
import { findCredentials, insertUser, publishRegistration } from './user.js';

/** The first administrator, from the environment. */
export interface FirstAdministrator {
  email: string;
  password: string;
}

/**
 * Creates the first administrator unless the e-mail address has an account. Processes that start at the same moment
 * create one account. An existing account is not changed: otherwise a stranger who registers the address first would
 * become an administrator.
 * @throws ConfigurationError for a weak password
 */
export async function ensureAdministrator(
  database: Database,
  { email, password }: FirstAdministrator,
  now: Date,
  log: Log,
): Promise<void> {
  const existing = await findCredentials(database.reader, email);
  if (existing) {
    const user = await database.reader.findOneByOrFail(UserEntity, { id: existing.userId });
    if (!user.roles.includes('ADMIN')) log.warn('ADMIN_EMAIL belongs to an account without the role ADMIN');
    return;
  }
  const rejection = validatePassword(password, { email }, []);
  if (rejection) throw new ConfigurationError([`ADMIN_PASSWORD: ${rejection.message}`]);
  const passwordHash = await hashPassword(password);
  const administrator = await database.transact(async (manager, outbox) => {
    const inserted = await insertUser(
      manager,
      {
        email,
        emailVerified: true,
        passwordHash,
        firstName: 'Souk',
        lastName: 'Administrator',
        displayName: 'Administrator',
        locale: 'en',
        timeZone: 'UTC',
        roles: ['USER', 'ADMIN'],
      },
      now,
    );
    if (inserted) publishRegistration(outbox, inserted);
    return inserted;
  });
  if (administrator) log.info('created the first administrator');
}

/** UUIDs of active administrators, who verify partners, without those whose account is being deleted: the oldest first. */
export async function findReviewers(database: Queryable, limit: number): Promise<string[]> {
  const rows = await database.query<{ id: string }[]>(
    `SELECT id FROM user_account
     WHERE roles @> ARRAY['ADMIN'] AND status = 'ACTIVE' AND deletion_id IS NULL ORDER BY id LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** Whether any user is an administrator, and whether the user of an e-mail address is one. */
export async function findAdministrators(
  database: Queryable,
  email: string | null,
): Promise<{ exists: boolean; includesEmail: boolean }> {
  const [row] = await database.query<{ exists: boolean; includes_email: boolean }[]>(
    `SELECT count(*) > 0 AS exists, coalesce(bool_or(lower(email) = lower($1)), false) AS includes_email
     FROM user_account WHERE 'ADMIN' = ANY(roles) AND status = 'ACTIVE'`,
    [email],
  );
  return { exists: row?.exists ?? false, includesEmail: row?.includes_email ?? false };
}
