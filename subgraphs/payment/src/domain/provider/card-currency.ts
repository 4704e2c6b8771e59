import { minorUnitDigits } from '@souk/shared/money';

/**
 * Decimal digits that Stripe uses where they differ from ISO 4217 (docs.stripe.com/currencies, "Zero-decimal
 * currencies" and "Special cases"). ISK and UGX have no minor unit, and Stripe expects two zero digits. MGA has two
 * digits, and Stripe uses none.
 */
const providerDigits: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Stripe uses thousandths, but card networks charge hundredths: the last digit must be zero. */
const lastDigitIsZero = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Stripe's maximum amount of one payment, in its own units: eight digits. */
const maxProviderAmount = 99_999_999;

/** Currencies of card payments (docs.stripe.com/currencies, presentment currencies). */
export const cardCurrencies: readonly string[] = (
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP ' +
  'CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ' +
  'ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN ' +
  'MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE ' +
  'SOS SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'
).split(' ');

/** Smallest step of an amount that Stripe charges, in our minor units: 1 except for a few currencies. */
export function cardStep(currency: string): number {
  if (lastDigitIsZero.has(currency)) return 10;
  const fewer = minorUnitDigits(currency) - digitsAtProvider(currency);
  return fewer > 0 ? 10 ** fewer : 1;
}

/** Maximum amount of a card payment, in our minor units. */
export function cardMaximum(currency: string): number {
  const step = cardStep(currency);
  return Math.floor(fromProviderAmount(maxProviderAmount, currency) / step) * step;
}

/** Converts our minor units to Stripe's. @throws Error if Stripe's unit is too coarse for the amount */
export function toProviderAmount(amount: number, currency: string): number {
  const more = digitsAtProvider(currency) - minorUnitDigits(currency);
  const converted = more >= 0 ? amount * 10 ** more : amount / 10 ** -more;
  if (!Number.isSafeInteger(converted))
    throw new Error(`${amount} ${currency} cannot be expressed in Stripe's units.`);
  return converted;
}

/** Converts Stripe's units to our minor units, rounded down. */
export function fromProviderAmount(amount: number, currency: string): number {
  const more = digitsAtProvider(currency) - minorUnitDigits(currency);
  return more >= 0 ? Math.floor(amount / 10 ** more) : amount * 10 ** -more;
}

function digitsAtProvider(currency: string): number {
  return providerDigits[currency] ?? minorUnitDigits(currency);
}
