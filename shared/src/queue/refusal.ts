import { messageOf } from '../errors.js';
import { sqlStateOf } from '../postgres.js';

/** SQLSTATE classes 22 (data exception) and 54 (program limit exceeded). */
const refusingStates = /^(22|54)\w{3}$/;
/** BullMQ's `sizeLimit`, and Redis's limits of one value. */
const refusingMessages = /exceeds the limit|invalid bulk length|string exceeds maximum allowed size/i;

/**
 * Whether an error of a queue concerns the content of a message, so that every further attempt fails too. Errors that may
 * pass are not refusals: a lost connection, a timeout, a full or read-only store.
 */
export function isRefusal(error: unknown): boolean {
  const state = sqlStateOf(error);
  return (state !== null && refusingStates.test(state)) || refusingMessages.test(messageOf(error));
}
