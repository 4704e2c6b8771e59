import { nextRun } from './repeat-strategy.js';

/** The runs after a time. */
function runs(pattern: string, tz: string, after: string, count: number): string[] {
  const found: string[] = [];
  for (let at = Date.parse(after); found.length < count;) {
    at = nextRun(at, { pattern, tz }) ?? Number.NaN;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('nextRun', () => {
  const daily = '0 30 2 * * *';

  it('runs daily at the same time of clocks, also when daylight saving begins or ends', () => {
    expect(runs('0 0 9 * * *', 'Europe/Berlin', '2026-10-23T12:00:00Z', 3)).toEqual([
      '2026-10-24T07:00',
      '2026-10-25T08:00',
      '2026-10-26T08:00',
    ]);
  });

  it('runs an hour later on the day whose clocks skip the time', () => {
    expect(runs(daily, 'Europe/Berlin', '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ]);
  });

  it('runs once on the day whose clocks show the time twice', () => {
    expect(runs(daily, 'Europe/Berlin', '2026-10-23T12:00:00Z', 3)).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('runs on a day whose midnight is skipped', () => {
    expect(runs('0 0 0 * * *', 'America/Sao_Paulo', '2018-11-02T12:00:00Z', 3)).toEqual([
      '2018-11-03T03:00',
      '2018-11-04T03:00',
      '2018-11-05T02:00',
    ]);
  });

  it.each([
    ['begins', '2026-03-28T23:30:00Z', ['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T02:00']],
    ['ends', '2026-10-24T23:30:00Z', ['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00']],
  ])('runs each hour when daylight saving %s', (_name, after, expected) => {
    expect(runs('0 0 * * * *', 'Europe/Berlin', after, 3)).toEqual(expected);
  });
});
