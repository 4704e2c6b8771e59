import type { DurationCount } from './duration-histogram.js';
import { percentileOf } from './duration-histogram.js';

/** As the trigger's function counts. */
function countsOf(durations: readonly number[]): DurationCount[] {
  const counts = new Map<number, number>();
  for (const duration of durations) {
    const bucket = Math.ceil(Math.log(Math.max(duration, 1)) / Math.log(1.02));
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return [...counts].map(([bucket, count]) => ({ bucket, count })).sort((a, b) => a.bucket - b.bucket);
}

describe('percentiles of a histogram', () => {
  it('has none without durations', () => {
    expect(percentileOf([], 0.5)).toBeNull();
  });

  it.each([
    ['of a fast checkout', (n: number) => 20 + n / 10],
    ['from a millisecond to days', (n: number) => 1.03 ** (n / 2)],
    ['of one duration', () => 1_234],
  ])('is within 1 %% of the exact value, %s', (_what, durationOf) => {
    const durations = Array.from({ length: 1_000 }, (_, n) => durationOf(n));
    for (const share of [0.01, 0.5, 0.9, 0.99, 1]) {
      const exact = durations[Math.ceil(durations.length * share) - 1] ?? 0;
      const found = percentileOf(countsOf(durations), share) ?? 0;
      expect(Math.abs(found - exact) / exact).toBeLessThan(0.01);
    }
  });

  it('adds up: the histogram of two days is the sum of theirs', () => {
    const days = [
      [100, 200],
      [300, 400_000],
    ];
    expect(percentileOf(countsOf(days.flat()), 0.5)).toBeCloseTo(200, -1);
  });
});
