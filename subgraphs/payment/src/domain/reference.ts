import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that people read it out without mistakes. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 10;

/** A new payment reference, `PAY-` and ten characters from a secure source: 50 bits. */
export function newReference(): string {
  return `PAY-${Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
}
