import { randomBytes } from 'node:crypto';

export type IdPrefix = 'pi' | 'pm' | 'ch' | 're' | 'evt' | 'req' | 'dp';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Bytes from here up would make the alphabet's first letters likelier than the rest. */
const FAIR_LIMIT = 256 - (256 % ALPHABET.length);

/** A string of letters and digits from a secure source. */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < FAIR_LIMIT && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}

/** A new id as Stripe writes them: the type's prefix, an underscore, 24 letters and digits. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${randomText(24)}`;
}
