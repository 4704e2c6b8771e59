import { newId } from '../identifiers.js';
import type { MethodRecord } from '../state/records.js';
import { now } from '../state/transaction.js';
import type { Transaction } from '../state/transaction.js';
import { resourceMissing } from '../stripe-error.js';
import { CARD_DEFAULTS, NO_BILLING_DETAILS } from '../stripe-objects.js';
import { findTestPaymentMethod } from '../test-payment-methods.js';
import type { TestPaymentMethod } from '../test-payment-methods.js';

/**
 * The payment method that a caller names. As at Stripe, the name of a test payment method (pm_card_visa) makes
 * a new payment method each time, and its id (pm_...) is what the PaymentIntent shows from then on.
 */
export function usePaymentMethod(tx: Transaction, name: string): MethodRecord {
  const known = tx.get('payment_method', name);
  if (known !== undefined) return known;
  const test = findTestPaymentMethod(name);
  if (test === undefined) throw resourceMissing('PaymentMethod', name, 'payment_method', 400);
  const id = newId('pm');
  const record: MethodRecord = {
    id,
    testName: name,
    method: {
      id,
      object: 'payment_method',
      allow_redisplay: 'unspecified',
      billing_details: NO_BILLING_DETAILS,
      ...typeDetails(test),
      created: now(),
      customer: null,
      livemode: false,
      metadata: {},
      type: test.type,
    },
  };
  tx.put('payment_method', record);
  return record;
}

/** How payments with this method turn out. */
export function behaviourOf(record: MethodRecord): TestPaymentMethod {
  const test = findTestPaymentMethod(record.testName);
  if (test === undefined) throw new Error(`The simulator no longer knows ${record.testName}`);
  return test;
}

function typeDetails(test: TestPaymentMethod) {
  return test.type === 'card'
    ? { card: { brand: test.brand, last4: test.last4, ...CARD_DEFAULTS } }
    : { us_bank_account: { bank_name: test.brand, last4: test.last4 } };
}
