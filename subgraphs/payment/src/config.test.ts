import { ConfigurationError } from '@souk/shared/env';
import { readConfig } from './config.js';

const base = { GATEWAY_SECRET: 'x'.repeat(16), DATABASE_URL: 'postgres://localhost' };

describe('readConfig', () => {
  it('uses the simulator without a key', () => {
    expect(readConfig(base).stripe.apiBase).toBe('http://127.0.0.1:4010');
  });

  it('uses Stripe with a key, or a configured base URL', () => {
    const given = { ...base, STRIPE_SECRET_KEY: 'sk_test_1' };
    expect(readConfig(given).stripe).toMatchObject({ secretKey: 'sk_test_1', apiBase: undefined });
    expect(readConfig({ ...given, STRIPE_API_BASE: 'http://127.0.0.1:1' }).stripe.apiBase).toBe(
      'http://127.0.0.1:1',
    );
  });

  it('reads several webhook secrets', () => {
    const { stripe } = readConfig({ ...base, STRIPE_WEBHOOK_SECRET: 'whsec_a, whsec_b,' });
    expect(stripe.webhookSecrets).toEqual(['whsec_a', 'whsec_b']);
  });

  it('limits declined cards per buyer always, and per address in production', () => {
    expect(readConfig(base).limits).toMatchObject({ declinesPerBuyer: 20, declinesPerAddress: 0 });
    const production = {
      NODE_ENV: 'production',
      GATEWAY_SECRET: '4bd0c5e1f6a7938204d7c1e9b3a65f80',
      DATABASE_URL: 'postgres://localhost',
      STRIPE_SECRET_KEY: 'sk_live_1',
      STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
      STRIPE_WEBHOOK_SECRET: 'whsec_8c1f0a6e37b2d954c1e9b3a65f807d42',
    };
    expect(readConfig(production).limits).toMatchObject({ declinesPerBuyer: 20, declinesPerAddress: 50 });
  });

  it('has no default secrets in production, and reports all missing ones', () => {
    const read = () => readConfig({ ...base, NODE_ENV: 'production', STRIPE_SECRET_KEY: 'sk_live_1' });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(/STRIPE_PUBLISHABLE_KEY[^]*STRIPE_WEBHOOK_SECRET/);
    expect(() => readConfig({ ...base, STRIPE_API_BASE: 'ftp://x' })).toThrow(ConfigurationError);
  });
});
