import path from 'node:path';
import { ConfigurationError } from '@souk/shared/env';
import { readConfig } from './config.js';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig('distributed', environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the environment of Souk on one machine', () => {
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

  it('puts the data beside the code, wherever the command is typed', () => {
    expect(readConfig('distributed', {}).dataDir).toBe(path.resolve(__dirname, '../../.souk'));
    expect(readConfig('distributed', { DATA_DIR: 'here' }).dataDir).toBe(path.resolve('here'));
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig('distributed', { PORT: '', DATABASE_URL: '', ADMIN_EMAIL: '' })).toMatchObject({
      port: 4000,
      databaseUrl: undefined,
    });
  });

  it('lists every secret that production lacks, and every other problem, at once', () => {
    expect(problemsOf({ NODE_ENV: 'production', ADMIN_EMAIL: 'a@souk.test' })).toEqual([
      'JWT_PRIVATE_KEY: needed in production',
      'TOKEN_SIGNING_KEY: needed in production',
      'GATEWAY_SECRET: needed in production',
      'STRIPE_SECRET_KEY: needed in production',
      'STRIPE_PUBLISHABLE_KEY: needed in production',
      'STRIPE_WEBHOOK_SECRET: needed in production',
      'ADMIN_PASSWORD: needed beside ADMIN_EMAIL',
    ]);
    const bad = { PORT: '70000', DATABASE_URL: 'nowhere', GATEWAY_SECRET: 'short' };
    expect(problemsOf(bad)).toHaveLength(3);
    // Those that only a part reads are told with them.
    const parts = { TOKEN_SIGNING_KEY: 'no key', CATALOG_HOLD_MINUTES: '0', MAX_DEPTH: 'deep' };
    expect(problemsOf({ ...bad, ...parts })).toHaveLength(6);
  });

  it('never tells a secret in a problem', () => {
    expect(
      problemsOf({ GATEWAY_SECRET: 'hunter2', ADMIN_EMAIL: 'a@b.test', ADMIN_PASSWORD: 'hunter2' }).join(),
    ).not.toContain('hunter2');
  });

  it('reads databases that are given one by one', () => {
    expect(
      readConfig('distributed', {
        ORDER_DATABASE_URL: 'postgres://order@db/order',
        QUEUE_DATABASE_URL: 'postgres://q@db/q',
      }).databases,
    ).toEqual({ order: 'postgres://order@db/order', queue: 'postgres://q@db/q' });
  });
});
