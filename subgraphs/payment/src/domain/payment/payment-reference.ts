import { randomCode } from '@souk/shared/random-code';

const length = 10;

/** A new payment reference, `PAY-` and ten characters from a secure source: 50 bits. */
export function newReference(): string {
  return `PAY-${randomCode(length)}`;
}
