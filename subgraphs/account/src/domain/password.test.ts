import { parseOptions } from '@node-rs/argon2';
import { hashOptions, hashPassword, nobodysHash, passwordProblem, verifyPassword } from './password.js';

test('a hash fits its password and no other', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(await verifyPassword(hash, 'correct horse battery')).toBe(true);
  expect(await verifyPassword(hash, 'correct horse batterz')).toBe(false);
  expect(await hashPassword('correct horse battery')).not.toBe(hash);
});

test('where there is no account, a comparison costs what it costs with one', async () => {
  expect(parseOptions(nobodysHash)).toEqual(parseOptions(await hashPassword('correct horse battery')));
  expect(parseOptions(nobodysHash)).toMatchObject({ algorithm: 2, ...hashOptions });
  expect(await verifyPassword(null, '')).toBe(false);
});

test.each([
  ['correct horse battery', null],
  ['ten chars!', null],
  ['souk-demo-2026', null],
  ['x'.repeat(199) + 'y', null],
  ['😀'.repeat(9), 'WEAK_PASSWORD'],
  ['x'.repeat(200) + 'y', 'WEAK_PASSWORD'],
  ['Password123', 'WEAK_PASSWORD'],
  ['ADA.LOVELACE@souk.test', 'WEAK_PASSWORD'],
  ['ada.lovelace', 'WEAK_PASSWORD'],
])('%p is %p', (password, code) => {
  const problem = passwordProblem(password, 'Ada.Lovelace@souk.test', ['input', 'password']);
  expect(problem?.code ?? null).toBe(code);
});
