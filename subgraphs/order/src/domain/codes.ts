import { randomCode } from '@souk/shared/random-code';

/** A short number for people. Two orders may be given the same one: the database refuses the second. */
export function newOrderNumber(): string {
  return `S-${randomCode(8)}`;
}

/** A checkout's id for people and logs. */
export function newTransactionId(): string {
  return `SAGA-${randomCode(12)}`;
}
