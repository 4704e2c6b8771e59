import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { freePort } from '../../tests/support/ports.js';
import { readConfig } from '../src/config.js';
import { gatewayOptions } from '../src/options.js';
import type { SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

// Settings for operators: metrics, the listen address, and Strict-Transport-Security.

const small = {
  sdl: 'type Query { hello: String }',
  resolvers: { Query: { hello: () => 'hello' } },
};
const secret = 'k3Jx0qvP8sWm2ZtRf7Ld';
const token = 'p9Wd2mXc7Lq4Rv8Tz1Ks';

async function withGateway(
  environment: Record<string, string>,
  check: (graph: SmallGateway) => Promise<void>,
): Promise<void> {
  const config = readConfig({ GATEWAY_SECRET: secret, PORT: '0', ...environment });
  const graph = await startSmallGateway({ small }, gatewayOptions(config));
  try {
    await check(graph);
  } finally {
    await graph.gateway.close();
  }
}

const production = { NODE_ENV: 'production' };

async function status(url: string, headers: Record<string, string> = {}): Promise<number> {
  return (await fetch(url, { headers })).status;
}

describe('/metrics', () => {
  test('is open outside production, and in production not at the public port', async () => {
    await withGateway({}, async ({ url }) => expect(await status(`${url}/metrics`)).toBe(200));
    await withGateway(production, async ({ url }) => expect(await status(`${url}/metrics`)).toBe(404));
  });

  test('requires the token if there is one, in production too', async () => {
    for (const environment of [{}, production]) {
      await withGateway({ ...environment, METRICS_TOKEN: token }, async ({ url }) => {
        expect(await status(`${url}/metrics`)).toBe(401);
        expect(await status(`${url}/metrics`, { authorization: `Bearer ${token}x` })).toBe(401);
        expect(await status(`${url}/metrics`, { authorization: `Basic ${token}` })).toBe(401);
        const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
        expect(await answer.text()).toContain('souk_gateway_request_seconds');
      });
    }
  });

  test('has a port of its own where one is named, with nothing else at it, and none at the public one', async () => {
    const port = await freePort();
    const own = `http://127.0.0.1:${port}`;
    await withGateway({ ...production, METRICS_PORT: String(port) }, async ({ url }) => {
      expect(await (await fetch(`${own}/metrics`)).text()).toContain('souk_gateway_request_seconds');
      expect(await status(`${own}/graphql`)).toBe(404);
      expect(await status(`${url}/metrics`)).toBe(404);
    });
    await expect(fetch(`${own}/metrics`)).rejects.toThrow();
    await withGateway({ METRICS_PORT: String(port), METRICS_TOKEN: token }, async () => {
      expect(await status(`${own}/metrics`)).toBe(401);
      expect(await status(`${own}/metrics`, { authorization: `Bearer ${token}` })).toBe(200);
    });
  });
});

describe('Strict-Transport-Security', () => {
  const header = 'strict-transport-security';
  const byHttps = { 'x-forwarded-proto': 'https' };
  const sent = async (
    environment: Record<string, string>,
    headers: Record<string, string>,
    path = '/graphql?query={hello}',
  ): Promise<string | null> => {
    let value: string | null = null;
    await withGateway(environment, async ({ url }) => {
      value = (
        await fetch(`${url}${path}`, { headers: { 'apollo-require-preflight': '1', ...headers } })
      ).headers.get(header);
    });
    return value;
  };
  const behindProxy = { ...production, TRUSTED_PROXIES: '1' };

  test('is on every answer of a production gateway to a client that came by HTTPS', async () => {
    for (const path of ['/graphql?query={hello}', '/health/live', '/nowhere'])
      expect(await sent(behindProxy, byHttps, path)).toBe('max-age=31536000');
    expect(await sent({ ...behindProxy, HSTS_MAX_AGE: '60' }, byHttps)).toBe('max-age=60');
  });

  test('is not sent over plain HTTP, on the word of a client, outside production, or where it is off', async () => {
    expect(await sent(behindProxy, {})).toBeNull();
    expect(await sent(behindProxy, { 'x-forwarded-proto': 'https, http' })).toBeNull();
    expect(await sent(production, byHttps)).toBeNull();
    expect(await sent({ TRUSTED_PROXIES: '1' }, byHttps)).toBeNull();
    expect(await sent({ ...behindProxy, HSTS_MAX_AGE: '0' }, byHttps)).toBeNull();
  });
});

describe('HOST', () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  const isReached = (host: string, port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: 2_000 });
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('timeout', () => resolve(false));
      socket.once('close', () => socket.destroy());
    });

  test.each([
    ['127.0.0.1', {}, false],
    ['all addresses', { HOST: '0.0.0.0' }, true],
  ])('listens on %s with %j', async (_where, environment, isOpen) => {
    await withGateway(environment, async ({ url }) => {
      const port = Number(new URL(url).port);
      expect(await isReached('127.0.0.1', port)).toBe(true);
      // 127.0.0.2 is this machine too, and not the address that is listened on.
      for (const host of ['127.0.0.2', ...others]) expect(await isReached(host, port)).toBe(isOpen);
    });
  });
});
