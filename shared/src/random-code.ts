import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, which people misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Letters and digits from a secure source, 5 bits each. */
export function randomCode(length: number): string {
  // 32 divides 256: the low five bits of a random byte favour no letter.
  return Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31)).join('');
}
