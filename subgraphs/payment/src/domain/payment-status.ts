import type { PaymentEventEntity } from '../entities/payment-event.js';
import type { PaymentEntity, PaymentStatus, RequiredAction } from '../entities/payment.js';

/** The fields of an event that determine the state. */
export type StatusEvent = Pick<
  PaymentEventEntity,
  'type' | 'at' | 'amount' | 'code' | 'message' | 'providerRef' | 'refundId'
>;

/** State derived from a payment's events and stored in the payment's row. */
export type PaymentState = Pick<
  PaymentEntity,
  'status' | 'refunded' | 'requiredAction' | 'failureCode' | 'failureMessage' | 'failureRef' | 'succeededAt'
>;

/** State of a payment without events. */
const initialState: PaymentState = {
  status: 'PENDING',
  refunded: 0,
  requiredAction: null,
  failureCode: null,
  failureMessage: null,
  failureRef: null,
  succeededAt: null,
};

const beforeMoney: Partial<Record<StatusEvent['type'], PaymentStatus>> = {
  CREATED: 'PENDING',
  AUTHORIZED: 'PROCESSING',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
  EXPIRED: 'EXPIRED',
};

/**
 * Derives the state from `events` in log order. After the payment has succeeded, only refunds and disputes change it;
 * a cancellation, failure or expiry before or after is ignored. `amount` is the payment's, in minor units. Pure.
 */
export function stateOf(amount: number, events: readonly StatusEvent[]): PaymentState {
  const state = { ...initialState };
  const refunds = new Map<string | null, number>();
  // Open and lost disputes, by the provider's id.
  const disputes = new Set<string | null>();
  for (const event of events) {
    switch (event.type) {
      case 'CREATED':
      case 'AUTHORIZED':
      case 'CANCELLED':
      case 'EXPIRED':
        state.status = beforeMoney[event.type] ?? state.status;
        state.requiredAction = null;
        break;
      case 'ACTION_REQUIRED':
        state.requiredAction = actionOf(event.code);
        state.status = state.requiredAction === 'authentication' ? 'REQUIRES_ACTION' : 'PENDING';
        break;
      case 'FAILED':
        state.status = 'FAILED';
        state.requiredAction = null;
        state.failureCode = event.code;
        state.failureMessage = event.message;
        state.failureRef = event.providerRef;
        break;
      case 'SUCCEEDED':
        state.succeededAt ??= event.at;
        break;
      case 'REFUNDED':
        refunds.set(event.refundId, event.amount ?? 0);
        break;
      case 'REFUND_FAILED':
        refunds.delete(event.refundId);
        break;
      case 'DISPUTE_OPENED':
      case 'DISPUTE_LOST':
        disputes.add(event.providerRef);
        break;
      case 'DISPUTE_WON':
        disputes.delete(event.providerRef);
        break;
      case 'REFUND_REQUESTED':
        break;
    }
  }
  if (state.succeededAt === null) return state;
  const refunded = [...refunds.values()].reduce((sum, part) => sum + part, 0);
  return {
    ...state,
    status: disputes.size > 0 ? 'DISPUTED' : moneyStatus(amount, refunded),
    refunded,
    requiredAction: null,
    failureCode: null,
    failureMessage: null,
  };
}

function moneyStatus(amount: number, refunded: number): PaymentStatus {
  if (refunded === 0) return 'SUCCEEDED';
  return refunded < amount ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
}

function actionOf(code: string | null): RequiredAction {
  return code === 'authentication' || code === 'transfer' ? code : 'payment_method';
}

/** Whether the payment has succeeded, even if it was refunded or disputed later. */
export function isPaid(payment: Pick<PaymentEntity, 'succeededAt'>): boolean {
  return payment.succeededAt !== null;
}

/**
 * Whether the money arrived at or after the payment's expiry: it buys nothing and goes back. Free payments do not
 * expire.
 */
export function isPaidLate({
  amount,
  succeededAt,
  expiresAt,
}: Pick<PaymentEntity, 'amount' | 'succeededAt' | 'expiresAt'>): boolean {
  return amount > 0 && succeededAt !== null && succeededAt >= expiresAt;
}

/** Whether the payment can still succeed. */
export function isOpen(payment: Pick<PaymentEntity, 'status'>): boolean {
  return (
    payment.status === 'PENDING' || payment.status === 'REQUIRES_ACTION' || payment.status === 'PROCESSING'
  );
}
