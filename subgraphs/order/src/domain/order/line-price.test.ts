import fc from 'fast-check';
import { refundOf, refundOfRest } from './line-price.js';

/** A line's amount and how many units its cancellations have. */
const sequences = fc
  .array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 })
  .chain((parts) => fc.record({ parts: fc.constant(parts), whole: fc.integer({ min: 0, max: 10 ** 15 }) }));

const quantityOf = (parts: readonly number[]): number => parts.reduce((sum, units) => sum + units, 0);
const cancelled = (units: number): number[] => Array.from({ length: units }, (_, unit) => unit);

describe('the refund of units of a line', () => {
  it('is their price', () => {
    const line = { unitAmount: 1_250, quantity: 4, cancelledUnits: [3] };
    expect([refundOf(line, 1), refundOf(line, 2), refundOfRest(line)]).toEqual([1_250, 2_500, 3_750]);
  });

  it('adds up to the whole for any amount and any sequence of cancellations', () => {
    fc.assert(
      fc.property(sequences, ({ parts, whole }) => {
        const quantity = quantityOf(parts);
        let before = 0;
        let sum = 0;
        for (const units of parts) {
          const refund = refundOf(
            { unitAmount: 0, quantity, cancelledUnits: cancelled(before) },
            units,
            whole,
          );
          // At most one minor unit from the exact share.
          expect(Math.abs(refund - (whole * units) / quantity)).toBeLessThanOrEqual(1);
          before += units;
          sum += refund;
        }
        expect(sum).toBe(whole);
      }),
    );
  });
});
