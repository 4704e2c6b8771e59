import { ConfigurationError } from '@souk/shared/env';
import { readConfig } from './config.js';

const secret = { GATEWAY_SECRET: 'sixteen letters!' };

test('defaults', () => {
  expect(readConfig(secret)).toMatchObject({
    port: 4000,
    urls: {},
    jwksUrl: null,
    simulatorUrl: null,
    introspection: true,
    trustedProxies: 0,
    production: false,
  });
});

test('production closes introspection unless told otherwise', () => {
  expect(readConfig({ ...secret, NODE_ENV: 'production' }).introspection).toBe(false);
  expect(readConfig({ ...secret, NODE_ENV: 'production', INTROSPECTION: 'true' }).introspection).toBe(true);
});

test('bounds of streams and of what is kept, and refusals of what is no bound', () => {
  expect(readConfig({ ...secret, MAX_STREAMS: '5', STREAM_PING_MS: '2000' })).toMatchObject({
    maxStreams: 5,
    streamPingMs: 2_000,
    slowClientMs: 10_000,
    readCacheBytes: 64_000_000,
  });
  expect(readConfig({ ...secret, READ_CACHE_BYTES: '0' }).readCacheBytes).toBe(0);
  for (const wrong of [{ MAX_STREAMS: '-1' }, { SLOW_CLIENT_MS: '0' }, { READ_CACHE_BYTES: 'much' }]) {
    expect(() => readConfig({ ...secret, ...wrong })).toThrow(ConfigurationError);
  }
});

test('addresses of subgraphs, by their names', () => {
  expect(readConfig({ ...secret, PAYMENT_URL: 'http://payment:4004/graphql' }).urls).toEqual({
    payment: 'http://payment:4004/graphql',
  });
});

test('all problems are told at once', () => {
  const wrong = { PORT: '70000', ORDER_URL: 'ftp://x', TRUSTED_PROXIES: '-1' };
  expect(() => readConfig(wrong)).toThrow(ConfigurationError);
  try {
    readConfig(wrong);
  } catch (error) {
    const { problems } = error as ConfigurationError;
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'GATEWAY_SECRET',
      'ORDER_URL',
      'TRUSTED_PROXIES',
    ]);
  }
});
