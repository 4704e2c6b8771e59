import { isTimeZone, timeZoneOfCountry } from './time-zone.js';

describe('isTimeZone', () => {
  it.each(['Europe/Lisbon', 'America/Argentina/Ushuaia', 'UTC'])('accepts %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Europe/Atlantis', '+01:00', 'x'.repeat(61)])('refuses %j', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

describe('timeZoneOfCountry', () => {
  it.each([
    ['FR', 'Europe/Paris'],
    ['JP', 'Asia/Tokyo'],
    // Büsingen shows the time of Berlin.
    ['DE', 'Europe/Berlin'],
    // The Azores do not show the time of Lisbon.
    ['PT', null],
    ['US', null],
    ['ZZ', null],
    ['x', null],
  ])('of %s is %s', (code, timeZone) => {
    expect(timeZoneOfCountry(code)).toBe(timeZone);
  });
});
