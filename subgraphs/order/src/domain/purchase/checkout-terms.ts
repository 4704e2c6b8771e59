import { looksLikeCard } from '@souk/shared/card-number';
import { keyProblem } from '@souk/shared/db/idempotency';
import { Rejection, rejectionsOf } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { parseMoney } from '@souk/shared/money';
import type { RequestedLine } from './purchase-validation.js';

/** Payment method of an order. */
export interface PaymentTerms {
  method: 'CREDIT_CARD' | 'BANK_TRANSFER' | 'E_WALLET' | 'VIRTUAL_ACCOUNT';
  paymentMethodToken: string | null;
  returnUrl: string | null;
}

/** Terms of a checkout besides the items. */
export interface CheckoutTerms {
  expectedTotal: Money | null;
  payment: PaymentTerms;
  /** UUID. */
  shippingAddressId: string | null;
}

/** Input of the terms. */
export interface TermsInput {
  /** A key starts at most one checkout. */
  idempotencyKey: string;
  expectedTotal?: Money | null | undefined;
  payment: {
    method: PaymentTerms['method'];
    paymentMethodToken?: string | null | undefined;
    returnUrl?: string | null | undefined;
  };
  /** TypeID. */
  shippingAddressId?: string | null | undefined;
}

/** Path of the idempotency key in the inputs. */
export const keyField = ['input', 'idempotencyKey'];

/** Parses the terms and validates them together with the items; returns all violations. */
export function readTerms(
  input: TermsInput,
  lines: readonly RequestedLine[],
): { terms: CheckoutTerms; problems: Rejection[] } {
  const keyless = keyProblem(input.idempotencyKey, keyField);
  const problems: Rejection[] = keyless ? [keyless] : [];
  const shippingAddressId = readAddress(input.shippingAddressId ?? null, lines, problems);
  const expectedTotal = readTotal(input.expectedTotal ?? null, lines, problems);
  return {
    terms: { expectedTotal, payment: readPayment(input.payment, problems), shippingAddressId },
    problems,
  };
}

function readAddress(
  given: string | null,
  lines: readonly RequestedLine[],
  problems: Rejection[],
): string | null {
  const field = ['input', 'shippingAddressId'];
  if (given === null) {
    if (lines.some((line) => line.offer.fulfilment === 'SHIPMENT')) {
      problems.push(
        new Rejection('ADDRESS_REQUIRED', 'An item is shipped. Set shippingAddressId.', {
          field,
        }),
      );
    }
    return null;
  }
  const id = fromApiId('addr', given);
  if (id === null) problems.push(new Rejection('NOT_FOUND', 'There is no such address.', { field }));
  return id;
}

function readTotal(
  given: Money | null,
  lines: readonly RequestedLine[],
  problems: Rejection[],
): Money | null {
  if (given === null) return null;
  const field = ['input', 'expectedTotal'];
  try {
    const total = parseMoney(given, field);
    const currency = lines[0]?.offer.currency;
    if (currency === undefined || currency === total.currency) return total;
    problems.push(
      new Rejection('CURRENCY_MISMATCH', `The items cost ${currency}, not ${total.currency}.`, {
        field: [...field, 'currency'],
      }),
    );
  } catch (error) {
    const refused = rejectionsOf(error);
    if (!refused) throw error;
    problems.push(...refused);
  }
  return null;
}

function readPayment(input: TermsInput['payment'], problems: Rejection[]): PaymentTerms {
  const paymentMethodToken = input.paymentMethodToken ?? null;
  const returnUrl = input.returnUrl ?? null;
  const field = ['input', 'payment'];
  if (paymentMethodToken !== null && !isToken(paymentMethodToken)) {
    problems.push(
      new Rejection(
        'INVALID',
        'Must be a Stripe payment method id: pm_ followed by letters, digits or underscores.',
        {
          field: [...field, 'paymentMethodToken'],
        },
      ),
    );
  }
  if (returnUrl !== null && !isWebAddress(returnUrl)) {
    problems.push(
      new Rejection(
        'INVALID',
        'The return URL must be an http or https address without a password or a card number.',
        {
          field: [...field, 'returnUrl'],
        },
      ),
    );
  }
  return { method: input.method, paymentMethodToken, returnUrl };
}

function isToken(text: string): boolean {
  return /^pm_\w{1,200}$/.test(text) && !looksLikeCard(text);
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text) || looksLikeCard(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}
