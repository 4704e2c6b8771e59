import { paymentEvents } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Cause } from '@souk/shared/event';
import { noCause } from '@souk/shared/event';
import { activeTraceparent } from '@souk/shared/tracing';
import type { PaymentEntity } from '../../entities/payment.js';
import type { Fact, LogEntry, Source } from './payment-log.js';

type PaymentState = ReturnType<typeof stateOf>;

function stateOf(payment: PaymentEntity) {
  const { id: paymentId, orderId, customerId: userId, amount, currency, method, status } = payment;
  return { paymentId, orderId, userId, amount: { amount, currency }, method, status };
}

/** The buyer acts in what their checkout does; requests and the provider's events have a cause of their own. */
function causeOf(outbox: Outbox, { sagaId, customerId }: PaymentEntity, { name }: Source): Cause | undefined {
  if (name !== 'saga') return undefined;
  const cause = outbox.causeOfSaga(sagaId) ?? { ...noCause, traceparent: activeTraceparent() };
  return { ...cause, actorId: cause.actorId ?? customerId };
}

/** Publishes what payments' logs have recorded, after the payments' objects were updated. */
export function publishFacts(outbox: Outbox, entries: readonly LogEntry[]): void {
  for (const { payment, facts, source } of entries) {
    const [state, cause] = [stateOf(payment), causeOf(outbox, payment, source)];
    for (const fact of facts) publishFact(outbox, state, fact, cause);
  }
}

function publishFact(outbox: Outbox, state: PaymentState, fact: Fact, cause: Cause | undefined): void {
  const { paymentId } = state;
  const { code = null } = fact;
  switch (fact.type) {
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
    case 'REFUND_REQUESTED':
      outbox.publish(paymentEvents.refundRequested, paymentId, refundOf(state, fact), cause);
      break;
    case 'REFUND_FAILED':
      outbox.publish(paymentEvents.refundFailed, paymentId, refundOf(state, fact), cause);
      break;
    case 'DISPUTE_OPENED': {
      const event = { ...disputeOf(state, fact), reason: fact.message ?? noReason };
      outbox.publish(paymentEvents.disputeOpened, paymentId, event, cause);
      break;
    }
    case 'DISPUTE_WON':
    case 'DISPUTE_LOST': {
      const outcome = fact.type === 'DISPUTE_WON' ? 'WON' : 'LOST';
      outbox.publish(paymentEvents.disputeClosed, paymentId, { ...disputeOf(state, fact), outcome }, cause);
      break;
    }
    default:
    // `paymentRefunded` has completed refunds; order publishes checkouts that start or expire.
  }
}

const noReason = 'No reason is known.';

function refundOf(state: PaymentState, { refundId = '', amount = 0, message }: Fact) {
  const refund = { amount, currency: state.amount.currency };
  return { ...state, refundId, refund, reason: message ?? noReason };
}

function disputeOf(state: PaymentState, { disputeId = '', amount = 0 }: Fact) {
  return { ...state, disputeId, disputed: { amount, currency: state.amount.currency } };
}
