import { invalidRequest } from './stripe-error.js';

const SUPPORTED = new Set(
  (
    'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad ' +
    'cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl ' +
    'htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd ' +
    'mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd ' +
    'rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd ' +
    'vuv wst xaf xcd xof xpf yer zar zmw'
  ).split(' '),
);

const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
/** Stripe counts these in thousandths but wants the last digit to be zero. */
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));
/** Without minor unit, yet passed with two decimals that must be zero. */
const WHOLE_UNITS = new Set(['isk', 'ugx']);

/**
 * The smallest charge by currency, in minor units (docs.stripe.com/currencies, "Minimum and maximum charge
 * amounts"). Others must convert to the minimum of the account's settlement currency; the simulator has no
 * rates and lets them pass.
 */
const MINIMUM: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

/** Stripe takes eight digits. */
export const MAXIMUM_AMOUNT = 99_999_999;

/** Reads a currency code in either case; refuses what Stripe does not present in. */
export function readCurrency(text: string, param: string): string {
  const currency = text.toLowerCase();
  if (SUPPORTED.has(currency)) return currency;
  throw invalidRequest(
    `Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...SUPPORTED].join(', ')}`,
    { param },
  );
}

/** Refuses an amount below the currency's minimum, above eight digits, or with digits that Stripe wants zero. */
export function checkAmount(amount: number, currency: string, param: string): void {
  const minimum = MINIMUM[currency] ?? 1;
  if (amount > MAXIMUM_AMOUNT) {
    throw invalidRequest(`Amount must be no more than ${formatAmount(MAXIMUM_AMOUNT, currency)}`, {
      code: 'amount_too_large',
      param,
    });
  }
  if (amount < minimum) {
    throw invalidRequest(`Amount must be at least ${formatAmount(minimum, currency)} ${currency}`, {
      code: 'amount_too_small',
      param,
    });
  }
  checkDigits(amount, currency, param);
}

/** Refuses an amount whose last digits must be zero in its currency. */
export function checkDigits(amount: number, currency: string, param: string): void {
  const step = THREE_DECIMAL.has(currency) ? 10 : WHOLE_UNITS.has(currency) ? 100 : 1;
  if (amount % step === 0) return;
  throw invalidRequest(`Amounts in ${currency} must be evenly divisible by ${step}`, { param });
}

/** An amount as Stripe prints it in messages, for example `$25.00`, `¥2500`, `KWD 5.120`. */
export function formatAmount(amount: number, currency: string): string {
  const digits = ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}
