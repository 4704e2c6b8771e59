import type { TextSeal } from '@souk/shared/auth/text-seal';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { canonicalLocale } from '@souk/shared/locale';
import type { UserEntity } from '../../entities/user.js';
import { InputCheck } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import { sendEmailVerification } from '../email/verification-email.js';
import type { Transaction } from '../transaction.js';
import { validateLocale, validateTimeZone } from './locale.js';
import { hashPassword, validatePassword } from './password.js';
import type { RegistrationLimit } from './registration-limit.js';
import { countRegistration, assertWithinLimit } from './registration-limit.js';
import type { NewUser } from './user.js';
import { createDisplayName, insertUser, publishRegistration } from './user.js';

/** The input of a registration. */
export interface Registration {
  email: string;
  password: string;
  firstName: string;
  /** Empty for a person with one name. */
  lastName: string;
  displayName?: string | null;
  locale?: string | null;
  timeZone?: string | null;
}

/** The request of a registration. */
export interface RegistrationRequest {
  /** Default of the account's `locale`. */
  locale: string;
  limit: RegistrationLimit;
  /** Seals the token of the e-mail. */
  seal: TextSeal;
  now: Date;
}

/**
 * Creates an account, has the e-mail sent that verifies its address, and runs `then` in the same transaction. Hashes the password before it opens the transaction, so
 * that no connection is held meanwhile.
 * @throws Rejections INVALID and WEAK_PASSWORD, all at once; otherwise TOO_MANY_ATTEMPTS; otherwise EMAIL_TAKEN
 */
export async function register<Result>(
  database: Database,
  registration: Registration,
  { locale, limit, seal, now }: RegistrationRequest,
  then: (transaction: Transaction, user: UserEntity) => Promise<Result>,
): Promise<Result> {
  // The check for a taken e-mail address comes last, after the hash, so that neither other rejections nor the response
  // time reveal whether an address has an account.
  const checked = validateRegistration(registration, locale);
  await assertWithinLimit(database.reader, limit, now);
  const passwordHash = await hashPassword(registration.password);
  return database.transact(async (manager, outbox) => {
    await countRegistration(manager, limit, now);
    const user = await insertUser(manager, { ...checked, passwordHash }, now);
    if (!user) throw emailTaken();
    outbox.actAs(user.id);
    publishRegistration(outbox, user);
    const transaction = { manager, outbox, now };
    await sendEmailVerification(transaction, user, seal);
    return then(transaction, user);
  });
}

function validateRegistration(
  { email, password, ...person }: Registration,
  requestLocale: string,
): Omit<NewUser, 'passwordHash'> {
  const input = new InputCheck(['input']);
  const firstName = input.text('firstName', person.firstName);
  // A person may have one name only.
  const lastName = visibleText(person.lastName) ?? '';
  const displayName = visibleText(person.displayName);
  const locale = validateLocale(input, person.locale ?? canonicalLocale(requestLocale));
  const timeZone = validateTimeZone(input, person.timeZone);
  const names = [firstName, lastName, displayName ?? ''];
  input.add(validatePassword(password, { email, names }, input.path('password')));
  input.throwIfAny();
  return {
    email,
    emailVerified: false,
    firstName,
    lastName,
    displayName: displayName ?? createDisplayName(firstName, lastName),
    locale,
    timeZone,
    roles: ['USER'],
  };
}

function emailTaken(): Rejection {
  return new Rejection('EMAIL_TAKEN', 'This e-mail address already has an account.', {
    field: ['input', 'email'],
  });
}
