import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { ExternalHandler } from '@souk/shared/saga/handler';
import type { CancelledPayment } from '../domain/cancellation.js';
import { cancelPayment, settleCancellation } from '../domain/cancellation.js';
import type { CardDesk } from '../domain/card-desk.js';
import type { RefundOutcome } from '../domain/card-provider.js';
import { refundAtProvider } from '../domain/refund.js';

type RefundOrder = (typeof paymentCommands)['refundOrder'];

/** Step REFUND of a cancellation. A refund that fails stays in the log; asked again, another one is tried. */
export function refundOrder({
  cards,
  clock,
}: CardDesk): ExternalHandler<RefundOrder, CancelledPayment, RefundOutcome | null> {
  return {
    prepare: (manager, { checkoutId }) => cancelPayment(manager, checkoutId, clock.now()),
    perform: async ({ payment, refund }) => (refund ? refundAtProvider(cards, payment, refund) : null),
    settle: async (manager, sent, cancelled, _payload, { outbox }) => {
      const failure = await settleCancellation(manager, outbox, cancelled, sent, clock.now());
      // Returned, not thrown: the failed refund stays.
      return failure ? { kind: 'rejected', rejection: failure.toData() } : { kind: 'done', output: {} };
    },
  };
}
