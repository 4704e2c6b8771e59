import type Stripe from 'stripe';
import { fromApiId } from '@souk/shared/ids';
import { fromProviderAmount } from '../domain/provider/card-currency.js';
import type {
  CardDispute,
  CardIntent,
  CardRefund,
  Decline,
  IntentStatus,
  ListedIntent,
} from '../domain/provider/card-provider.js';

/** Converts a PaymentIntent. @throws Error for an unknown status */
export function intentOf(intent: Stripe.PaymentIntent): CardIntent {
  const failure = intent.last_payment_error;
  const currency = intent.currency.toUpperCase();
  return {
    id: intent.id,
    status: statusOf(intent.status),
    amountReceived: fromProviderAmount(intent.amount_received, currency),
    currency,
    clientSecret: intent.client_secret,
    paymentId: fromApiId('payment', intent.metadata['payment'] ?? ''),
    lastDecline: failure ? declineOf(failure) : null,
  };
}

const statuses: readonly string[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
] satisfies IntentStatus[];

function statusOf(status: string): IntentStatus {
  // A newer API version may add statuses.
  if (!statuses.includes(status)) throw new Error(`Stripe returned the unknown status ${status}.`);
  return status as IntentStatus;
}

/** Converts a failed attempt. */
export function declineOf(failure: {
  charge?: string;
  code?: string;
  decline_code?: string;
  message?: string;
}): Decline {
  const code = failure.decline_code ?? failure.code ?? 'declined';
  return {
    code,
    message: failure.message ?? 'The payment was declined.',
    ref: failure.charge ?? code,
  };
}

/** Converts a refund. */
export function refundOf(refund: Stripe.Refund): CardRefund {
  const status = refund.status ?? 'pending';
  return {
    id: refund.id,
    status:
      status === 'succeeded'
        ? 'succeeded'
        : status === 'failed' || status === 'canceled'
          ? 'failed'
          : 'pending',
    intentId: idOf(refund.payment_intent),
    amount: fromProviderAmount(refund.amount, refund.currency.toUpperCase()),
    paymentId: fromApiId('payment', refund.metadata?.['payment'] ?? ''),
    purpose: refund.metadata?.['purpose'] ?? null,
    failureReason: refund.failure_reason ?? null,
  };
}

/** Converts a PaymentIntent with an expanded latest charge. @throws Error if the charge is not expanded */
export function listedIntentOf(intent: Stripe.PaymentIntent): ListedIntent {
  const charge = intent.latest_charge;
  if (typeof charge === 'string') throw new Error(`The charge of ${intent.id} was not expanded.`);
  const paid = intent.status === 'succeeded' ? charge : null;
  return {
    ...intentOf(intent),
    amountRefunded: fromProviderAmount(paid?.amount_refunded ?? 0, intent.currency.toUpperCase()),
    disputed: paid?.disputed ?? false,
  };
}

/** Converts a dispute. */
export function disputeOf(dispute: Stripe.Dispute): CardDispute {
  const currency = dispute.currency.toUpperCase();
  const dueBy = dispute.evidence_details.due_by;
  return {
    id: dispute.id,
    intentId: idOf(dispute.payment_intent),
    amount: fromProviderAmount(dispute.amount, currency),
    currency,
    reason: dispute.reason,
    status: dispute.status,
    evidenceDueBy: dueBy === null ? null : new Date(dueBy * 1_000),
  };
}

function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'object' ? (reference?.id ?? null) : (reference ?? null);
}
