import { newId } from '../identifiers.js';
import type { MethodRecord } from '../state/records.js';
import { now } from '../state/transaction.js';
import type { Charge, ChargeOutcome, PaymentIntent } from '../stripe-objects.js';
import { NO_BILLING_DETAILS } from '../stripe-objects.js';
import type { Decline } from '../test-payment-methods.js';

const APPROVED: ChargeOutcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  seller_message: 'Payment complete.',
  type: 'authorized',
};

/** One attempt to collect the PaymentIntent's amount, whose end is not known yet. */
export function newCharge(intent: PaymentIntent, { method }: MethodRecord): Charge {
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: NO_BILLING_DETAILS,
    calculated_statement_descriptor: intent.statement_descriptor,
    captured: false,
    created: now(),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { [method.type]: method.card ?? method.us_bank_account, type: method.type },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: 'pending',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

/** The charge once the bank has agreed; `capture` false leaves the money reserved only. */
export function approved(charge: Charge, capture: boolean): Charge {
  return {
    ...charge,
    amount_captured: capture ? charge.amount : 0,
    captured: capture,
    outcome: APPROVED,
    paid: true,
    status: 'succeeded',
  };
}

/** The charge once the bank has refused. */
export function declined(charge: Charge, decline: Decline): Charge {
  return {
    ...charge,
    failure_code: decline.code,
    failure_message: decline.message,
    outcome: {
      ...APPROVED,
      network_status: 'declined_by_network',
      reason: decline.declineCode,
      seller_message: 'The bank did not return any further details with this decline.',
      type: 'issuer_declined',
    },
    status: 'failed',
  };
}
