import type { SoldLine } from './sale-shares.js';
import { sharesOf } from './sale-shares.js';

const rates: Record<string, number> = { a: 1_000, b: 1_000, c: 1_250, free: 0, all: 10_000 };
const divide = (paid: number, lines: readonly [string | null, number][]) =>
  sharesOf(
    paid,
    lines.map(([partnerId, amount]): SoldLine => ({ partnerId, amount })),
    (partner) => rates[partner] ?? 500,
  ).map(({ partnerId, gross, commission }) => [partnerId, gross, commission]);

describe('the shares of a sale', () => {
  it('contain the sum of each seller and their commission', () => {
    expect(
      divide(3_500, [
        ['a', 1_000],
        [null, 500],
        ['c', 1_000],
        ['a', 1_000],
      ]),
    ).toEqual([
      ['a', 2_000, 200],
      [null, 500, 0],
      ['c', 1_000, 125],
    ]);
  });

  it('round commissions so that they add up to the total', () => {
    // 0.5 each: together 1, not 0 and not 2.
    expect(
      divide(10, [
        ['a', 5],
        ['b', 5],
      ]),
    ).toEqual([
      ['a', 5, 1],
      ['b', 5, 0],
    ]);
    expect(divide(5, [['a', 5]])).toEqual([['a', 5, 1]]);
    expect(divide(4, [['a', 4]])).toEqual([['a', 4, 0]]);
  });

  it('assign the excess over the lines to the platform', () => {
    expect(divide(1_200, [['a', 1_000]])).toEqual([
      ['a', 1_000, 100],
      [null, 200, 0],
    ]);
    expect(divide(700, [])).toEqual([[null, 700, 0]]);
  });

  it('shrink in proportion to the paid amount', () => {
    expect(
      divide(100, [
        ['a', 100],
        ['b', 200],
      ]),
    ).toEqual([
      ['a', 33, 3],
      ['b', 67, 7],
    ]);
  });

  it('are empty for a free sale, and omit free lines', () => {
    expect(divide(0, [['a', 0]])).toEqual([]);
    expect(
      divide(10, [
        ['a', 0],
        ['free', 5],
        ['all', 5],
      ]),
    ).toEqual([
      ['free', 5, 0],
      ['all', 5, 5],
    ]);
  });

  it('are exact beyond the safe integers', () => {
    const large = 9_007_199_254_740_991;
    expect(divide(large, [['c', large]])).toEqual([['c', large, 1_125_899_906_842_624]]);
  });
});
