import { generateSync } from 'otplib';
import { createQrCode, createTotpSecret, findTotpStep, totpUri } from './totp.js';

const secret = createTotpSecret();
const now = new Date('2026-05-01T12:00:10Z');
const step = Math.floor(now.getTime() / 30_000);
const codeOf = (which: number): string => generateSync({ secret, epoch: which * 30 });

test.each([
  [-2, null],
  [-1, step - 1],
  [0, step],
  [1, step + 1],
  [2, null],
])('the code of %d steps from now is of step %p', (drift, expected) => {
  expect(findTotpStep(secret, codeOf(step + drift), now)).toBe(expected);
});

test('reads the code of RFC 6238, appendix B', () => {
  const ofTheRfc = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect(findTotpStep(ofTheRfc, '287082', new Date(59_000))).toBe(1);
  expect(findTotpStep(ofTheRfc, '287 082', new Date(59_000))).toBe(1);
});

test.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '-12345', '1e5000'])('%j is no code', (code) => {
  expect(findTotpStep(secret, code, now)).toBeNull();
});

test('another secret has other codes', () => {
  expect(findTotpStep(createTotpSecret(), codeOf(step), now)).toBeNull();
});

test('the URI names issuer, account and secret, and the QR code is an image', async () => {
  const uri = new URL(totpUri(secret, 'ada+b@souk.test'));
  expect(decodeURIComponent(uri.pathname)).toContain('Souk:ada+b@souk.test');
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(uri.searchParams.get('issuer')).toBe('Souk');
  const [type, data = ''] = (await createQrCode(uri.toString())).split(',');
  expect(type).toBe('data:image/svg+xml;base64');
  expect(Buffer.from(data, 'base64').toString()).toMatch(/^<svg [^]*<\/svg>\s*$/);
});
