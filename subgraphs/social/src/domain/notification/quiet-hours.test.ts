import { quietUntil, readQuietHours } from './quiet-hours.js';

const night = readQuietHours({ start: '22:00', end: '07:00' });
const until = (at: string, hours: Parameters<typeof readQuietHours>[0], zone: string | null): string | null =>
  quietUntil(new Date(at), readQuietHours(hours), zone)?.toISOString() ?? null;

describe('quietUntil', () => {
  it.each([
    ['before midnight', '2026-06-01T20:30:00Z', 'Europe/Berlin', '2026-06-02T05:00:00.000Z'],
    ['after midnight', '2026-06-02T01:30:00Z', 'Europe/Berlin', '2026-06-02T05:00:00.000Z'],
    ['at the start', '2026-06-01T20:00:00Z', 'Europe/Berlin', '2026-06-02T05:00:00.000Z'],
    ['in the last minute', '2026-06-02T04:59:59Z', 'Europe/Berlin', '2026-06-02T05:00:00.000Z'],
    ['at the end', '2026-06-02T05:00:00Z', 'Europe/Berlin', null],
    ['by day', '2026-06-02T12:00:00Z', 'Europe/Berlin', null],
    ['elsewhere', '2026-06-02T12:00:00Z', 'Asia/Tokyo', null],
    ['elsewhere, where it is night', '2026-06-02T14:00:00Z', 'Asia/Tokyo', '2026-06-02T22:00:00.000Z'],
    ['without a zone', '2026-06-01T23:00:00Z', null, '2026-06-02T07:00:00.000Z'],
    ['in a zone that is unknown', '2026-06-01T23:00:00Z', 'Europe/Atlantis', '2026-06-02T07:00:00.000Z'],
    [
      'in the night that is an hour shorter',
      '2026-03-28T23:00:00Z',
      'Europe/Berlin',
      '2026-03-29T05:00:00.000Z',
    ],
    [
      'in the night that is an hour longer',
      '2026-10-24T23:00:00Z',
      'Europe/Berlin',
      '2026-10-25T06:00:00.000Z',
    ],
  ])('%s', (_name, at, zone, expected) => {
    expect(quietUntil(new Date(at), night, zone)?.toISOString() ?? null).toBe(expected);
  });

  it('ends when clocks are set forward over the end', () => {
    const hours = { start: '22:00', end: '02:30' };
    expect(until('2026-03-29T00:30:00Z', hours, 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
    expect(until('2026-03-29T01:00:00Z', hours, 'Europe/Berlin')).toBeNull();
  });

  it('ends at the first of two equal times, and again at the second', () => {
    const hours = { start: '22:00', end: '02:30' };
    expect(until('2026-10-24T23:30:00Z', hours, 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(until('2026-10-25T00:45:00Z', hours, 'Europe/Berlin')).toBeNull();
    expect(until('2026-10-25T01:10:00Z', hours, 'Europe/Berlin')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('may be within a day', () => {
    const hours = { start: '12:00', end: '14:00' };
    expect(until('2026-06-02T11:00:00Z', hours, 'Europe/Berlin')).toBe('2026-06-02T12:00:00.000Z');
    expect(until('2026-06-02T09:00:00Z', hours, 'Europe/Berlin')).toBeNull();
  });
});

it.each([
  ['24:00', '07:00', 'start'],
  ['22:00', '7:00', 'end'],
  ['22:00', '07:60', 'end'],
  ['22:00', '22:00', 'end'],
])('refuses quiet hours from %s to %s', (start, end, field) => {
  let thrown: unknown = null;
  try {
    readQuietHours({ start, end });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'INVALID', field: ['quietHours', field] });
});
