import { withUserErrors } from '@souk/shared/graph/user-errors';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { Context } from '../context.js';
import { forgetReads } from '../context.js';
import { requireVerifiedSeller } from '../domain/permissions.js';
import type { SellerTransaction } from '../domain/seller-transaction.js';

/**
 * Runs a seller's mutation: `work` in one transaction, then `payload` reads the result. Rejections are
 * returned with the fields of `refused`.
 */
export async function runSellerMutation<Written, Payload extends object, Refused extends object>(
  context: Context,
  refused: Refused,
  work: (transaction: SellerTransaction) => Promise<Written>,
  payload: (written: Written) => Promise<Payload>,
): Promise<(Payload | Refused) & { userErrors: UserErrorData[] }> {
  return withUserErrors(refused, async () => {
    const written = await context.database.transact(async (manager, outbox) =>
      work({ manager, outbox, seller: await requireVerifiedSeller(manager, context.identity) }),
    );
    forgetReads(context);
    return payload(written);
  });
}
