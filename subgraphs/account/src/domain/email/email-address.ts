import { createHash } from 'node:crypto';

/** Identifies an e-mail address, in upper or lower case, in tables of attempts. The address need not have an account. */
export function hashEmail(email: string): Buffer {
  return createHash('sha256').update(email.toLowerCase()).digest();
}

/** Whether two spellings are one address: accounts are unique regardless of case. */
export function isSameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
