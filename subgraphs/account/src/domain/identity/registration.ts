import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { UserEntity } from '../../entities/user.js';
import { InputCheck, visibleText } from '../input-check.js';
import { canonicalLocale, validateLocale, validateTimeZone } from './locale.js';
import { hashPassword, validatePassword } from './password.js';
import type { RegistrationLimit } from './registration-limit.js';
import { countRegistration, assertWithinLimit } from './registration-limit.js';
import type { NewUser } from './user.js';
import { createDisplayName, insertUser, createRegistrationMessage } from './user.js';

/** What somebody gives to get an account. */
export interface Registration {
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  displayName?: string | null;
  locale?: string | null;
  timeZone?: string | null;
}

/**
 * Makes an account and, in the same transaction, what `then` makes with it. Opens its own transaction: the password
 * is hashed before, while no connection is held. `requestLocale` stands in for a locale that is not given.
 * @throws Rejections of all that is refused: INVALID, WEAK_PASSWORD; else TOO_MANY_ATTEMPTS; EMAIL_TAKEN where nothing else is
 */
export async function register<Result>(
  database: Database,
  registration: Registration,
  requestLocale: string,
  limit: RegistrationLimit,
  now: Date,
  then: (manager: EntityManager, user: UserEntity) => Promise<Result>,
): Promise<Result> {
  // Whether the e-mail is taken is found out last, and after the hash: what else is refused, and the time it takes, is the
  // same for a free one.
  const checked = validateRegistration(registration, requestLocale);
  await assertWithinLimit(database.reader, limit, now);
  const passwordHash = await hashPassword(registration.password);
  return database.transact(async (manager, outbox) => {
    await countRegistration(manager, limit, now);
    const user = await insertUser(manager, { ...checked, passwordHash }, now);
    if (!user) throw emailTaken();
    outbox.add(createRegistrationMessage(user));
    return then(manager, user);
  });
}

function validateRegistration(
  { email, password, ...person }: Registration,
  requestLocale: string,
): Omit<NewUser, 'passwordHash'> {
  const input = new InputCheck('input');
  const firstName = input.text('firstName', person.firstName);
  const lastName = input.text('lastName', person.lastName);
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
  return new Rejection('EMAIL_TAKEN', 'This e-mail address has an account already.', {
    field: ['input', 'email'],
  });
}
