import { randomCode } from '../random-code.js';

/** Generates a saga's id for people and logs. */
export function newTransactionId(): string {
  return `SAGA-${randomCode(12)}`;
}
