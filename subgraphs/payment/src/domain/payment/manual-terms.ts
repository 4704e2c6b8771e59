import { formatMoney } from '@souk/shared/money';
import type { PaymentEntity, PaymentMethod } from '../../entities/payment.js';
import { isOpen } from '../payment-status.js';

/** Payment methods whose money an administrator records when it arrives. */
export type ManualMethod = Exclude<PaymentMethod, 'CREDIT_CARD'>;

/** Account text per method (e.g. an IBAN and its holder); a method without one is not offered. */
export type ManualTerms = Readonly<Record<ManualMethod, string | null>>;

/** Time until a manual payment expires, in minutes: bank transfers take days. */
export const manualDeadlines: Readonly<Record<ManualMethod, number>> = {
  BANK_TRANSFER: 3 * 24 * 60,
  VIRTUAL_ACCOUNT: 24 * 60,
  E_WALLET: 60,
};

/** Whether a method is manual. */
export function isManual(method: PaymentMethod): method is ManualMethod {
  return method !== 'CREDIT_CARD';
}

/** Expiry of a payment by this method that is opened now. */
export function manualDeadline(method: ManualMethod, now: Date): Date {
  return new Date(now.getTime() + manualDeadlines[method] * 60_000);
}

/** Payment instructions for the buyer; null if the payment does not wait for a transfer. */
export function instructionsOf(
  terms: ManualTerms,
  payment: PaymentEntity,
  now: Date,
  locale: string,
): string | null {
  const { method, amount, currency, reference, expiresAt } = payment;
  if (!isManual(method) || !isOpen(payment) || payment.revertingAt || expiresAt <= now) return null;
  const account = terms[method];
  if (account === null) return null;
  const sum = formatMoney({ amount, currency }, locale);
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const how: Record<ManualMethod, string> = {
    BANK_TRANSFER: `Transfer ${sum} to ${account} and quote ${reference}`,
    VIRTUAL_ACCOUNT: `Pay ${sum} into the virtual account ${reference} at ${account}`,
    E_WALLET: `Send ${sum} to the wallet ${account} with the note ${reference}`,
  };
  return `${how[method]}. Send exactly this amount; it must arrive by ${until}.`;
}
