import { generateKeyPairSync } from 'node:crypto';
import { readConfig } from './config.js';

const needed = { GATEWAY_SECRET: 'a secret of the house', DATABASE_URL: 'postgres://localhost' };
const pem = (type: 'ed25519' | 'x25519'): string =>
  (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();

describe('the configuration', () => {
  it('generates a temporary key outside production', () => {
    expect(readConfig(needed)).toMatchObject({
      tokenSigningKeyIsTemporary: true,
      catalogUrl: 'http://localhost:4002/graphql',
      paymentTimeoutMinutes: 30,
      maxOpen: 5_000,
      maxOpenPerBuyer: 10,
      maxFailedPerHour: 100,
      failedDays: 90,
      guestCarts: { days: 30, perAddress: 0, perAddressAndHour: 0 },
      environment: { PORT: 4003 },
    });
  });

  it('limits the carts of one address in production', () => {
    const production = {
      NODE_ENV: 'production',
      GATEWAY_SECRET: '4bd0c5e1f6a7938204d7c1e9b3a65f80',
      ORDER_DATABASE_URL: 'postgres://localhost/souk_order',
      QUEUE_DATABASE_URL: 'postgres://localhost/souk_queue',
      TOKEN_SIGNING_KEY: pem('ed25519'),
    };
    expect(readConfig(production).guestCarts).toEqual({ days: 30, perAddress: 200, perAddressAndHour: 100 });
    expect(readConfig({ ...production, CART_GUESTS_PER_ADDRESS: '7' }).guestCarts.perAddress).toBe(7);
  });

  it('lets a payment wait for a fraction of a minute, and refuses one that could not be paid in time', () => {
    const withTimeout = (minutes: string) => ({ ...needed, CHECKOUT_PAYMENT_TIMEOUT_MINUTES: minutes });
    expect(readConfig(withTimeout('0.5')).paymentTimeoutMinutes).toBe(0.5);
    expect(() => readConfig(withTimeout('0'))).toThrow(/CHECKOUT_PAYMENT_TIMEOUT_MINUTES/);
  });

  it('reads a key, also one written on one line', () => {
    for (const TOKEN_SIGNING_KEY of [pem('ed25519'), pem('ed25519').replaceAll('\n', '\\n')]) {
      expect(readConfig({ ...needed, TOKEN_SIGNING_KEY })).toMatchObject({
        tokenSigningKeyIsTemporary: false,
        tokenSigningKey: { asymmetricKeyType: 'ed25519' },
      });
    }
  });

  it('reads former keys, public or private, several in one text', () => {
    const former = generateKeyPairSync('ed25519')
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();
    const keys = `${former}\n${pem('ed25519')}`;
    for (const TOKEN_VERIFICATION_KEYS of [keys, keys.replaceAll('\n', '\\n')]) {
      const { tokenVerificationKeys } = readConfig({ ...needed, TOKEN_VERIFICATION_KEYS });
      expect(tokenVerificationKeys.map(({ type }) => type)).toEqual(['public', 'public']);
    }
    for (const TOKEN_VERIFICATION_KEYS of ['no key', pem('x25519'), keys.repeat(6)])
      expect(() => readConfig({ ...needed, TOKEN_VERIFICATION_KEYS })).toThrow(
        /TOKEN_VERIFICATION_KEYS: must/,
      );
  });

  it('takes the address of account from that of its keys', () => {
    expect(readConfig(needed).accountUrl).toBe('http://localhost:4001/graphql');
    const ACCOUNT_URL = 'http://account.test/graphql';
    expect(readConfig({ ...needed, ACCOUNT_URL }).accountUrl).toBe(ACCOUNT_URL);
  });

  it('reports all problems together, without secrets', () => {
    const problems = (environment: Record<string, string>): string => {
      try {
        readConfig(environment);
        return 'nothing';
      } catch (error) {
        return String(error);
      }
    };
    expect(problems({ NODE_ENV: 'production' })).toMatch(
      /GATEWAY_SECRET[\s\S]*ORDER_DATABASE_URL[\s\S]*TOKEN_SIGNING_KEY: needed/,
    );
    expect(problems({ ...needed, TOKEN_SIGNING_KEY: pem('x25519') })).toMatch(/TOKEN_SIGNING_KEY: must be/);
    expect(problems({ ...needed, TOKEN_SIGNING_KEY: 'hush' })).not.toContain('hush');
  });
});
