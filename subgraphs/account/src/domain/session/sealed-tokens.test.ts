import { openTokens, sealTokens } from './sealed-tokens';

const pair = {
  accessToken: 'header.claims.signature',
  accessTokenExpiresAt: new Date('2026-11-29T12:15:00.123Z'),
  refreshToken: 'the next token',
  refreshTokenExpiresAt: new Date('2026-12-29T12:00:00Z'),
};

test('opens what was sealed, with the replaced token only', () => {
  const sealed = sealTokens(pair, 'the replaced token');
  expect(openTokens(sealed, 'the replaced token')).toEqual(pair);
  expect(() => openTokens(sealed, 'the next token')).toThrow();
});

test('hides the tokens, and differs each time', () => {
  const [one, other] = [sealTokens(pair, 'the replaced token'), sealTokens(pair, 'the replaced token')];
  for (const text of [pair.accessToken, pair.refreshToken]) expect(one.includes(text)).toBe(false);
  expect(one.equals(other)).toBe(false);
});

test('notices altered bytes', () => {
  const sealed = sealTokens(pair, 'the replaced token');
  for (const index of [0, 12, 40, sealed.length - 1]) {
    const altered = Buffer.from(sealed);
    altered[index] = (altered[index] ?? 0) ^ 1;
    expect(() => openTokens(altered, 'the replaced token')).toThrow();
  }
});
