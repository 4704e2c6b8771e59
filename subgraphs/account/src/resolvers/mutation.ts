import type { UserErrorData } from '@souk/shared/graph/user-errors';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';

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
