import type { DisputeReason, PaymentMethodType } from './stripe-objects.js';

/** How the bank refuses: Stripe's code, its finer decline code, and the words for the buyer. */
export interface Decline {
  readonly code: string;
  readonly declineCode: string;
  readonly message: string;
}

/** The outcome of a payment attempt, and the action that it requires of the buyer first. */
export interface TestPaymentMethod {
  readonly type: PaymentMethodType;
  readonly brand: string;
  readonly last4: string;
  /** True: the attempt waits for the buyer first (3-D Secure). */
  readonly authentication: boolean;
  /** The answer of the bank: paid, refused, or not known yet. */
  readonly outcome: 'paid' | 'processing' | Decline;
  /** How a refund of the payment begins, and how it ends when it is settled. */
  readonly refund: 'succeeds' | 'pends' | 'fails';
  /** The dispute that follows the payment at once. */
  readonly dispute: { readonly reason: DisputeReason; readonly inquiry: boolean } | null;
}

const DECLINED: Decline = {
  code: 'card_declined',
  declineCode: 'generic_decline',
  message: 'Your card was declined.',
};
const INSUFFICIENT_FUNDS: Decline = {
  code: 'card_declined',
  declineCode: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

function card(
  brand: string,
  last4: string,
  outcome: TestPaymentMethod['outcome'] = 'paid',
  authentication = false,
): TestPaymentMethod {
  return { type: 'card', brand, last4, outcome, authentication, refund: 'succeeds', dispute: null };
}

/** By Stripe's name; `_visa` may stand in a name of a declining card or not, as in Stripe's documentation. */
const BY_NAME: Readonly<Record<string, TestPaymentMethod>> = {
  pm_card_visa: card('visa', '4242'),
  pm_card_visa_debit: card('visa', '5556'),
  pm_card_mastercard: card('mastercard', '4444'),
  pm_card_mastercard_debit: card('mastercard', '8210'),
  pm_card_mastercard_prepaid: card('mastercard', '5100'),
  pm_card_amex: card('amex', '8431'),
  pm_card_discover: card('discover', '1117'),
  pm_card_diners: card('diners', '0004'),
  pm_card_jcb: card('jcb', '0505'),
  pm_card_unionpay: card('unionpay', '0005'),

  pm_card_chargeDeclined: card('visa', '0002', DECLINED),
  pm_card_chargeDeclinedInsufficientFunds: card('visa', '9995', INSUFFICIENT_FUNDS),
  pm_card_chargeDeclinedLostCard: card('visa', '9987', { ...DECLINED, declineCode: 'lost_card' }),
  pm_card_chargeDeclinedStolenCard: card('visa', '9979', { ...DECLINED, declineCode: 'stolen_card' }),
  pm_card_chargeDeclinedVelocityLimitExceeded: card('visa', '6975', {
    ...DECLINED,
    declineCode: 'card_velocity_exceeded',
  }),
  pm_card_chargeDeclinedExpiredCard: card('visa', '0069', {
    code: 'expired_card',
    declineCode: 'expired_card',
    message: 'Your card has expired.',
  }),
  pm_card_chargeDeclinedIncorrectCvc: card('visa', '0127', {
    code: 'incorrect_cvc',
    declineCode: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
  }),
  pm_card_chargeDeclinedProcessingError: card('visa', '0119', {
    code: 'processing_error',
    declineCode: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  }),

  pm_card_authenticationRequired: card('visa', '3184', 'paid', true),
  pm_card_threeDSecure2Required: card('visa', '3220', 'paid', true),
  pm_card_threeDSecureRequired: card('visa', '3063', 'paid', true),
  pm_card_threeDSecureRequiredChargeDeclined: card('visa', '1629', DECLINED, true),
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: card(
    'visa',
    '3178',
    INSUFFICIENT_FUNDS,
    true,
  ),

  pm_usBankAccount_processing: {
    type: 'us_bank_account',
    brand: 'STRIPE TEST BANK',
    last4: '0009',
    authentication: false,
    outcome: 'processing',
    refund: 'succeeds',
    dispute: null,
  },

  pm_card_pendingRefund: { ...card('visa', '7726'), refund: 'pends' },
  pm_card_refundFail: { ...card('visa', '5126'), refund: 'fails' },

  pm_card_createDispute: { ...card('visa', '0259'), dispute: { reason: 'fraudulent', inquiry: false } },
  pm_card_createDisputeProductNotReceived: {
    ...card('visa', '2685'),
    dispute: { reason: 'product_not_received', inquiry: false },
  },
  pm_card_createDisputeInquiry: { ...card('visa', '1976'), dispute: { reason: 'fraudulent', inquiry: true } },
};

/** The names that the simulator's page offers. */
export const OFFERED_NAMES: readonly string[] = Object.keys(BY_NAME);

/** The payment method of that name, in Stripe's spelling with or without the brand; undefined when there is none. */
export function findTestPaymentMethod(name: string): TestPaymentMethod | undefined {
  const plain = name.replace(/^pm_card_visa_charge/, 'pm_card_charge');
  return Object.hasOwn(BY_NAME, plain) ? BY_NAME[plain] : undefined;
}
