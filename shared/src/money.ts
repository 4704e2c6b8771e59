import { Rejection, Rejections } from './errors.js';
import { roundToTotal } from './largest-remainder.js';

/** An exact amount: an integer in the currency's minor unit, and the currency's ISO 4217 code. */
export interface Money {
  amount: number;
  currency: string;
}

const knownCurrencies = new Set(Intl.supportedValuesOf('currency'));

/** ISO 4217, table A.1: the minor units that are not hundredths. Intl follows usage instead: no digits for IDR. */
const digitsByCurrency: ReadonlyMap<string, number> = new Map(
  Object.entries({
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    3: 'BHD IQD JOD KWD LYD OMR TND',
    4: 'CLF UYW',
  }).flatMap(([digits, currencies]) =>
    currencies.split(' ').map((currency) => [currency, Number(digits)] as const),
  ),
);

/** How many decimal digits the currency's minor unit stands for: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorUnitDigits(currency: string): number {
  return digitsByCurrency.get(currency) ?? 2;
}

/** Whether `currency` is an ISO 4217 code in capitals. */
export function isCurrency(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency) && knownCurrencies.has(currency);
}

/**
 * Reads an amount from an input. `field` is the path of the money value.
 * @throws Rejections INVALID for an unknown currency, for a negative amount or one that is not a safe integer.
 */
export function parseMoney(input: Money, field: readonly string[]): Money {
  const refused: Rejection[] = [];
  if (!isCurrency(input.currency)) {
    const message = `${JSON.stringify(input.currency)} is not an ISO 4217 currency code.`;
    refused.push(new Rejection('INVALID', message, { field: [...field, 'currency'] }));
  }
  if (!Number.isSafeInteger(input.amount) || input.amount < 0) {
    const message = 'The amount must be a whole number of minor units, 0 or more.';
    refused.push(new Rejection('INVALID', message, { field: [...field, 'amount'] }));
  }
  Rejections.throwIfAny(refused);
  return { amount: input.amount, currency: input.currency };
}

/** Adds amounts of one currency. @throws Error on mixed currencies or a sum past 2^53 - 1. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`Cannot add ${b.currency} to ${a.currency}.`);
  return { amount: safe(a.amount + b.amount), currency: a.currency };
}

/** Price times units. @throws Error on a product past 2^53 - 1. */
export function multiplyMoney(price: Money, units: number): Money {
  return { amount: safe(price.amount * units), currency: price.currency };
}

/** The sum of amounts, one figure for each currency, in the order of first sight. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) sums.set(currency, safe((sums.get(currency) ?? 0) + amount));
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}

/**
 * Divides an amount in proportion to weights so that the parts add up to it: each has its whole units, and those that
 * are left over go to the largest remainders, the first of equal ones before the later. No weight but zeros: all zeros
 * for an amount of 0. Amount and weights are integers of 0 or more; exact whatever their size.
 * @throws Error for a negative number, or an amount to be divided among no weight.
 */
export function allocate(amount: number, weights: readonly number[]): number[] {
  if (amount < 0 || weights.some((weight) => weight < 0))
    throw new Error('Only amounts of 0 or more are divided.');
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) {
    if (amount > 0) throw new Error('There is nothing to divide an amount among.');
    return weights.map(() => 0);
  }
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  return roundToTotal(exact, whole, BigInt(amount));
}

/** Writes an amount for reading, e.g. "€12.50" in "en". An unknown locale falls back to English. */
export function formatMoney(money: Money, locale: string): string {
  const digits = minorUnitDigits(money.currency);
  return formatterFor(locale, money.currency).format(decimal(money.amount, digits) as unknown as number);
}

// Formatting from a decimal string keeps amounts exact that a double could not hold as major units.
function decimal(amount: number, digits: number): string {
  const sign = amount < 0 ? '-' : '';
  const text = Math.abs(amount)
    .toString()
    .padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    // Locales come from clients: the cache must not grow with what they invent.
    if (formatters.size > 500) formatters.clear();
    const digits = minorUnitDigits(currency);
    formatter = new Intl.NumberFormat([locale, 'en'], {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

function safe(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new Error('The amount is past the largest exact integer.');
  return amount;
}
