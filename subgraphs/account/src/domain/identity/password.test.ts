import { parseOptions } from '@node-rs/argon2';
import {
  hashOptions,
  hashPassword,
  dummyHash,
  passwordLength,
  validatePassword,
  verifyPassword,
} from './password.js';

test('a hash matches its password and no other', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(await verifyPassword(hash, 'correct horse battery')).toBe(true);
  expect(await verifyPassword(hash, 'correct horse batterz')).toBe(false);
  expect(await hashPassword('correct horse battery')).not.toBe(hash);
});

test('the dummy hash costs as much to verify as a real one', async () => {
  expect(parseOptions(dummyHash)).toEqual(parseOptions(await hashPassword('correct horse battery')));
  expect(parseOptions(dummyHash)).toMatchObject({ algorithm: 2, ...hashOptions });
  expect(await verifyPassword(null, '')).toBe(false);
});

const owner = { email: 'Ada.Lovelace@souk.test', names: ['Ada', 'Lovelace', 'Countess'] };

function validate(password: string): { code: string; message: string } | null {
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
])('accepts %p', (password) => {
  expect(validate(password)).toBeNull();
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
])('rejects %p and names the weakness: %s', (password, words) => {
  expect(validate(password)).toMatchObject({ code: 'WEAK_PASSWORD', field: ['input', 'password'] });
  expect(validate(password)?.message).toContain(words);
});

test('property names of objects are ordinary words', () => {
  expect(validate('constructor')?.code).toBe('WEAK_PASSWORD');
  expect(validate('__proto__ and a walrus')).toBeNull();
});

// Without the bound on the estimated length, the longest of these take more than a second.
test('long passwords and names are estimated in bounded time', () => {
  validate('the dictionaries are loaded first');
  const started = performance.now();
  for (const text of ['p@$$w0rd4!1', '1999/12/31', '0123456789', 'a4@', 'thequickbrownfox']) {
    const password = text.repeat(50).slice(0, passwordLength.max);
    validatePassword(password, { email: `${password}@souk.test`, names: [password, password] }, []);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
