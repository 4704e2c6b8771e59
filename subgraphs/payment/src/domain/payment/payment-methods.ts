import { Rejection } from '@souk/shared/errors';
import type { Money } from '@souk/shared/money';
import type { PaymentMethod } from '../../entities/payment.js';
import { cardCurrencies, cardMaximum, cardStep } from '../provider/card-currency.js';
import type { ManualMethod, ManualTerms } from './manual-terms.js';
import { isManual, manualDeadlines } from './manual-terms.js';

/** A payment method that is offered to buyers. */
export interface PaymentMethodInfo {
  method: PaymentMethod;
  label: string;
  provider: 'stripe' | 'manual';
  /** ISO 4217 codes. */
  currencies: string[];
  expiresAfterMinutes: number;
}

/** Time until a card payment expires, unless the checkout sets another. */
const cardTimeoutMinutes = 30;

const card: PaymentMethodInfo = {
  method: 'CREDIT_CARD',
  label: 'Card',
  provider: 'stripe',
  currencies: [...cardCurrencies],
  expiresAfterMinutes: cardTimeoutMinutes,
};

const labels: Readonly<Record<ManualMethod, string>> = {
  BANK_TRANSFER: 'Bank transfer',
  VIRTUAL_ACCOUNT: 'Virtual account',
  E_WALLET: 'E-wallet',
};

/** Offered payment methods, filtered by `currency` if it is given. */
export function paymentMethods(terms: ManualTerms, currency: string | null): readonly PaymentMethodInfo[] {
  const manual = (Object.keys(labels) as ManualMethod[])
    .filter((method) => terms[method] !== null)
    .map((method): PaymentMethodInfo => ({
      method,
      label: labels[method],
      provider: 'manual',
      currencies: [...cardCurrencies],
      expiresAfterMinutes: manualDeadlines[method],
    }));
  return [card, ...manual].filter(({ currencies }) => currency === null || currencies.includes(currency));
}

/** Rejects an amount that a method cannot charge, without calling the provider; null if it can. */
export function validateMethod(
  terms: ManualTerms,
  method: PaymentMethod,
  { amount, currency }: Money,
): Rejection | null {
  const info = paymentMethods(terms, null).find((other) => other.method === method);
  if (!info) return new Rejection('INVALID', `Payment by ${method} is not offered.`);
  if (!info.currencies.includes(currency)) {
    return new Rejection('INVALID', `${info.label} does not take ${currency}.`);
  }
  if (isManual(method)) return null;
  if (amount > cardMaximum(currency)) {
    return new Rejection(
      'INVALID',
      `A card is charged at most ${cardMaximum(currency)} minor units at once.`,
    );
  }
  if (amount % cardStep(currency) !== 0) {
    return new Rejection(
      'INVALID',
      `Cards are charged in steps of ${cardStep(currency)} minor units of ${currency}.`,
    );
  }
  return null;
}
