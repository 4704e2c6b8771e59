import { checkDigits, formatAmount } from '../currency.js';
import { newId, randomText } from '../identifiers.js';
import { now } from '../state/transaction.js';
import type { Transaction } from '../state/transaction.js';
import { invalidRequest, resourceMissing, unexpectedState } from '../stripe-error.js';
import type { Charge, Metadata, Refund, RefundFailure, RefundReason } from '../stripe-objects.js';
import type { TestPaymentMethod } from '../test-payment-methods.js';
import { isChargedBack } from './disputes.js';
import { emit } from './events.js';
import { mergeMetadata } from './metadata.js';
import { findIntent } from './payment-intents.js';
import { behaviourOf } from './payment-methods.js';

export interface RefundInput {
  readonly paymentIntent: string | undefined;
  readonly charge: string | undefined;
  /** Undefined: all that is left. */
  readonly amount: number | undefined;
  readonly reason: RefundReason | undefined;
  readonly metadata: Metadata | null | undefined;
}

/** The refund of that id; refuses an unknown one as Stripe does for an id in the path. */
export function findRefund(tx: Transaction, id: string): Refund {
  const refund = tx.get('refund', id);
  if (refund === undefined) throw resourceMissing('refund', id, 'id');
  return refund;
}

/** Gives money back; never more than was captured and not yet given back. */
export function createRefund(tx: Transaction, input: RefundInput): Refund {
  const charge = refundedCharge(tx, input);
  if (isChargedBack(tx, charge)) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
      param: 'charge',
    });
  }
  const rest = charge.amount_captured - charge.amount_refunded;
  if (rest <= 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  const amount = input.amount ?? rest;
  if (amount > rest) throw tooMuch(amount, rest, charge);
  checkDigits(amount, charge.currency, 'amount');

  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: now(),
    currency: charge.currency,
    destination_details: {
      card: { reference: randomText(16), reference_status: 'available', type: 'refund' },
      type: 'card',
    },
    metadata: mergeMetadata({}, input.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: refundBehaviour(tx, charge) === 'pends' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  const after: Charge = {
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === rest,
  };
  tx.put('refund', refund);
  tx.put('charge', after);
  emit(tx, 'refund.created', refund);
  emit(tx, 'charge.refunded', after);
  return refund;
}

/**
 * Acts as the bank: a pending refund arrives, or a refund fails although it was reported as succeeded, and the money
 * returns to the account. Without `outcome` it ends as the payment method's refunds do.
 */
export function settleRefund(
  tx: Transaction,
  refund: Refund,
  outcome: 'succeed' | 'fail' | undefined,
  reason: RefundFailure,
): Refund {
  const charge = tx.get('charge', refund.charge);
  if (charge === undefined) throw new Error(`${refund.id} is of no charge`);
  const fails = outcome === undefined ? refundBehaviour(tx, charge) === 'fails' : outcome === 'fail';
  if (
    refund.status === 'failed' ||
    refund.status === 'canceled' ||
    (refund.status === 'succeeded' && !fails)
  ) {
    throw invalidRequest(`This refund has nothing to settle: it has a status of ${refund.status}.`);
  }
  const settled: Refund = fails
    ? { ...refund, status: 'failed', failure_reason: reason }
    : { ...refund, status: 'succeeded' };
  tx.put('refund', settled);
  if (fails) {
    tx.put('charge', {
      ...charge,
      amount_refunded: charge.amount_refunded - refund.amount,
      refunded: false,
    });
  }
  emit(tx, 'refund.updated', settled);
  if (fails) emit(tx, 'refund.failed', settled);
  return settled;
}

function refundBehaviour(tx: Transaction, charge: Charge): TestPaymentMethod['refund'] {
  const method = tx.get('payment_method', charge.payment_method);
  if (method === undefined) throw new Error(`${charge.id} was paid with no payment method`);
  return behaviourOf(method).refund;
}

/** Stripe lets only a refund's metadata be changed. */
export function updateRefund(tx: Transaction, refund: Refund, metadata: Metadata | null | undefined): Refund {
  const updated: Refund = { ...refund, metadata: mergeMetadata(refund.metadata, metadata) };
  tx.put('refund', updated);
  emit(tx, 'refund.updated', updated);
  return updated;
}

function refundedCharge(tx: Transaction, input: RefundInput): Charge {
  const named = input.charge === undefined ? undefined : tx.get('charge', input.charge);
  if (input.charge !== undefined && named === undefined)
    throw resourceMissing('charge', input.charge, 'charge');

  const { intent } = findIntent(tx, input.paymentIntent ?? named?.payment_intent ?? '', 'payment_intent');
  const charge = tx.get('charge', intent.latest_charge ?? '');
  if (intent.status !== 'succeeded' || charge === undefined) {
    throw unexpectedState(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      intent,
      'payment_intent',
    );
  }
  if (named !== undefined && named.id !== charge.id) {
    throw invalidRequest(`Charge ${named.id} is not the successful charge of PaymentIntent ${intent.id}.`, {
      param: 'charge',
    });
  }
  return charge;
}

/** Stripe gives this refusal no code. */
function tooMuch(amount: number, rest: number, charge: Charge) {
  const limit =
    charge.amount_refunded === 0
      ? `charge amount (${formatAmount(rest, charge.currency)})`
      : `unrefunded amount on charge (${formatAmount(rest, charge.currency)})`;
  return invalidRequest(`Refund amount (${formatAmount(amount, charge.currency)}) is greater than ${limit}`, {
    param: 'amount',
  });
}
