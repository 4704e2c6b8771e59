import type { UserErrorData } from '@souk/shared/graph/user-errors';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';
import type { Transaction } from '../domain/transaction.js';

/**
 * Runs a mutation. Resolves to the result of `work`, or to `emptyPayload` with the rejections of `work` as userErrors.
 * Clears the loaders, so that the payload shows the new state.
 */
export async function mutate<Payload extends object, Rejected extends object>(
  context: Context,
  emptyPayload: Rejected,
  work: () => Promise<Payload>,
): Promise<(Payload | Rejected) & { userErrors: UserErrorData[] }> {
  try {
    return await withUserErrors(emptyPayload, work);
  } finally {
    context.loaders.clearAll();
  }
}

/** Runs `work` in a transaction that publishes events. */
export function inTransaction<Result>(
  { database, clock }: Context,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.transact((manager, outbox) => work({ manager, outbox, now: clock.now() }));
}
