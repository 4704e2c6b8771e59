import { paymentEvents } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Cause } from '@souk/shared/event';
import { activeTraceparent } from '@souk/shared/tracing';
import type { PaymentEntity } from '../../entities/payment.js';
import type { RefundEntity } from '../../entities/refund.js';
import type { LogEntry, Source } from './payment-log.js';

type PaymentState = ReturnType<typeof stateOf>;

function stateOf(payment: PaymentEntity) {
  const { id: paymentId, orderId, customerId: userId, amount, currency, method, status } = payment;
  return { paymentId, orderId, userId, amount: { amount, currency }, method, status };
}

/** The buyer acts in what their checkout does; requests and the provider's events have a cause of their own. */
function causeOf({ customerId }: PaymentEntity, { name }: Source): Cause | undefined {
  if (name !== 'saga') return undefined;
  return { actorId: customerId, requestId: null, traceparent: activeTraceparent() };
}

/** Publishes what payments' logs have recorded, after the payments' objects were updated. */
export function publishFacts(outbox: Outbox, entries: readonly LogEntry[]): void {
  for (const { payment, facts, source } of entries) {
    const [state, cause] = [stateOf(payment), causeOf(payment, source)];
    for (const fact of facts) publishFact(outbox, state, fact, cause);
  }
}

function publishFact(
  outbox: Outbox,
  state: PaymentState,
  { type, code = null }: LogEntry['facts'][number],
  cause: Cause | undefined,
): void {
  const { paymentId } = state;
  switch (type) {
    case 'SUCCEEDED':
      outbox.publish(paymentEvents.paymentSucceeded, paymentId, state, cause);
      break;
    case 'FAILED':
      outbox.publish(paymentEvents.paymentDeclined, paymentId, { ...state, code }, cause);
      break;
    case 'ACTION_REQUIRED':
      outbox.publish(paymentEvents.paymentActionRequired, paymentId, { ...state, action: code }, cause);
      break;
    case 'AUTHORIZED':
      outbox.publish(paymentEvents.paymentAuthorized, paymentId, state, cause);
      break;
    case 'CANCELLED':
      outbox.publish(paymentEvents.paymentCanceled, paymentId, state, cause);
      break;
    default:
    // Refunds and disputes have events of their own.
  }
}

/** Publishes a requested refund. */
export function publishRefundRequest(outbox: Outbox, payment: PaymentEntity, refund: RefundEntity): void {
  const { id: refundId, amount, reason } = refund;
  outbox.publish(paymentEvents.refundRequested, payment.id, {
    ...stateOf(payment),
    refundId,
    refund: { amount, currency: payment.currency },
    reason,
  });
}
