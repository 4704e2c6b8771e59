import { Rejection } from './errors.js';
import { addMoney, formatMoney, minorUnitDigits, multiplyMoney, parseMoney, sumByCurrency } from './money.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

it.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
])('knows the minor unit of %s', (currency, digits) => {
  expect(minorUnitDigits(currency)).toBe(digits);
});

it.each([
  [1250, 'EUR', 'en', '€12.50'],
  [1250, 'EUR', 'de', '12,50\u00a0€'],
  [1250, 'JPY', 'en', '¥1,250'],
  [5, 'EUR', 'en', '€0.05'],
  [-5, 'EUR', 'en', '-€0.05'],
  [9_007_199_254_740_991, 'EUR', 'en', '€90,071,992,547,409.91'],
])('writes %d %s in %s as %s', (amount, currency, locale, text) => {
  expect(formatMoney({ amount, currency }, locale)).toBe(text);
});

it('adds, multiplies, sums', () => {
  expect(addMoney(eur(1), eur(2))).toEqual(eur(3));
  expect(multiplyMoney(eur(1999), 3)).toEqual(eur(5997));
  expect(sumByCurrency([eur(1), { amount: 5, currency: 'JPY' }, eur(2)])).toEqual([
    eur(3),
    { amount: 5, currency: 'JPY' },
  ]);
});

it('refuses to mix currencies or to leave exact integers', () => {
  expect(() => addMoney(eur(1), { amount: 1, currency: 'USD' })).toThrow('Cannot add USD to EUR');
  expect(() => multiplyMoney(eur(Number.MAX_SAFE_INTEGER), 2)).toThrow('largest exact integer');
});

it.each([
  [{ amount: -1, currency: 'EUR' }, ['input', 'price', 'amount']],
  [{ amount: 1.5, currency: 'EUR' }, ['input', 'price', 'amount']],
  [{ amount: 1, currency: 'eur' }, ['input', 'price', 'currency']],
  [{ amount: 1, currency: 'ABC' }, ['input', 'price', 'currency']],
])('refuses %j and names the field', (money, field) => {
  const refusal = (() => {
    try {
      return parseMoney(money, ['input', 'price']);
    } catch (error) {
      return error;
    }
  })();
  expect(refusal).toBeInstanceOf(Rejection);
  expect(refusal).toMatchObject({ code: 'INVALID', field });
});

it('refuses currency and amount together', () => {
  expect(() => parseMoney({ amount: -5, currency: 'zz' }, ['total'])).toThrow(
    expect.objectContaining({
      all: [
        expect.objectContaining({ code: 'INVALID', field: ['total', 'currency'] }),
        expect.objectContaining({ code: 'INVALID', field: ['total', 'amount'] }),
      ],
    }),
  );
});
