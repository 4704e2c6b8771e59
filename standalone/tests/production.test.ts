import { databaseUrl, connect as connectDatabase } from '@souk/shared/postgres';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { TestClient } from '@souk/testing/test-client';
import { freePort } from '../../tests/support/ports.js';
import type { TestSouk } from '@souk/testing';
import type { Topology } from '@souk/testing/supervisor-messages';
import { startSouk } from '@souk/testing';
import { until } from '../../tests/support/until.js';
import { demoPassword, demoPeople } from '../src/demo/people.js';
import { clusterPassword } from '../src/postgres/cluster.js';
import { knownClusterDir } from '../src/postgres/cluster-location.js';
import { readPostmaster } from '../src/postgres/postmaster.js';

// Souk as an operator starts it: NODE_ENV=production with secrets of its own, in both topologies.

const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
const secret = (): string => randomBytes(32).toString('hex');

const secrets = {
  JWT_PRIVATE_KEY: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  TOKEN_SIGNING_KEY: pem(generateKeyPairSync('ed25519').privateKey),
  GATEWAY_SECRET: secret(),
  MFA_ENCRYPTION_KEYS: secret(),
  STRIPE_SECRET_KEY: 'sk_test_unused',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_unused',
  STRIPE_WEBHOOK_SECRET: `whsec_${secret()}`,
};
const metricsToken = secret();
const loginsPerMinute = 8;

