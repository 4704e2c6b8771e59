import { randomCode } from '@souk/shared/random-code';

/** Generates an order number for people. It may be taken already: the database rejects duplicates. */
export function newOrderNumber(): string {
  return `S-${randomCode(8)}`;
}
