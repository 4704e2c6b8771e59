import type { Database } from '@souk/shared/db/database';
import { ConfigurationError } from '@souk/shared/env';
import type { Log } from '@souk/shared/log';
import { UserEntity } from '../../entities/user.js';
import { hashPassword, validatePassword } from './password.js';
import { findCredentials, insertUser, createRegistrationMessage } from './user.js';

/** The first administrator, as the environment names him. */
export interface FirstAdministrator {
  email: string;
  password: string;
}

/**
 * Makes the first administrator where there is no account of that e-mail; processes that start together make one.
 * An account that is there is left as it is: its password is its owner's, and somebody who merely registered first
 * must not become an administrator by it.
 * @throws ConfigurationError for a weak password
 */
export async function ensureAdministrator(
  database: Database,
  { email, password }: FirstAdministrator,
  now: Date,
  log: Log,
): Promise<void> {
  const known = await findCredentials(database.reader, email);
  if (known) {
    const user = await database.reader.findOneByOrFail(UserEntity, { id: known.userId });
    if (!user.roles.includes('ADMIN')) log.warn('ADMIN_EMAIL has an account that is no administrator');
    return;
  }
  const problem = validatePassword(password, { email }, []);
  if (problem) throw new ConfigurationError([`ADMIN_PASSWORD: ${problem.message}`]);
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
    if (inserted) outbox.add(createRegistrationMessage(inserted));
    return inserted;
  });
  if (administrator) log.info('the first administrator was made');
}