describe.each<Topology>(['standalone', 'distributed'])('production, %s', (topology) => {
  let souk: TestSouk;
  let metricsUrl: string;

  beforeAll(async () => {
    const metricsPort = await freePort();
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    souk = await startSouk({
      topology,
      environment: {
        NODE_ENV: 'production',
        ...secrets,
        METRICS_PORT: String(metricsPort),
        METRICS_TOKEN: metricsToken,
        TRUSTED_PROXIES: '1',
        CORS_ORIGINS: 'https://shop.example',
        MAX_DEPTH: '4',
        MAX_BODY_BYTES: '2000',
        RATE_LIMIT_PER_MINUTE: '200',
        LOGINS_PER_MINUTE: String(loginsPerMinute),
        // Nothing listens there.
        STRIPE_API_BASE: 'http://127.0.0.1:9',
        SMTP_URL: 'smtp://127.0.0.1:9',
        MAIL_FROM: 'Souk <shop@souk.example>',
      },
    });
  });
  afterAll(async () => {
    await souk.stop();
  });

  /** As a proxy in front passes it on, from an address of the client's. */
  const send = (query: string, address: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${souk.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address, ...headers },
      body: JSON.stringify({ query }),
    });
  const codesOf = async (answer: Response): Promise<string[]> => {
    const { errors = [] } = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
    return errors.map(({ extensions }) => extensions.code);
  };

  it.each(['/graphiql', '/docs', '/_simulator', '/_simulator/', '/dev/mailbox', '/metrics'])(
    'has no %s',
    async (path) => {
      expect((await fetch(`${souk.url}${path}`, { headers: { accept: 'text/html' } })).status).toBe(404);
    },
  );

  it('answers no introspection, and suggests no names of the schema', async () => {
    const introspection = (await (
      await send('{ __schema { types { name } } }', '10.0.0.1')
    ).json()) as object;
    expect(introspection).not.toHaveProperty('data');
    expect(introspection).toHaveProperty('errors.0.extensions.code', 'GRAPHQL_VALIDATION_FAILED');
    const misspelled = await (await send('{ listngs { totalCount } }', '10.0.0.1')).text();
    expect(misspelled).not.toContain('listings');
  });

  it('has the metrics of each process at the port for them, for whoever has the token', async () => {
    const subgraphs = topology === 'standalone' ? [] : [1, 2, 3, 4, 5].map((offset) => souk.port + offset);
    for (const url of [metricsUrl, ...subgraphs.map((port) => `http://127.0.0.1:${port}/metrics`)]) {
      expect((await fetch(url)).status).toBe(401);
      const answer = await fetch(url, { headers: { authorization: `Bearer ${metricsToken}` } });
      expect(await answer.text()).toContain('souk_');
    }
  });

  it('is ready, and names none of its parts', async () => {
    const answer = await fetch(`${souk.url}/health/ready`);
    expect([answer.status, await answer.json()]).toEqual([200, { ready: true }]);
  });

  const untilReadyIs = (isReady: boolean): Promise<unknown> =>
    until(`Souk is ${isReady ? 'ready' : 'not ready'}`, async () => {
      const answer = await fetch(`${souk.url}/health/ready`);
      return answer.status === (isReady ? 200 : 503);
    });

  /** A busy machine may make others miss a probe too. */
  const untilAway = (name: string): Promise<unknown> =>
    until(`the gateway logs that ${name} is away, and is not ready`, async () => {
      const { status } = await fetch(`${souk.url}/health/ready`);
      return status === 503 && new RegExp(`"away":\\[.*"name":"${name}"`).test(souk.output());
    });

  it('is not ready while its database does not respond', async () => {
    const { pid } = (await readPostmaster(await knownClusterDir(souk.dataDir))) ?? { pid: 0 };
    process.kill(pid, 'SIGSTOP');
    try {
      await untilReadyIs(false);
      expect((await fetch(`${souk.url}/health/live`)).status).toBe(200);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await untilReadyIs(true);
    expect(souk.output()).toContain('the database does not respond');
  });

  it('is not ready while a subgraph is not, and its log says which and why', async () => {
    const { port } = (await readPostmaster(await knownClusterDir(souk.dataDir))) ?? { port: 0 };
    const password = encodeURIComponent(await clusterPassword(souk.dataDir));
    const order = await connectDatabase(
      databaseUrl(`postgres://postgres:${password}@127.0.0.1:${port}`, 'souk_order'),
    );
    try {
      await order.query(`
        INSERT INTO saga (id, transaction_id, definition, definition_version, input, state, status, version, wake_at,
          order_id, user_id, started_at)
        SELECT id, 'SAGA-UNKNOWN', 'checkout', 99, '{}', '{}', 'RUNNING', 1, now() + interval '1 day', id, id, now()
        FROM gen_random_uuid() AS id`);
      await untilAway('order');
      expect(souk.output()).toContain('checkout@99 (1)');
    } finally {
      await order.query("DELETE FROM saga WHERE transaction_id = 'SAGA-UNKNOWN'");
      await order.end();
    }
    await untilReadyIs(true);
  });

  // In one process none stops alone.
  if (topology === 'distributed') {
    it('is not ready while the process of a subgraph does not respond', async () => {
      const pid = processOf('catalog', souk.pid);
      process.kill(pid, 'SIGSTOP');
      try {
        await untilAway('catalog');
        expect((await fetch(`${souk.url}/health/live`)).status).toBe(200);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await untilReadyIs(true);
    });
  }

  it('has no demo: neither its listings nor its people', async () => {
    const listings = await send('{ listings { totalCount } }', '10.0.0.2');
    expect(await listings.json()).toEqual({ data: { listings: { totalCount: 0 } } });
    const [person] = demoPeople;
    const client = new TestClient(souk.url);
    await expect(client.login(person?.email ?? '', demoPassword)).rejects.toThrow();
  });

  it('sends Strict-Transport-Security to clients that used HTTPS', async () => {
    const answer = await send('{ __typename }', '10.0.0.3', { 'x-forwarded-proto': 'https' });
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await send('{ __typename }', '10.0.0.3')).headers.get('strict-transport-security')).toBeNull();
  });

  it('allows pages of the listed origins, and of no others', async () => {
    const allowed = async (origin: string): Promise<string | null> =>
      (await send('{ __typename }', '10.0.0.4', { origin })).headers.get('access-control-allow-origin');
    expect(await allowed('https://shop.example')).toBe('https://shop.example');
    expect(await allowed('https://sandbox.embed.apollographql.com')).toBeNull();
    expect(await allowed('http://localhost:5173')).toBeNull();
  });

  it('holds the limits that it is given', async () => {
    const deep = '{ listings { nodes { offers { listing { title } } } } }';
    expect(await codesOf(await send(deep, '10.0.0.5'))).toEqual(['OPERATION_TOO_LARGE']);
    expect((await send(`{ __typename } # ${'x'.repeat(3_000)}`, '10.0.0.5')).status).toBe(413);
    expect((await send('{ __typename }', '10.0.0.5')).headers.get('ratelimit-policy')).toContain('q=200');
  });

  it('counts sign-ins by the address that the proxy passes on', async () => {
    const login =
      'mutation { login(email: "a@b.example", password: "no such password") { userErrors { code } } }';
    const first = await Promise.all(
      Array.from({ length: loginsPerMinute + 1 }, () => send(login, '10.0.0.6')),
    );
    const codes = (await Promise.all(first.map(codesOf))).flat();
    expect(codes).toEqual(['RATE_LIMITED']);
    expect(await codesOf(await send(login, '10.0.0.7'))).toEqual([]);
  });

  it('is reached from this machine alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    const ports =
      topology === 'standalone' ? [souk.port] : [0, 1, 2, 3, 4, 5].map((offset) => souk.port + offset);
    for (const port of ports) {
      expect(await isReached('127.0.0.1', port)).toBe(true);
      // 127.0.0.2 is this machine too, and not the address that is listened on.
      for (const host of ['127.0.0.2', ...others]) expect(await isReached(host, port)).toBe(false);
    }
    expect(souk.output()).toContain('Listening on 127.0.0.1: reachable from this machine only.');
  });

  it('shows its queues to administrators only', async () => {
    const queues = `${souk.url}/admin/queues`;
    expect((await fetch(queues)).status).toBe(401);
    const client = await souk.as('admin');
    expect(
      (await fetch(queues, { headers: { authorization: `Bearer ${client.accessToken ?? ''}` } })).status,
    ).toBe(200);
  });
});

function isReached(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });
}

/** The process that a launcher started for a subgraph. */
function processOf(subgraph: string, launcher: number): number {
  const children = readFileSync(`/proc/${launcher}/task/${launcher}/children`, 'utf8').trim().split(' ');
  const found = children.find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`subgraphs/${subgraph}/`),
  );
  if (found === undefined) throw new Error(`No process of ${subgraph} runs.`);
  return Number(found);
}
