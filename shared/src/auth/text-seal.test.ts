import { TextSeal, UnopenableText } from './text-seal.js';

const secret = 'a gateway secret of this test';
const seal = new TextSeal(secret);
const context = 'passwordResetRequested 0190';

test('opens what it sealed, in another process with the same secret', () => {
  expect(new TextSeal(secret).open(seal.seal('token', context), context)).toBe('token');
});

test('contains nothing of the text, and is another text each time', () => {
  const [first, second] = [seal.seal('token', context), seal.seal('token', context)];
  expect(first).not.toBe(second);
  expect(Buffer.from(first.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('token');
});

test('opens texts that were sealed with a replaced secret, and seals with the current one', () => {
  const rotated = new TextSeal('the secret that replaced it', secret);
  expect(rotated.open(seal.seal('token', context), context)).toBe('token');
  expect(() => seal.open(rotated.seal('token', context), context)).toThrow('another secret');
});

test('tells texts of the current secret by their beginning', () => {
  const rotated = new TextSeal('the secret that replaced it', secret);
  expect(rotated.seal('token', context).startsWith(rotated.prefix)).toBe(true);
  expect(seal.seal('token', context).startsWith(rotated.prefix)).toBe(false);
});

test('opens nothing in another context', () => {
  const sealed = seal.seal('token', context);
  expect(() => seal.open(sealed, 'emailVerificationRequested 0190')).toThrow(UnopenableText);
});

test.each([
  ['an altered text', (sealed: string) => sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')],
  ['another version', (sealed: string) => sealed.replace('v1', 'v2')],
  ['a cut one', (sealed: string) => sealed.slice(0, 20)],
  ['an empty one', () => ''],
])('opens not %s', (_name, alter) => {
  expect(() => seal.open(alter(seal.seal('token', context)), context)).toThrow(UnopenableText);
});
