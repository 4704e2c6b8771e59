import { generateKeyPairSync } from 'node:crypto';
import { ConfigurationError } from '@souk/shared/env';
import { readConfig } from './config.js';

const required = { GATEWAY_SECRET: 'a secret of the tests', DATABASE_URL: 'postgres://localhost:5432' };

function pemOf(namedCurve: string): string {
  return generateKeyPairSync('ec', { namedCurve })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return [...error.problems].sort();
    throw error;
  }
  return [];
}

test('reads a PEM key on several lines or on one', () => {
  const pem = pemOf('P-256');
  const key = readConfig({ ...required, JWT_PRIVATE_KEY: pem }).JWT_PRIVATE_KEY;
  expect(key?.asymmetricKeyType).toBe('ec');
  expect(
    readConfig({ ...required, JWT_PRIVATE_KEY: pem.replaceAll('\n', '\\n') }).JWT_PRIVATE_KEY?.equals(key!),
  ).toBe(true);
});

test('limits registrations by default in production only', () => {
  const perHour = (more: Record<string, string>): number =>
    readConfig({ ...required, ...more }).REGISTRATIONS_PER_HOUR;
  expect(perHour({})).toBe(0);
  expect(perHour({ REGISTRATIONS_PER_HOUR: '7' })).toBe(7);
  const production = {
    NODE_ENV: 'production',
    JWT_PRIVATE_KEY: pemOf('P-256'),
    MFA_ENCRYPTION_KEYS: '8c1f0a6e37b2d954c1e9b3a65f807d42',
  };
  expect(perHour(production)).toBe(1_000);
  expect(perHour({ ...production, REGISTRATIONS_PER_HOUR: '0' })).toBe(0);
});

test('reads issuers, and reports all of their problems at once', () => {
  const issuersOf = (OIDC_ISSUERS: string): unknown => readConfig({ ...required, OIDC_ISSUERS }).OIDC_ISSUERS;
  const keycloak = {
    issuer: 'https://id.test/realms/shop',
    audience: 'souk',
    groupsClaim: 'realm_access.roles',
    roles: { admins: 'ADMIN' },
  };
  expect(readConfig(required).OIDC_ISSUERS).toEqual([]);
  expect(
    issuersOf(JSON.stringify([keycloak, { issuer: 'http://localhost:8080', audience: ['a', 'b'] }])),
  ).toEqual([
    { ...keycloak, name: keycloak.issuer, audience: ['souk'], audienceClaim: 'aud', jwksUri: null },
    {
      issuer: 'http://localhost:8080',
      name: 'http://localhost:8080',
      audience: ['a', 'b'],
      audienceClaim: 'aud',
      groupsClaim: null,
      roles: {},
      jwksUri: null,
    },
  ]);
  const problems = (value: unknown): string[] =>
    problemsOf({ ...required, OIDC_ISSUERS: typeof value === 'string' ? value : JSON.stringify(value) });
  expect(problems('https://id.test')).toEqual(['OIDC_ISSUERS: must be a JSON list']);
  expect(
    problems([{ issuer: 'http://id.test', audience: [], roles: { sellers: 'PARTNER' }, audiense: 1 }]),
  ).toEqual([
    expect.stringContaining('OIDC_ISSUERS.0.audience: '),
    expect.stringContaining('OIDC_ISSUERS.0.issuer: must be an https URL'),
    expect.stringContaining('OIDC_ISSUERS.0.roles.sellers: must be USER or ADMIN'),
    expect.stringContaining('OIDC_ISSUERS.0: '),
  ]);
  expect(problems([{ issuer: 'https://id.test', audience: 'a', roles: { admins: 'ADMIN' } }])).toEqual([
    'OIDC_ISSUERS.0.groupsClaim: required with roles',
  ]);
  expect(problems([keycloak, keycloak])).toEqual(['OIDC_ISSUERS: names an issuer twice']);
  expect(problems([{ audience: 'a' }])).toHaveLength(1);
});

test('has a default port, and requires no key outside production', () => {
  expect(readConfig(required)).toMatchObject({ PORT: 4_001, JWT_PRIVATE_KEY: null, NODE_ENV: 'development' });
});

test('reports all problems at once, without secrets', () => {
  expect(problemsOf({ NODE_ENV: 'production', ADMIN_EMAIL: 'admin@souk.test' })).toEqual([
    expect.stringContaining('ACCOUNT_DATABASE_URL or DATABASE_URL: needed'),
    expect.stringContaining('ADMIN_PASSWORD: '),
    expect.stringContaining('GATEWAY_SECRET: '),
    expect.stringContaining('JWT_PRIVATE_KEY: needed in production'),
    expect.stringContaining('MFA_ENCRYPTION_KEYS: needed in production'),
    expect.stringContaining('DATABASE_URL: needed for the queue'),
  ]);
  expect(problemsOf({ ...required, ADMIN_PASSWORD: 'a long password' })).toEqual([
    expect.stringContaining('ADMIN_EMAIL: '),
  ]);
  expect(problemsOf({ ...required, ADMIN_EMAIL: 'admin@souk.test', ADMIN_PASSWORD: 'password123' })).toEqual([
    expect.stringContaining('ADMIN_PASSWORD: '),
  ]);
  const problems = problemsOf({ ...required, JWT_PRIVATE_KEY: pemOf('P-384') });
  expect(problems).toEqual(['JWT_PRIVATE_KEY: must be a private EC key on P-256, in PEM']);
});

test('reads the present key and those that it replaced, none of them weak', () => {
  const [current, replaced] = ['8c1f0a6e37b2d954c1e9b3a65f807d42', '4bd0c5e1f6a7938204d7c1e9b3a65f80'];
  const keys = (value: string): unknown =>
    readConfig({ ...required, MFA_ENCRYPTION_KEYS: value }).MFA_ENCRYPTION_KEYS;
  expect(readConfig(required).MFA_ENCRYPTION_KEYS).toBeNull();
  expect(keys(current)).toEqual([current]);
  expect(keys(`${current}, ${replaced}`)).toEqual([current, replaced]);
  expect(problemsOf({ ...required, MFA_ENCRYPTION_KEYS: `${current},short` })).toEqual([
    expect.stringContaining('MFA_ENCRYPTION_KEYS: each key must have 16 characters'),
  ]);
  const production = { NODE_ENV: 'production', MFA_ENCRYPTION_KEYS: `${current},aaaaaaaaaaaaaaaa` };
  expect(problemsOf({ ...required, ...production })).toContainEqual(
    expect.stringContaining('MFA_ENCRYPTION_KEYS: is too easy to guess'),
  );
});
