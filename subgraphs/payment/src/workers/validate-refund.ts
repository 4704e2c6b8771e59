import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { ExternalBatchHandler } from '@souk/shared/saga/handler';
import { done, rejected } from '@souk/shared/saga/handler-result';
import { validateCancellations } from '../domain/payment/cancellation.js';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { lockPaymentsOfSagas } from '../domain/locks.js';
import type { CardDispute } from '../domain/provider/card-provider.js';
import type { PaymentEntity } from '../entities/payment.js';

type ValidateRefund = (typeof paymentCommands)['validateRefund'];

/**
 * Step VALIDATE_REFUND of a cancellation. It asks the provider for disputes, because their events may not have arrived
 * yet. A dispute that is opened after this step makes the refund wait for the bank's decision.
 */
export function validateRefund({
  cards,
  clock,
}: PaymentServices): ExternalBatchHandler<ValidateRefund, PaymentEntity, readonly CardDispute[]> {
  return {
    prepareAll: async (manager, commands) => {
      const checkoutIds = commands.map(({ payload: { checkoutId } }) => checkoutId);
      const payments = await lockPaymentsOfSagas(manager, checkoutIds);
      const bySaga = new Map(payments.map((payment) => [payment.sagaId, payment]));
      return checkoutIds.map((id) => {
        const payment = bySaga.get(id);
        if (!payment) throw new Error(`Checkout ${id} has no payment.`);
        return payment;
      });
    },
    perform: async ({ provider, providerPaymentId }) =>
      provider === 'stripe' && providerPaymentId !== null ? cards.listDisputes(providerPaymentId) : [],
    settleAll: async (manager, performed) => {
      const [first] = performed;
      if (!first) return [];
      const refusals = await validateCancellations(
        manager,
        first.context.outbox,
        performed.map(({ prepared, result, payload: { isPartial = false } }) => ({
          paymentId: prepared.id,
          disputes: result,
          isPartial,
        })),
        clock.now(),
      );
      // Rejections are returned, not thrown, so that the disputes are committed.
      return refusals.map((refusal) => (refusal ? rejected(refusal) : done));
    },
  };
}
