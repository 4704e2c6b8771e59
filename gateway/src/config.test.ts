import { randomBytes } from 'node:crypto';
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

test('production disables introspection by default', () => {
  expect(readConfig({ ...secret, NODE_ENV: 'production' }).introspection).toBe(false);
  expect(readConfig({ ...secret, NODE_ENV: 'production', INTROSPECTION: 'true' }).introspection).toBe(true);
});

test('limits of streams and of the cache, and refusals of invalid limits', () => {
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

test('all problems are reported at once', () => {
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

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

test('the API reference is served where introspection is, of the own supergraph only', () => {
  expect(readConfig(secret).docsFolder).toMatch(/docs$/);
  expect(readConfig({ ...secret, INTROSPECTION: 'false' }).docsFolder).toBeNull();
  expect(readConfig({ ...secret, NODE_ENV: 'production' }).docsFolder).toBeNull();
  expect(readConfig({ ...secret, SUPERGRAPH_FILE: '/other.graphql' }).docsFolder).toBeNull();
});

test('production forwards to the simulator only if it is enabled by name', () => {
  const production = { NODE_ENV: 'production', GATEWAY_SECRET: randomBytes(32).toString('hex') };
  const simulator = { SIMULATOR_URL: 'http://simulator.test' };
  expect(problemsOf({ ...production, ...simulator })).toEqual([
    'SIMULATOR_URL: in production the gateway leads to the simulator only with FORWARD_SIMULATOR=true',
  ]);
  expect(readConfig({ ...production, ...simulator, FORWARD_SIMULATOR: 'true' }).simulatorUrl).toBe(
    simulator.SIMULATOR_URL,
  );
  expect(problemsOf({ ...secret, FORWARD_SIMULATOR: 'true' })).toEqual([
    'FORWARD_SIMULATOR: has no effect without SIMULATOR_URL',
  ]);
});

test('production takes no secret that is guessable, and metrics need a port that is free', () => {
  const guessable = {
    NODE_ENV: 'production',
    GATEWAY_SECRET: 'x'.repeat(40),
    METRICS_TOKEN: 'x'.repeat(40),
    REDIS_URL: 'redis://:redis@redis.test:6379',
    METRICS_PORT: '4000',
  };
  expect(problemsOf(guessable).map((problem) => problem.replace(/;.*/, ''))).toEqual([
    'METRICS_PORT: must differ from PORT',
    'GATEWAY_SECRET: is too easy to guess',
    'METRICS_TOKEN: must differ from GATEWAY_SECRET',
    'REDIS_URL: its password is too easy to guess',
  ]);
});
