import { Rejection, Rejections } from './errors.js';
import type { Money } from './money.js';
import {
  addMoney,
  allocate,
  formatMoney,
  minorUnitDigits,
  multiplyMoney,
  parseMoney,
  sumByCurrency,
} from './money.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

it.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['ISK', 0],
  // Where usage and the standard differ, the standard.
  ['IDR', 2],
  ['IQD', 3],
  ['CLF', 4],
])('knows the minor unit of %s', (currency, digits) => {
  expect(minorUnitDigits(currency)).toBe(digits);
});

it.each([
  [1250, 'EUR', 'en', '€12.50'],
  [1250, 'EUR', 'de', '12,50\u00a0€'],
  [1250, 'JPY', 'en', '¥1,250'],
  [1250, 'KWD', 'en', 'KWD\u00a01.250'],
  [1250, 'IDR', 'en', 'IDR\u00a012.50'],
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

it.each([
  [100, [1, 1, 1], [34, 33, 33]],
  [100, [50, 30, 20], [50, 30, 20]],
  [10, [1, 2, 4], [1, 3, 6]],
  [1, [0, 0, 5], [0, 0, 1]],
  [2, [3, 3, 0], [1, 1, 0]],
  [0, [1, 2], [0, 0]],
  [0, [0], [0]],
  [0, [], []],
  [9_007_199_254_740_991, [1, 2], [3_002_399_751_580_330, 6_004_799_503_160_661]],
])('divides %d by %j into %j', (amount, weights, parts) => {
  expect(allocate(amount, weights)).toEqual(parts);
});

it('does not divide without weights, nor negative amounts', () => {
  expect(() => allocate(5, [0, 0])).toThrow('nothing to divide');
  expect(() => allocate(5, [])).toThrow('nothing to divide');
  expect(() => allocate(-5, [1])).toThrow('0 or more');
  expect(() => allocate(5, [-1])).toThrow('0 or more');
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
  const refused = (): Money => parseMoney({ amount: -5, currency: 'zz' }, ['total']);
  expect(refused).toThrow(Rejections);
  try {
    refused();
  } catch (error) {
    const rejections = error instanceof Rejections ? error.all.map(({ code, field }) => [code, field]) : [];
    expect(rejections).toEqual([
      ['INVALID', ['total', 'currency']],
      ['INVALID', ['total', 'amount']],
    ]);
  }
});
