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

const card: Omit<PaymentMethodInfo, 'expiresAfterMinutes'> = {
  method: 'CREDIT_CARD',
  label: 'Card',
  provider: 'stripe',
  currencies: [...cardCurrencies],
};

const labels: Readonly<Record<ManualMethod, string>> = {
  BANK_TRANSFER: 'Bank transfer',
  VIRTUAL_ACCOUNT: 'Virtual account',
  E_WALLET: 'E-wallet',
};

/**
 * Offered payment methods, filtered by `currency` if it is given.
 * @param cardTimeoutMinutes order's timeout of a card payment, at least 0.1. Buyers see whole minutes, rounded down, at
 * least 1.
 */
export function paymentMethods(
  terms: ManualTerms,
  cardTimeoutMinutes: number,
  currency: string | null,
): readonly PaymentMethodInfo[] {
  const manual = (Object.keys(labels) as ManualMethod[])
    .filter((method) => terms[method] !== null)
    .map((method): PaymentMethodInfo => ({
      method,
      label: labels[method],
      provider: 'manual',
      currencies: [...cardCurrencies],
      expiresAfterMinutes: manualDeadlines[method],
    }));
  const expiresAfterMinutes = Math.max(1, Math.floor(cardTimeoutMinutes));
  return [{ ...card, expiresAfterMinutes }, ...manual].filter(
    ({ currencies }) => currency === null || currencies.includes(currency),
  );
}

/** Rejects an amount that a method cannot charge, without calling the provider; null if it can. */
export function validateMethod(
  terms: ManualTerms,
  method: PaymentMethod,
  { amount, currency }: Money,
): Rejection | null {
  if (isManual(method) && terms[method] === null)
    return new Rejection('INVALID', `Payment by ${method} is not offered.`);
  if (!cardCurrencies.includes(currency)) {
    const label = isManual(method) ? labels[method] : card.label;
    return new Rejection('INVALID', `${label} does not take ${currency}.`);
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
