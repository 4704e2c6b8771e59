import { generateKeyPairSync, randomBytes } from 'node:crypto';
import path from 'node:path';
import { ConfigurationError } from '@souk/shared/env';
import { readConfig } from './config.js';
import { demoPassword } from './demo/people.js';

const pem = (type: 'ec' | 'ed25519'): string =>
  (type === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('ed25519')
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig('distributed', environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the launcher configuration', () => {
  it('may be empty', () => {
    expect(readConfig('distributed', {})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      simulatorPort: null,
      webhookUrl: undefined,
      databaseUrl: undefined,
      stripe: null,
      neo4j: null,
      admin: null,
      production: false,
    });
  });

  it('puts the data beside the code, whatever the working directory', () => {
    expect(readConfig('distributed', {}).dataDir).toBe(path.resolve(__dirname, '../../.souk'));
    expect(readConfig('distributed', { DATA_DIR: 'here' }).dataDir).toBe(path.resolve('here'));
  });

  it('treats an empty variable as absent', () => {
    expect(readConfig('distributed', { PORT: '', DATABASE_URL: '', ADMIN_EMAIL: '' })).toMatchObject({
      port: 4000,
      databaseUrl: undefined,
    });
  });

  it('reports every missing production secret together with every other problem', () => {
    expect(problemsOf({ NODE_ENV: 'production', ADMIN_EMAIL: 'a@souk.test' })).toEqual([
      'JWT_PRIVATE_KEY: needed in production',
      'MFA_ENCRYPTION_KEYS: needed in production',
      'TOKEN_SIGNING_KEY: needed in production',
      'GATEWAY_SECRET: needed in production',
      'STRIPE_SECRET_KEY: needed in production',
      'STRIPE_PUBLISHABLE_KEY: needed in production',
      'STRIPE_WEBHOOK_SECRET: needed in production',
      'ADMIN_PASSWORD: required with ADMIN_EMAIL',
      'SMTP_URL: needed in production',
      'MAIL_FROM: needed in production',
    ]);
    const bad = { PORT: '70000', DATABASE_URL: 'nowhere', GATEWAY_SECRET: 'short' };
    expect(problemsOf(bad)).toHaveLength(3);
    // Problems with variables that only one package reads are reported together with them.
    const parts = { TOKEN_SIGNING_KEY: 'no key', CATALOG_HOLD_MINUTES: '0', MAX_DEPTH: 'deep' };
    expect(problemsOf({ ...bad, ...parts })).toHaveLength(6);
  });

  it('refuses guessable secrets, equal secrets and misspelled variables in production', () => {
    const random = (): string => randomBytes(32).toString('hex');
    const same = random();
    const problems = problemsOf({
      NODE_ENV: 'production',
      JWT_PRIVATE_KEY: pem('ec'),
      MFA_ENCRYPTION_KEYS: random(),
      TOKEN_SIGNING_KEY: pem('ed25519'),
      GATEWAY_SECRET: same,
      METRICS_TOKEN: same,
      STRIPE_SECRET_KEY: 'sk_live_1',
      STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
      STRIPE_WEBHOOK_SECRET: 'whsec_test',
      ADMIN_EMAIL: 'boss@souk.test',
      ADMIN_PASSWORD: demoPassword,
      DATABASE_URL: 'postgres://souk:souk@db.test',
      RATE_LIMIT_PER_MIN: '100',
      SMTP_URL: 'smtps://mail.test',
      MAIL_FROM: 'shop@shop.test',
    });
    expect(problems.map((problem) => problem.replace(/;.*/, ''))).toEqual([
      'METRICS_TOKEN: must differ from GATEWAY_SECRET',
      'STRIPE_WEBHOOK_SECRET: must be whsec_ and what Stripe made beside it',
      'ADMIN_PASSWORD: is too easy to guess',
      'DATABASE_URL: its password is too easy to guess',
      'RATE_LIMIT_PER_MIN: unknown',
    ]);
  });

  it('never prints a secret in a problem', () => {
    expect(
      problemsOf({ GATEWAY_SECRET: 'hunter2', ADMIN_EMAIL: 'a@b.test', ADMIN_PASSWORD: 'hunter2' }).join(),
    ).not.toContain('hunter2');
  });

  it('reads database URLs of single subgraphs', () => {
    expect(
      readConfig('distributed', {
        ORDER_DATABASE_URL: 'postgres://order@db/order',
        QUEUE_DATABASE_URL: 'postgres://q@db/q',
      }).databases,
    ).toEqual({ order: 'postgres://order@db/order', queue: 'postgres://q@db/q' });
  });
});
