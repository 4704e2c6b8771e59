import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { ExternalHandler } from '@souk/shared/saga/handler';
import type { CardDesk } from '../domain/card-desk.js';
import type { Reversal } from '../domain/reversal.js';
import { beginReversal, reverseAtProvider, settleReversal } from '../domain/reversal.js';
import type { PaymentEntity } from '../entities/payment.js';

type RevertPayment = (typeof paymentCommands)['revertPayment'];

/**
 * Undo of PROCESS_PAYMENT, whatever became of it. The participant has closed the step before this begins: a payment
 * that is not there now will never be.
 */
export function revertPayment({
  cards,
  clock,
}: CardDesk): ExternalHandler<RevertPayment, PaymentEntity | null, Reversal> {
  return {
    prepare: (manager, _payload, { sagaId }) => beginReversal(manager, sagaId, clock.now()),
    perform: (payment) =>
      payment ? reverseAtProvider(cards, payment) : Promise.resolve({ kind: 'nothing' }),
    settle: async (manager, reversal, payment) => ({
      kind: 'done',
      output: {
        refunded: payment ? await settleReversal(manager, payment.id, reversal, clock.now()) : false,
      },
    }),
  };
}
