import fc from 'fast-check';
import { roundToTotal } from './largest-remainder.js';

/** Fractions with a total that is their sum, rounded down or up. */
const fractions = fc
  .record({
    denominator: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    numerators: fc.array(fc.bigInt({ min: 0n, max: 10n ** 24n }), { maxLength: 20 }),
    up: fc.boolean(),
  })
  .map(({ denominator, numerators, up }) => {
    const sum = numerators.reduce((total, numerator) => total + numerator, 0n);
    const total = sum / denominator + (up && sum % denominator > 0n ? 1n : 0n);
    return { denominator, numerators, total };
  })
  .filter(({ total }) => total <= BigInt(Number.MAX_SAFE_INTEGER));

it('adds up to the total, and changes each fraction by less than one unit', () => {
  fc.assert(
    fc.property(fractions, ({ denominator, numerators, total }) => {
      const parts = roundToTotal(numerators, denominator, total).map(BigInt);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
      for (const [index, part] of parts.entries()) {
        const difference = part * denominator - (numerators[index] ?? 0n);
        expect(difference < denominator && difference > -denominator).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

it('never gives a smaller fraction more than a larger one', () => {
  fc.assert(
    fc.property(fractions, ({ denominator, numerators, total }) => {
      const parts = roundToTotal(numerators, denominator, total);
      const sorted = numerators
        .map((numerator, index) => ({ numerator, part: parts[index] ?? 0 }))
        .sort((a, b) => (a.numerator < b.numerator ? -1 : a.numerator > b.numerator ? 1 : a.part - b.part));
      for (const [index, { part }] of sorted.entries()) {
        expect(part).toBeGreaterThanOrEqual(sorted[index - 1]?.part ?? 0);
      }
    }),
    { numRuns: 1_000 },
  );
});

it('gives the missing units to the first of equal remainders', () => {
  expect(roundToTotal([5n, 5n, 5n], 10n, 2n)).toEqual([1, 1, 0]);
});

it.each([0n, 4n])('refuses a total of %s that is not the rounded sum', (total) => {
  expect(() => roundToTotal([15n, 10n], 10n, total)).toThrow('cannot be rounded');
});
