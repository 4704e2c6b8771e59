import { Rejection } from '@souk/shared/errors';
import type { Money } from '@souk/shared/money';
import type { PaymentMethod } from '../entities/payment.js';

/** A way to pay that buyers can choose. */
export interface PaymentMethodInfo {
  method: PaymentMethod;
  label: string;
  provider: 'stripe' | 'manual';
  /** ISO 4217 codes. */
  currencies: string[];
  expiresAfterMinutes: number;
}

/** How long a payment waits for its buyer where the checkout says nothing else. */
const paymentTimeoutMinutes = 30;

/** What Stripe takes at most for one payment, in minor units of any currency: eight digits. */
const maxCardAmount = 99_999_999;

/**
 * Currencies that cards are charged in. Only those whose minor unit is the same for Stripe as for us: Stripe counts
 * some otherwise (HUF with two digits, ISK and UGX with two that must be zero), and would charge another amount.
 */
export const cardCurrencies: readonly string[] = [
  'AED',
  'AUD',
  'BRL',
  'CAD',
  'CHF',
  'CZK',
  'DKK',
  'EUR',
  'GBP',
  'HKD',
  'ILS',
  'INR',
  'JPY',
  'KRW',
  'MXN',
  'MYR',
  'NOK',
  'NZD',
  'PHP',
  'PLN',
  'RON',
  'SEK',
  'SGD',
  'THB',
  'TRY',
  'USD',
  'VND',
  'ZAR',
];

const offered: readonly PaymentMethodInfo[] = [
  {
    method: 'CREDIT_CARD',
    label: 'Card',
    provider: 'stripe',
    currencies: [...cardCurrencies],
    expiresAfterMinutes: paymentTimeoutMinutes,
  },
];

/** The ways to pay that work now; those for `currency` where one is given. */
export function paymentMethods(currency: string | null): readonly PaymentMethodInfo[] {
  return currency === null ? offered : offered.filter(({ currencies }) => currencies.includes(currency));
}

/** Why an amount cannot be paid with a method, known without asking the provider; null when it can. */
export function refusalOf(method: PaymentMethod, amount: Money): Rejection | null {
  const info = offered.find((other) => other.method === method);
  if (!info) return new Rejection('INVALID', `Payment by ${method} is not available yet.`);
  if (!info.currencies.includes(amount.currency)) {
    return new Rejection('INVALID', `Cards are not charged in ${amount.currency}.`);
  }
  if (amount.amount > maxCardAmount) {
    return new Rejection('INVALID', `A card is charged at most ${maxCardAmount} minor units at once.`);
  }
  return null;
}
