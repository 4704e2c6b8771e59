import {
  cardCurrencies,
  cardMaximum,
  cardStep,
  fromProviderAmount,
  toProviderAmount,
} from './card-currency.js';

/** Zero-decimal currencies in Stripe's documentation; ISK and UGX are its special cases. */
const zeroDecimal = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');

describe('amounts at Stripe', () => {
  it.each([
    ['EUR', 1_250, 1_250],
    ['JPY', 1_250, 1_250],
    ['KWD', 1_250, 1_250],
    ['ISK', 1_250, 125_000],
    ['UGX', 7, 700],
    ['MGA', 1_200, 12],
  ])('%s %d is %d', (currency, ours, theirs) => {
    expect(toProviderAmount(ours, currency)).toBe(theirs);
    expect(fromProviderAmount(theirs, currency)).toBe(ours);
  });

  it('rejects amounts that are too fine for the unit of Stripe', () => {
    expect(() => toProviderAmount(1_250, 'MGA')).toThrow("cannot be expressed in Stripe's units");
  });

  it.each(cardCurrencies)('in %s are whole at one unit of the currency', (currency) => {
    const digits = zeroDecimal.includes(currency) ? 0 : cardStep(currency) === 10 ? 3 : 2;
    const unit = fromProviderAmount(10 ** digits, currency);
    expect(toProviderAmount(unit, currency)).toBe(10 ** digits);
  });

  it.each([
    ['EUR', 1, 99_999_999],
    ['ISK', 1, 999_999],
    ['KWD', 10, 99_999_990],
    ['MGA', 100, 9_999_999_900],
  ])('in %s go by %d up to %d', (currency, step, maximum) => {
    expect(cardStep(currency)).toBe(step);
    expect(cardMaximum(currency)).toBe(maximum);
  });
});
