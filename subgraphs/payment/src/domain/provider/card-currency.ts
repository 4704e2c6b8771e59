import { minorUnitDigits } from '@souk/shared/money';

/**
 * How Stripe counts money where it differs from ISO 4217 (docs.stripe.com/currencies, "Zero-decimal currencies" and
 * "Special cases"): so many of its units make one of ours. ISK and UGX have no minor unit, and Stripe wants them
 * with two digits that are zero; MGA has one of a hundredth, which Stripe does not count.
 */
const providerDigits: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Stripe counts these in thousandths, but cards are charged in hundredths: the last digit must be zero. */
const lastDigitIsZero = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** What Stripe takes at most for one payment, in its own units: eight digits. */
const maxProviderAmount = 99_999_999;

/** Currencies that cards are charged in (docs.stripe.com/currencies, presentment currencies). */
export const cardCurrencies: readonly string[] = (
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP ' +
  'CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ' +
  'ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN ' +
  'MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE ' +
  'SOS SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'
).split(' ');

/** The smallest step of an amount that Stripe charges, in our minor units: 1 but for a few currencies. */
export function cardStep(currency: string): number {
  if (lastDigitIsZero.has(currency)) return 10;
  const fewer = minorUnitDigits(currency) - digitsAtProvider(currency);
  return fewer > 0 ? 10 ** fewer : 1;
}

/** The most that a card is charged at once, in our minor units. */
export function cardMaximum(currency: string): number {
  const step = cardStep(currency);
  return Math.floor(fromProviderAmount(maxProviderAmount, currency) / step) * step;
}

/** Our minor units in Stripe's. @throws Error where Stripe does not count that finely */
export function toProviderAmount(amount: number, currency: string): number {
  const more = digitsAtProvider(currency) - minorUnitDigits(currency);
  const converted = more >= 0 ? amount * 10 ** more : amount / 10 ** -more;
  if (!Number.isSafeInteger(converted)) throw new Error(`${amount} ${currency} cannot be told to Stripe.`);
  return converted;
}

/** Stripe's units in our minor units, rounded down to a whole one. */
export function fromProviderAmount(amount: number, currency: string): number {
  const more = digitsAtProvider(currency) - minorUnitDigits(currency);
  return more >= 0 ? Math.floor(amount / 10 ** more) : amount * 10 ** -more;
}

function digitsAtProvider(currency: string): number {
  return providerDigits[currency] ?? minorUnitDigits(currency);
}
