import { FacetEstimates } from './facet-estimates.js';
import type { FacetCounts } from './facet-counts.js';

const counts: FacetCounts[] = [{ name: 'KIND', isEstimate: true, values: [] }];
const at = (ms: number): Date => new Date(1_000_000 + ms);

describe('FacetEstimates', () => {
  it('returns counts for three seconds, under their key only', () => {
    const estimates = new FacetEstimates();
    estimates.keep('a', counts, at(0));
    expect(estimates.find('a', at(2_999))).toBe(counts);
    expect(estimates.find('b', at(0))).toBeNull();
    expect(estimates.find('a', at(3_000))).toBeNull();
    expect(estimates.find('a', at(-1))).toBeNull();
  });

  it('keeps a thousand, the latest ones', () => {
    const estimates = new FacetEstimates();
    for (let key = 0; key < 1_001; key += 1) estimates.keep(`${key}`, counts, at(0));
    expect(estimates.find('0', at(1))).toBeNull();
    expect(estimates.find('1', at(1))).toBe(counts);
    estimates.keep('1', counts, at(1));
    estimates.keep('new', counts, at(1));
    expect(estimates.find('1', at(2))).toBe(counts);
    expect(estimates.find('2', at(2))).toBeNull();
  });
});
