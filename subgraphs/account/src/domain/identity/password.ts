import { hash, verify } from '@node-rs/argon2';
import type { Options } from '@node-rs/argon2';
import { compare } from 'bcryptjs';
import { Rejection } from '@souk/shared/errors';
import { countCharacters } from '@souk/shared/text';
import { estimatePassword } from './password-strength.js';

/** Minimum and maximum length of a password, in characters. */
export const passwordLength = { min: 10, max: 200 };

/**
 * Minimum zxcvbn score (0 to 4): more than 10^6 guesses. The login throttle allows ten guesses in 15 minutes and
 * argon2id protects a stolen table, so 2 is enough. 3 rejects passwords that users consider strong.
 */
const minScore = 2;

/** Options of argon2id, the library's default algorithm. */
export const hashOptions = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Hash of an unused password. Logins without an account verify it, so that they take the same time. */
export const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$7jMHPrP90NWVVP+n+k3E+A$CaRwvmJFD54E8BABv+s6GXfz6dzRBEX9C5eP6YB+tbE';

/** Hashes a password. Takes 19 MiB and tens of milliseconds: never call it inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), hashOptions);
}

/**
 * Whether a stored hash is not argon2id, or has lower parameters than new hashes: a login replaces it. Hashes of bcrypt
 * come from imported accounts.
 */
export function isOutdatedHash(passwordHash: string): boolean {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(passwordHash);
  if (!found) return true;
  const [memoryCost = 0, timeCost = 0, parallelism = 0] = found.slice(1).map(Number);
  return (
    memoryCost < hashOptions.memoryCost ||
    timeCost < hashOptions.timeCost ||
    parallelism < hashOptions.parallelism
  );
}

/** Whether a password matches a hash of argon2 or bcrypt. Without a hash: false, after the time of argon2id. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  // Longer passwords cannot match. Hashing them would let callers cause unbounded work.
  const fits = countCharacters(password) <= passwordLength.max;
  const hashed = passwordHash ?? dummyHash;
  const matches = await (isBcrypt(hashed)
    ? compare(fits ? password : '', hashed)
    : verify(hashed, fits ? normalize(password) : ''));
  return passwordHash !== null && fits && matches;
}

/** The owner of a password. The password must not be made of these words. */
export interface PasswordOwner {
  email: string;
  names?: readonly string[];
}

/**
 * Validates a new password. Returns null, or a rejection WEAK_PASSWORD with advice. `field` is the path in the input.
 */
export function validatePassword(
  password: string,
  { email, names = [] }: PasswordOwner,
  field: readonly string[],
): Rejection | null {
  const reject = (message: string): Rejection => new Rejection('WEAK_PASSWORD', message, { field });
  const length = countCharacters(password);
  if (length < passwordLength.min || length > passwordLength.max) {
    return reject(`Must have ${passwordLength.min} to ${passwordLength.max} characters.`);
  }
  const [localPart = ''] = email.split('@');
  const { score, advice } = estimatePassword(normalize(password), [email, localPart, ...names]);
  if (score >= minScore) return null;
  return reject(['This password is too easy to guess.', ...advice].join(' '));
}

function isBcrypt(passwordHash: string): boolean {
  return /^\$2[aby]\$/.test(passwordHash);
}

// Different keyboards may produce different code points for the same letters.
function normalize(password: string): string {
  return password.normalize('NFKC');
}
