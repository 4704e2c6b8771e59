import { rowLabel } from './seat-map.js';

describe('rowLabel', () => {
  it.each([
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [52, 'AZ'],
    [53, 'BA'],
    [500, 'SF'],
  ])('names row %i %s', (row, label) => {
    expect(rowLabel(row)).toBe(label);
  });

  it('names no two rows alike', () => {
    const labels = Array.from({ length: 2_000 }, (_, index) => rowLabel(index + 1));
    expect(new Set(labels).size).toBe(2_000);
  });
});
