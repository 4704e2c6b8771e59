import { hasCities, hasPostalCodes, isCountry } from './country.js';

describe('isCountry', () => {
  it.each(['AD', 'DE', 'GB', 'HK', 'PS', 'SS', 'SX', 'TW', 'ZW'])('accepts %s', (code) => {
    expect(isCountry(code)).toBe(true);
  });

  // Lowercase, alpha-3, reserved, withdrawn, user-assigned
  it.each(['', 'de', 'DEU', 'EU', 'UK', 'UN', 'AN', 'SU', 'XK', 'XX', 'ZZ'])('rejects %j', (code) => {
    expect(isCountry(code)).toBe(false);
  });
});

describe('hasPostalCodes', () => {
  it.each(['AU', 'BR', 'CA', 'CN', 'DE', 'GB', 'GI', 'IE', 'IN', 'JP', 'PT', 'SG', 'US', 'ZA'])(
    'is true for %s',
    (code) => {
      expect(hasPostalCodes(code)).toBe(true);
    },
  );

  it.each(['AE', 'AG', 'AO', 'BS', 'FJ', 'GH', 'HK', 'JM', 'MO', 'PA', 'QA', 'UG', 'ZW'])(
    'is false for %s',
    (code) => {
      expect(hasPostalCodes(code)).toBe(false);
    },
  );

  it('is true for an unknown country', () => {
    expect(hasPostalCodes('XX')).toBe(true);
  });
});

describe('hasCities', () => {
  it.each(['DE', 'HK', 'PT', 'US', 'XX'])('is true for %s', (code) => {
    expect(hasCities(code)).toBe(true);
  });

  it.each(['GI', 'NR', 'SG'])('is false for %s', (code) => {
    expect(hasCities(code)).toBe(false);
  });
});
