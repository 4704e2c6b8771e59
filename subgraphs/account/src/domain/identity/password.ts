import { hash, verify } from '@node-rs/argon2';
import type { Options } from '@node-rs/argon2';
import { Rejection } from '@souk/shared/errors';
import { countCharacters } from '@souk/shared/text';
import { estimatePassword } from './password-strength.js';

/** Characters that a password has at least and at most. */
export const passwordLength = { min: 10, max: 200 };

/**
 * The least score of zxcvbn (0 to 4): more than 10^6 guesses. A guesser has ten tries in a quarter of an hour, and
 * argon2id between them and a stolen table, so 2 is enough; 3 would refuse passwords that people think are good.
 */
const minScore = 2;

/** argon2id, which is the library's default algorithm. */
export const hashOptions = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** The hash of a password that nobody has: where there is no account, this costs the time of one. */
export const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$7jMHPrP90NWVVP+n+k3E+A$CaRwvmJFD54E8BABv+s6GXfz6dzRBEX9C5eP6YB+tbE';

/** Hashes a password. Costs 19 MiB and tens of milliseconds: never inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), hashOptions);
}

/** Whether a password fits a hash; without a hash false, after the same time. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  // Nobody has a password longer than that; hashing whatever is sent would be work for the asking.
  const fits = countCharacters(password) <= passwordLength.max;
  const matches = await verify(passwordHash ?? dummyHash, fits ? normalize(password) : '');
  return passwordHash !== null && fits && matches;
}

/** Whose password it is: words that whoever knows them would try. */
export interface PasswordOwner {
  email: string;
  names?: readonly string[];
}

/** Why a new password is refused (WEAK_PASSWORD), in words; or null. `field` is its path in the input. */
export function validatePassword(
  password: string,
  { email, names = [] }: PasswordOwner,
  field: readonly string[],
): Rejection | null {
  const refuse = (message: string): Rejection => new Rejection('WEAK_PASSWORD', message, { field });
  const length = countCharacters(password);
  if (length < passwordLength.min || length > passwordLength.max) {
    return refuse(`A password has ${passwordLength.min} to ${passwordLength.max} characters.`);
  }
  const [localPart = ''] = email.split('@');
  const { score, advice } = estimatePassword(normalize(password), [email, localPart, ...names]);
  if (score >= minScore) return null;
  return refuse(['The password is too easy to guess.', ...advice].join(' '));
}

// The same letters typed on another keyboard may come as other code points.
function normalize(password: string): string {
  return password.normalize('NFKC');
}
