import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { ExternalHandler } from '@souk/shared/saga/handler';
import type { CancelledPayment } from '../domain/cancellation.js';
import { paymentToRefund, refundAtProvider, settleCancellation } from '../domain/cancellation.js';
import type { CardDesk } from '../domain/card-desk.js';
import type { CardRefund } from '../domain/card-provider.js';

type RefundOrder = (typeof paymentCommands)['refundOrder'];

/** Step REFUND of a cancellation. A refund that fails stays in the log; asked again, another one is tried. */
export function refundOrder({
  cards,
  clock,
}: CardDesk): ExternalHandler<RefundOrder, CancelledPayment, CardRefund | null> {
  return {
    prepare: (manager, { checkoutId }) => paymentToRefund(manager, checkoutId),
    perform: (cancelled) => refundAtProvider(cards, cancelled),
    settle: async (manager, sent, cancelled) => {
      const failure = await settleCancellation(manager, cancelled, sent, clock.now());
      // Returned, not thrown: the failed refund stays.
      return failure ? { kind: 'rejected', rejection: failure.toData() } : { kind: 'done', output: {} };
    },
  };
}
