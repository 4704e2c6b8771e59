import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { ExternalHandler } from '@souk/shared/saga/handler';
import type { CardDesk } from '../domain/card-desk.js';
import type { Reversal, Undone } from '../domain/reversal.js';
import { beginReversal, reverseAtProvider, settleReversal } from '../domain/reversal.js';

type RevertPayment = (typeof paymentCommands)['revertPayment'];

/**
 * Undo of PROCESS_PAYMENT, whatever became of it. The participant has closed the step before this begins: a payment
 * that is not there now will never be. A refund that fails stays in the log; asked again, another one is tried.
 */
export function revertPayment({
  cards,
  clock,
}: CardDesk): ExternalHandler<RevertPayment, Undone | null, Reversal> {
  return {
    prepare: (manager, _payload, { sagaId }) => beginReversal(manager, sagaId, clock.now()),
    perform: (undone) => (undone ? reverseAtProvider(cards, undone) : Promise.resolve({ kind: 'nothing' })),
    settle: async (manager, reversal, undone, _payload, { outbox }) => {
      if (!undone) return { kind: 'done', output: { refunded: false } };
      const { payment } = undone;
      const { moved, failure } = await settleReversal(manager, outbox, payment.id, reversal, clock.now());
      // Returned, not thrown: the failed refund stays.
      if (failure) return { kind: 'rejected', rejection: failure.toData() };
      return { kind: 'done', output: { refunded: moved } };
    },
  };
}
