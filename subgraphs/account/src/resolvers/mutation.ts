import type { UserErrorData } from '@souk/shared/graph/user-errors';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';

/** A mutation's payload: what `work` answers, or `refused` with the refusals. What was read before is read anew. */
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
