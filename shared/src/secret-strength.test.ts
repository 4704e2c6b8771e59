import { randomBytes } from 'node:crypto';
import { weakSecrets, weakUrlPasswords } from './secret-strength.js';

const production = { NODE_ENV: 'production' };
const kinds = {
  GATEWAY_SECRET: 'secret',
  METRICS_TOKEN: 'secret',
  STRIPE_WEBHOOK_SECRET: 'stripe-webhook',
  ADMIN_PASSWORD: 'password',
} as const;
const problems = (environment: Record<string, string>): string[] =>
  weakSecrets({ ...production, ...environment }, kinds);

it('accepts random secrets in all usual encodings', () => {
  for (let round = 0; round < 2_000; round += 1) {
    const bytes = randomBytes(32);
    for (const secret of [
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url').slice(0, 22),
    ]) {
      expect(problems({ GATEWAY_SECRET: secret, STRIPE_WEBHOOK_SECRET: `whsec_${secret}` })).toEqual([]);
    }
  }
});

it.each([
  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'abababababababababababababababab',
  'secretsecretsecretsecretsecret',
  'abcdefghijklmnopqrstuvwxyz012345',
  '0123456789012345678901234567890123456789',
  'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb',
  '1111222233334444',
  'changeme',
  'short',
])('refuses %s as a secret, and does not repeat it', (secret) => {
  const [problem = ''] = problems({ GATEWAY_SECRET: secret });
  expect(problem).toMatch(/^GATEWAY_SECRET: is too easy to guess; use 32 random bytes/);
  expect(problem).not.toContain(secret);
});

it('refuses a password of the demo, a short one, one of repeated characters, and takes a sentence', () => {
  for (const password of ['souk-demo-2026', 'Ab3$xYz', 'aaaaaaaaaaaaaaa', '123456789012'])
    expect(problems({ ADMIN_PASSWORD: password })).toEqual([
      expect.stringMatching(/^ADMIN_PASSWORD: is too easy/),
    ]);
  expect(problems({ ADMIN_PASSWORD: 'a long test password' })).toEqual([]);
});

it("requires Stripe's form of every webhook secret in a list", () => {
  const good = `whsec_${randomBytes(24).toString('base64')}`;
  expect(problems({ STRIPE_WEBHOOK_SECRET: `${good}, ${good}x` })).toEqual([]);
  for (const wrong of [good.slice(6), 'whsec_test', 'whsec_souk_development', `${good},whsec_`])
    expect(problems({ STRIPE_WEBHOOK_SECRET: wrong })).toEqual([
      expect.stringMatching(/^STRIPE_WEBHOOK_SECRET: must be whsec_/),
    ]);
});

it('refuses two that are the same', () => {
  const secret = randomBytes(32).toString('hex');
  expect(problems({ GATEWAY_SECRET: secret, METRICS_TOKEN: secret })).toEqual([
    'METRICS_TOKEN: must differ from GATEWAY_SECRET',
  ]);
});

it('ignores absent secrets, and all secrets outside production', () => {
  expect(weakSecrets({ GATEWAY_SECRET: 'xxxxxxxxxxxxxxxx' }, kinds)).toEqual([]);
  expect(problems({ GATEWAY_SECRET: '' })).toEqual([]);
});

it('checks passwords of stores on other machines', () => {
  const urls = (url: string): string[] =>
    weakUrlPasswords({ ...production, DATABASE_URL: url }, ['DATABASE_URL']);
  expect(urls('postgres://souk:postgres@db:5432')).toEqual([
    expect.stringMatching(/^DATABASE_URL: its password is too easy to guess/),
  ]);
  for (const url of [
    'postgres://souk@db:5432',
    'postgres://souk:postgres@127.0.0.1:5432',
    'postgres://souk:postgres@localhost',
    'redis://:postgres@[::1]:6379',
    `postgres://souk:${randomBytes(24).toString('hex')}@db`,
  ])
    expect(urls(url)).toEqual([]);
});
