import type { UserErrorData } from '@souk/shared/graph/user-errors';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';

/**
 * Runs a mutation. Resolves to the result of `work`, or to `refused` with its rejections as userErrors. Clears the
 * loaders, so that the payload shows the new state.
 */
export async function mutate<Payload extends object, Refused extends object>(
  context: Context,
  refused: Refused,
  work: () => Promise<Payload>,
): Promise<(Payload | Refused) & { userErrors: UserErrorData[] }> {
  try {
    return await withUserErrors(refused, work);
  } finally {
    context.loaders.clearAll();
  }
}
