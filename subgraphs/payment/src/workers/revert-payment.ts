import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { ExternalBatchHandler } from '@souk/shared/saga/handler';
import { rejected } from '@souk/shared/saga/handler-result';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import type { Reversal, RevertedPayment } from '../domain/payment/reversal.js';
import { beginReversals, reverseAtProvider, settleReversals } from '../domain/payment/reversal.js';

type RevertPayment = (typeof paymentCommands)['revertPayment'];

/** `undone` is null if the saga has no payment. */
interface Prepared {
  undone: RevertedPayment | null;
}

/**
 * Undo of PROCESS_PAYMENT, whatever its outcome. The participant fences the step before this begins, so no payment can
 * be created later. A failed refund stays in the log; a retry of the undo requests another one.
 */
export function revertPayment({
  cards,
  clock,
}: PaymentServices): ExternalBatchHandler<RevertPayment, Prepared, Reversal> {
  return {
    prepareAll: async (manager, commands) => {
      const [first] = commands;
      if (!first) return [];
      const { outbox } = first.context;
      const sagaIds = commands.map(({ context: { sagaId } }) => sagaId);
      const begun = await beginReversals({ manager, outbox }, sagaIds, clock.now());
      return begun.map((undone) => ({ undone }));
    },
    perform: ({ undone }) =>
      undone ? reverseAtProvider(cards, undone) : Promise.resolve({ kind: 'nothing' }),
    settleAll: async (manager, performed) => {
      const reversed = performed.flatMap(({ prepared: { undone }, result: reversal, context: { outbox } }) =>
        undone ? [{ paymentId: undone.payment.id, reversal, outbox }] : [],
      );
      const [first] = reversed;
      const outcomes = first ? await settleReversals(manager, first.outbox, reversed, clock.now()) : [];
      const outcomeOf = new Map(reversed.map(({ paymentId }, index) => [paymentId, outcomes[index]]));
      return performed.map(({ prepared: { undone } }) => {
        const outcome = undone ? outcomeOf.get(undone.payment.id) : nothingMoved;
        if (!outcome) throw new Error('A reversal has no outcome.');
        const { moved, failure, money } = outcome;
        // Rejections are returned, not thrown, so that the failed refund is committed.
        return failure
          ? rejected(failure)
          : { kind: 'done', output: { refunded: moved, ...(money && { payment: money }) } };
      });
    },
  };
}

const nothingMoved = { moved: false, failure: null, money: null };
