import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { ExternalBatchHandler } from '@souk/shared/saga/handler';
import { rejected } from '@souk/shared/saga/handler-result';
import type { CancelledPayment } from '../domain/payment/cancellation.js';
import { cancelPayments, settleCancellations } from '../domain/payment/cancellation.js';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import type { RefundOutcome } from '../domain/provider/card-provider.js';
import { refundAtProvider } from '../domain/refund/refund.js';

type RefundOrder = (typeof paymentCommands)['refundOrder'];

/** Step REFUND of a cancellation. A failed refund stays in the log; a retry of the step requests another one. */
export function refundOrder({
  cards,
  clock,
}: PaymentServices): ExternalBatchHandler<RefundOrder, CancelledPayment, RefundOutcome | null> {
  return {
    prepareAll: async (manager, commands) => {
      const [first] = commands;
      if (!first) return [];
      const { outbox } = first.context;
      for (const { payload, context } of commands) {
        // The payment is the checkout's, its refund the cancellation's.
        const cause = outbox.causeOfSaga(context.sagaId);
        if (cause) outbox.addSagaCause(payload.checkoutId, cause);
      }
      const checkoutIds = commands.map(({ payload: { checkoutId } }) => checkoutId);
      return cancelPayments({ manager, outbox }, checkoutIds, clock.now());
    },
    perform: async ({ payment, refund }) => (refund ? refundAtProvider(cards, payment, refund) : null),
    settleAll: async (manager, performed) => {
      const [first] = performed;
      if (!first) return [];
      const outcomes = await settleCancellations(
        manager,
        first.context.outbox,
        performed.map(({ prepared, result }) => ({ ...prepared, sent: result })),
        clock.now(),
      );
      // Rejections are returned, not thrown, so that the failed refund is committed.
      return outcomes.map(({ failure, money }) =>
        failure ? rejected(failure) : { kind: 'done', output: money ? { payment: money } : {} },
      );
    },
  };
}
