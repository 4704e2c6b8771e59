import { minorUnitDigits } from '@souk/shared/money';
import { cardCurrencies, paymentMethods, refusalOf } from './payment-methods.js';

/** What Stripe counts without digits; everything else on our list with two. */
const withoutDigits = ['JPY', 'KRW', 'VND'];

describe('payment methods', () => {
  it.each(cardCurrencies)('%s has the minor unit that Stripe charges in', (currency) => {
    expect(minorUnitDigits(currency)).toBe(withoutDigits.includes(currency) ? 0 : 2);
  });

  it('are those for a currency', () => {
    expect(paymentMethods(null).map(({ method }) => method)).toEqual(['CREDIT_CARD']);
    expect(paymentMethods('EUR')).toHaveLength(1);
    expect(paymentMethods('ISK')).toHaveLength(0);
    expect(paymentMethods('eur')).toHaveLength(0);
  });

  it('refuse what the provider would not take', () => {
    expect(refusalOf('CREDIT_CARD', { amount: 99_999_999, currency: 'EUR' })).toBeNull();
    expect(refusalOf('CREDIT_CARD', { amount: 100_000_000, currency: 'EUR' })?.code).toBe('INVALID');
    expect(refusalOf('CREDIT_CARD', { amount: 100, currency: 'HUF' })?.code).toBe('INVALID');
    expect(refusalOf('E_WALLET', { amount: 100, currency: 'EUR' })?.code).toBe('INVALID');
  });
});
