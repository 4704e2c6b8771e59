import { parseOptions } from '@node-rs/argon2';
import {
  hashOptions,
  hashPassword,
  dummyHash,
  passwordLength,
  validatePassword,
  verifyPassword,
} from './password.js';

test('a hash fits its password and no other', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(await verifyPassword(hash, 'correct horse battery')).toBe(true);
  expect(await verifyPassword(hash, 'correct horse batterz')).toBe(false);
  expect(await hashPassword('correct horse battery')).not.toBe(hash);
});

test('where there is no account, a comparison costs what it costs with one', async () => {
  expect(parseOptions(dummyHash)).toEqual(parseOptions(await hashPassword('correct horse battery')));
  expect(parseOptions(dummyHash)).toMatchObject({ algorithm: 2, ...hashOptions });
  expect(await verifyPassword(null, '')).toBe(false);
});

const owner = { email: 'Ada.Lovelace@souk.test', names: ['Ada', 'Lovelace', 'Countess'] };

function problemOf(password: string): { code: string; message: string } | null {
  return validatePassword(password, owner, ['input', 'password']);
}

test.each([
  'correct horse battery',
  'correct-horse-battery',
  'correcthorsebattery',
  'a long test password',
  'the keys of the house',
  'souk-demo-2026',
  'Passw0rd-2026',
  'Passw0rd-alice-2026',
  'ten chars!',
  'Tr0ub4dor&3',
  '日本語日本語 漢字仮名交じり文 é',
  'kq8#Vz!m2p',
])('takes %p', (password) => {
  expect(problemOf(password)).toBeNull();
});

test.each([
  ['aaaaaaaaaaa', 'Repeated characters'],
  ['x'.repeat(199) + 'y', 'Repeated characters'],
  ['password1234', 'commonly used password'],
  ['qwertyuiop12', 'commonly used password'],
  ['P@ssw0rd1234', 'commonly used password'],
  ['Password123', 'commonly used password'],
  ['abcdefghijk', 'character sequences'],
  ['hunter2hunter2', 'Repeated character patterns'],
  ['ADA.LOVELACE@souk.test', 'personal'],
  ['ada.lovelace', 'personal'],
  ['lovelace11', 'personal'],
  ['AdaLovelace', 'personal'],
  ['countessada', 'personal'],
  ['souksouksouk', 'Repeated character patterns'],
  ['😀'.repeat(9), '10 to 200 characters'],
  ['x'.repeat(200) + 'y', '10 to 200 characters'],
])('refuses %p and says what is weak: %s', (password, words) => {
  expect(problemOf(password)).toMatchObject({ code: 'WEAK_PASSWORD', field: ['input', 'password'] });
  expect(problemOf(password)?.message).toContain(words);
});

test('names that objects have are words like others', () => {
  expect(problemOf('constructor')?.code).toBe('WEAK_PASSWORD');
  expect(problemOf('__proto__ and a walrus')).toBeNull();
});

// Looked at whole, the longest of these take more than a second.
test('long passwords and names are judged in bounded time', () => {
  problemOf('the dictionaries are loaded first');
  const started = performance.now();
  for (const text of ['p@$$w0rd4!1', '1999/12/31', '0123456789', 'a4@', 'thequickbrownfox']) {
    const password = text.repeat(50).slice(0, passwordLength.max);
    validatePassword(password, { email: `${password}@souk.test`, names: [password, password] }, []);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
