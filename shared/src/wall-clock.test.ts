import { instantOfWallClock, wallClockOf } from './wall-clock.js';

const wall = (text: string): number => Date.parse(`${text}Z`);

describe('wallClockOf', () => {
  it.each([
    ['2026-06-01T22:30:00.250Z', 'Europe/Berlin', '2026-06-02T00:30:00.250'],
    ['2026-01-01T00:00:00Z', 'America/Los_Angeles', '2025-12-31T16:00:00'],
    ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '2026-01-01T05:45:00'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25T02:30:00'],
  ])('at %s in %s is %s', (at, timeZone, expected) => {
    expect(wallClockOf(new Date(at), timeZone)).toBe(wall(expected));
  });

  it('throws for an unknown zone', () => {
    expect(() => wallClockOf(new Date(), 'Europe/Atlantis')).toThrow(RangeError);
  });
});

describe('instantOfWallClock', () => {
  it.each([
    ['a usual time', '2026-06-02T00:30:00', 'Europe/Berlin', '2026-06-01T22:30:00.000Z'],
    ['a time that clocks skip', '2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['a midnight that clocks skip', '2018-11-04T00:00:00', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['a time that clocks show twice', '2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['half an hour set back', '2026-04-05T01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
    ['a day that clocks skip', '2011-12-30T12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
  ])('finds %s', (_name, time, timeZone, expected) => {
    expect(instantOfWallClock(wall(time), timeZone).toISOString()).toBe(expected);
  });
});
