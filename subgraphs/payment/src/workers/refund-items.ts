import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { OutputOf } from '@souk/shared/command';
import type { ExternalBatchHandler, HandlerResult } from '@souk/shared/saga/handler';
import { rejected } from '@souk/shared/saga/handler-result';
import { settleCancellations } from '../domain/payment/cancellation.js';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import type { RefundOutcome } from '../domain/provider/card-provider.js';
import type { ItemRefund } from '../domain/refund/item-refund.js';
import { requestItemRefunds } from '../domain/refund/item-refund.js';
import { refundAtProvider } from '../domain/refund/refund.js';

type RefundItems = (typeof paymentCommands)['refundItems'];

/** Step REFUND of the cancellation of a part of an order. A retry after a failed refund requests another one. */
export function refundItems({
  cards,
  clock,
}: PaymentServices): ExternalBatchHandler<RefundItems, ItemRefund, RefundOutcome | null> {
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
      const requests = commands.map(({ payload, context: { sagaId } }) => ({ ...payload, sagaId }));
      return requestItemRefunds({ manager, outbox }, requests, clock.now());
    },
    perform: async ({ payment, refund }) =>
      refund?.status === 'PENDING' ? refundAtProvider(cards, payment, refund) : null,
    settleAll: async (manager, performed) => {
      const results: HandlerResult<OutputOf<RefundItems>>[] = [];
      // One by one: two parts of one order may be in a batch.
      for (const { prepared, result, context } of performed) {
        const [outcome] = await settleCancellations(
          manager,
          context.outbox,
          [{ ...prepared, sent: result }],
          clock.now(),
        );
        const refusal = prepared.refusal ?? outcome?.failure ?? null;
        // Rejections are returned, not thrown, so that the failed refund is committed.
        if (refusal) results.push(rejected(refusal));
        else results.push({ kind: 'done', output: outcome?.money ? { payment: outcome.money } : {} });
      }
      return results;
    },
  };
}
