import { paymentMethods, validateMethod } from './payment-methods.js';

const all = { BANK_TRANSFER: 'an account', VIRTUAL_ACCOUNT: 'a bank', E_WALLET: '@souk' };
const none = { BANK_TRANSFER: null, VIRTUAL_ACCOUNT: null, E_WALLET: null };

describe('payment methods', () => {
  it('are filtered by currency and by configured account', () => {
    const methods = paymentMethods(all, 30, null).map(({ method }) => method);
    expect(methods).toEqual(['CREDIT_CARD', 'BANK_TRANSFER', 'VIRTUAL_ACCOUNT', 'E_WALLET']);
    expect(paymentMethods({ ...none, E_WALLET: '@souk' }, 30, 'EUR').map(({ method }) => method)).toEqual([
      'CREDIT_CARD',
      'E_WALLET',
    ]);
    expect(paymentMethods(all, 30, 'CLF')).toHaveLength(0);
    expect(paymentMethods(all, 30, 'eur')).toHaveLength(0);
  });

  it.each([
    [0.1, 1],
    [1.9, 1],
    [20.5, 20],
    [90, 90],
  ])('show a timeout of %d minutes as %i', (timeout, shown) =>
    expect(paymentMethods(all, timeout, null)[0]?.expiresAfterMinutes).toBe(shown),
  );

  it('reject amounts that the provider would reject', () => {
    const refusal = (amount: number, currency: string) =>
      validateMethod(none, 'CREDIT_CARD', { amount, currency })?.message;
    expect(refusal(99_999_999, 'EUR')).toBeUndefined();
    expect(refusal(100_000_000, 'EUR')).toMatch(/at most 99999999/);
    expect(refusal(999_999, 'ISK')).toBeUndefined();
    expect(refusal(1_000_000, 'ISK')).toMatch(/at most 999999/);
    expect(refusal(1_230, 'KWD')).toBeUndefined();
    expect(refusal(1_234, 'KWD')).toMatch(/steps of 10/);
    expect(refusal(150, 'MGA')).toMatch(/steps of 100/);
    expect(refusal(100, 'CLF')).toMatch(/CLF/);
  });

  it('that are manual accept any amount if they are offered', () => {
    const amount = { amount: 1_000_000_001, currency: 'EUR' };
    expect(validateMethod(all, 'BANK_TRANSFER', amount)).toBeNull();
    expect(validateMethod(none, 'BANK_TRANSFER', amount)?.code).toBe('INVALID');
  });
});
