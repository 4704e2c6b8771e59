import { randomCode } from '@souk/shared/random-code';

/** Generates an order number for people. It may be taken already: the database rejects duplicates. */
export function newOrderNumber(): string {
  return `S-${randomCode(8)}`;
}

/** Generates a saga's id for people and logs. */
export function newTransactionId(): string {
  return `SAGA-${randomCode(12)}`;
}
