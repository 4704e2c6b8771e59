import { randomCode } from './random-code.js';

describe('a code', () => {
  it('is of Crockford’s letters and digits', () => {
    expect(randomCode(2_000)).toMatch(/^[0-9A-HJKMNP-TV-Z]{2000}$/);
  });

  it('favours no letter', () => {
    const counts = new Map<string, number>();
    for (const letter of randomCode(64_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(32);
    // 2000 each are expected; seven standard deviations are 308.
    for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(308);
  });
});
