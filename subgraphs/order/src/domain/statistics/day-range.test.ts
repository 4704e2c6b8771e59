import { addDays, blocksOf, daysOf, listDays } from './day-range.js';

const range = (from: string, to: string) => ({ from, to });

describe('days of a range of times', () => {
  it.each([
    ['2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z', range('2026-03-04', '2026-03-05')],
    ['2026-03-04T23:59:59Z', '2026-03-05T00:00:00.001Z', range('2026-03-04', '2026-03-06')],
    ['2026-03-04T12:00:00Z', '2026-03-04T12:00:00Z', range('2026-03-04', '2026-03-05')],
    ['2026-12-31T12:00:00Z', null, range('2026-12-31', 'infinity')],
    [null, '2027-01-01T00:00:00Z', range('-infinity', '2027-01-01')],
  ])('%s to %s', (from, to, days) => {
    expect(daysOf(from === null ? null : new Date(from), to === null ? null : new Date(to))).toEqual(days);
  });

  it('lists the last days', () => {
    expect(listDays(range('2026-02-27', '2026-03-02'), 366)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(listDays(range('2020-01-01', '2026-03-02'), 2)).toEqual(['2026-02-28', '2026-03-01']);
    expect(listDays(range('2026-03-02', '2026-03-02'), 2)).toEqual([]);
  });
});

describe('blocks of a range', () => {
  const now = new Date('2026-03-04T12:00:00Z');
  const daysIn = (from: string, to: string): string[] => listDays(range(from, to), 20_000);
  const daysOfBlocks = (from: string, to: string): string[] =>
    blocksOf(range(from, to), now).flatMap(({ days, day }) => daysIn(day, addDays(day, days)));

  it.each([
    ['2026-03-04', '2026-03-05'],
    ['2025-01-30', '2026-01-30'],
    ['2024-02-28', '2024-03-02'],
    ['2000-01-01', '2000-01-17'],
    ['2000-01-02', '2026-01-01'],
    ['2026-03-04', '2026-03-04'],
  ])('from %s to %s have each day once', (from, to) => {
    expect(daysOfBlocks(from, to)).toEqual(daysIn(from, to));
  });

  it('without bounds have all days until now in the longest blocks', () => {
    const blocks = blocksOf(range('-infinity', 'infinity'), now);
    expect(new Set(blocks.map(({ days }) => days))).toEqual(new Set([256]));
    const all = daysOfBlocks('-infinity', 'infinity');
    expect(all.slice(0, 2)).toEqual(['2000-01-01', '2000-01-02']);
    expect(all).toEqual(expect.arrayContaining(['2026-03-04', '2026-03-05']));
    expect(daysOfBlocks('2026-03-01', '2026-03-06')).toContain('2026-03-05');
  });

  it('are few, and begin where the fold puts them', () => {
    const blocks = blocksOf(range('2025-01-30', '2026-01-30'), now);
    expect(blocks.length).toBeLessThan(24);
    for (const { days, day } of blocks) {
      expect(((Date.parse(day) - Date.parse('2000-01-01')) / 86_400_000) % days).toBe(0);
    }
  });
});
