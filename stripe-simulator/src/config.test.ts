import { readConfig } from './config.js';

test('everything has a default but the secret of a webhook', () => {
  expect(readConfig({})).toEqual({
    port: 4010,
    host: '127.0.0.1',
    dataDir: null,
    secretKey: undefined,
    webhookUrl: undefined,
    webhookSecret: undefined,
  });
});

test('empty counts as absent', () => {
  expect(readConfig({ SIMULATOR_PORT: '', DATA_DIR: '', WEBHOOK_URL: '' })).toMatchObject({
    port: 4010,
    dataDir: null,
  });
});

test('all problems are reported at once, without the values', () => {
  const read = () => readConfig({ SIMULATOR_PORT: '70000', WEBHOOK_URL: 'ftp://secret.example' });
  expect(read).toThrow(/SIMULATOR_PORT[\s\S]*WEBHOOK_URL[\s\S]*STRIPE_WEBHOOK_SECRET/);
  expect(read).not.toThrow(/secret\.example/);
  expect(() => readConfig({ WEBHOOK_URL: 'http://localhost:4000/webhooks/stripe' })).toThrow(
    /STRIPE_WEBHOOK_SECRET/,
  );
});

test('in production it has secrets of its own, and takes no other key', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(
    /STRIPE_SECRET_KEY: needed[\s\S]*STRIPE_WEBHOOK_SECRET: needed/,
  );
});
