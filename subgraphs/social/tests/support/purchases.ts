import { socialCommands } from '@souk/shared/contracts/social';
import { newId } from '@souk/shared/ids';
import type { SubgraphUnderTest, TestUser } from '../../../../tests/support/subgraph.js';

/** A user buys listings (UUIDs) in one order. Returns what undoes the order. */
export async function buy(
  social: SubgraphUnderTest,
  user: TestUser,
  ...listingIds: string[]
): Promise<() => Promise<void>> {
  const purchase = {
    userId: user.userId,
    orderId: newId(),
    orderNumber: 'SK-2026-1',
    total: { amount: 4200, currency: 'EUR' },
    lines: listingIds.map((listingId) => ({
      ...{ listingId, offerId: newId(), title: 'A tour', quantity: 1 },
      fulfilment: 'TOUR_TOKEN' as const,
    })),
  };
  const saga = { sagaId: newId(), step: 'UPDATE_STATS' };
  await social.command(socialCommands.recordPurchase, purchase, saga);
  return async () => {
    await social.command(socialCommands.erasePurchase, purchase, { ...saga, direction: 'undo' });
  };
}
