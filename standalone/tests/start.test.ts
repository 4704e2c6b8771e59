import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../tests/support/ports.js';
import { until } from '../../tests/support/until.js';
import { Graph } from '../src/demo/graph.js';
import { demoAdmin, demoPassword, demoPeople } from '../src/demo/people.js';
import { demoListings } from '../src/demo/seed-catalog.js';
import { signIn } from '../src/demo/seed-people.js';

const main = path.join(__dirname, '..', 'dist', 'main.js');
/** A start with the demo has taken 45 s on two processors that had twenty other things to do. */
const startWithinMs = 90_000;

/** PostgreSQL gives smaller ones to what it brings along. */
const firstOwnOid = 16_384;

/** The real command, and what it writes. */
interface Started {
  child: ChildProcess;
  url: string;
  output(): string;
  /** Resolves with the exit code, null after a signal. */
  exit: Promise<number | null>;
}

describe('npm start', () => {
  let parent: string;
  let dataDir: string;
  const started: Started[] = [];
  const servers: Server[] = [];

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'souk-start-'));
    dataDir = path.join(parent, 'data');
  });
  afterEach(async () => {
    for (const { child, exit } of started.splice(0)) {
      child.kill('SIGTERM');
      await exit;
    }
    for (const server of servers.splice(0)) server.close();
    await removeDatabase(dataDir);
    await rm(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  async function start(environment: Record<string, string> = {}): Promise<Started> {
    const port = environment['PORT'] ?? String(await freePort());
    const child = spawn(process.execPath, [main], {
      cwd: parent,
      env: { PATH: process.env['PATH'], PORT: port, DATA_DIR: dataDir, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
    // Not `exit`: what it has written must have come too.
    const exit = once(child, 'close').then(([code]) => code as number | null);
    const one: Started = {
      child,
      url: `http://127.0.0.1:${port}/graphql`,
      output: () => chunks.join(''),
      exit,
    };
    started.push(one);
    return one;
  }

  async function isUp(one: Started): Promise<void> {
    await until(
      'the banner is printed',
      () => {
        if (one.child.exitCode !== null) throw new Error(one.output());
        return one.output().includes('Press Ctrl-C to stop.');
      },
      startWithinMs,
    );
  }

  it(
    'starts on an empty directory with demo data, describes them, keeps them across restarts, and refuses a second instance',
    async () => {
      const first = await start();
      await isUp(first);
      const banner = first.output();
      for (const email of [demoAdmin, ...demoPeople.map((person) => person.email)])
        expect(banner).toContain(email);
      expect(banner).toContain(demoPassword);
      const page = await (await fetch(new URL('/', first.url))).text();
      for (const text of [demoAdmin, ...demoPeople.map((person) => person.email), demoPassword])
        expect(page).toContain(text);
      for (const endpoint of [
        '/graphql',
        '/graphiql',
        '/health/ready',
        '/metrics',
        '/admin/queues',
        '/_simulator',
      ])
        expect(banner).toContain(endpoint);
      const queues = await fetch(new URL('/admin/queues', first.url), { headers: { accept: 'text/html' } });
      expect([queues.status, await queues.text()]).toEqual([401, expect.stringContaining('Sign in')]);
      const metrics = await fetch(new URL('/metrics', first.url));
      expect(await metrics.text()).toContain('souk_gateway_request_seconds');
      for (const secret of ['gateway-secret', 'stripe-webhook-secret', 'postgres.password']) {
        expect(banner).not.toContain((await readFile(path.join(dataDir, secret), 'utf8')).trim());
      }

      const before = await readListings(first.url);
      expect(before.totalCount).toBe(demoListings.length);
      expect(before.nodes.map(({ slug }) => slug).sort()).toEqual(
        demoListings.map(({ slug }) => slug).sort(),
      );
      expect(new Set(before.nodes.map(({ kind }) => kind)).size).toBe(4);
      const seated = before.nodes.find(({ slug }) => slug === 'nocturnes-at-sala-aurora');
      expect(seated?.offers.map(({ availability }) => availability.available).sort()).toEqual([30, 96]);

      const friend = await signIn(new Graph(first.url), 'friend@souk.test', demoPassword);
      const { me } = await friend.execute<{ me: object }>(
        '{ me { followersCount followingCount addresses { city isDefault } } }',
      );
      expect(me).toEqual({
        followersCount: 2,
        followingCount: 2,
        addresses: [{ city: 'Stockholm', isDefault: true }],
      });

      const refused = await start();
      expect(await refused.exit).toBe(1);
      expect(refused.output()).toContain(`is in use by the running process ${first.child.pid}.`);
      expect(refused.output()).not.toContain('    at ');
      expect(await readListings(first.url)).toEqual(before);

      first.child.kill('SIGINT');
      expect(await first.exit).toBe(0);
      const second = await start();
      await isUp(second);
      expect(await readListings(second.url)).toEqual(before);
      // The key that signs tokens is the same: who was signed in stays so.
      await expect(friend.execute('{ me { id } }')).rejects.toThrow();
      await expect(friend.at(second.url).execute('{ me { id } }')).resolves.toHaveProperty('me.id');
    },
    5 * startWithinMs,
  );

  it(
    'finishes a demo that was broken off by kill -9 again and again, and makes nothing twice',
    async () => {
      const states: string[] = [];
      for (const listed of [0, 4, 8]) {
        const broken = await start();
        await until(
          'some demo listings exist',
          async () => (await countOf(broken.url)) >= listed,
          startWithinMs,
        );
        broken.child.kill('SIGKILL');
        await broken.exit;
        states.push((await readFile(path.join(dataDir, 'demo'), 'utf8')).trim());
      }
      // However quick the machine: the first was killed at the first answer that the graph gave.
      expect(states[0]).toBe('begun');

      const last = await start();
      await isUp(last);
      const { totalCount, nodes } = await readListings(last.url);
      expect(totalCount).toBe(demoListings.length);
      for (const { slug, offers } of demoListings) {
        const made = nodes.find((node) => node.slug === slug)?.offers.map(({ title }) => title);
        expect(made?.sort()).toEqual(offers.map(({ title }) => title).sort());
      }
      expect((await readFile(path.join(dataDir, 'demo'), 'utf8')).trim()).toBe('done');
    },
    5 * startWithinMs,
  );

  it('says in plain words that its port is taken', async () => {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    const one = await start({ PORT: String(port) });
    expect(await one.exit).toBe(1);
    expect(one.output()).toBe(
      `Souk cannot start. Port ${port} is taken by another program. Set PORT to a free one.\n`,
    );
  });

  it('lists all that production lacks, and makes nothing', async () => {
    const one = await start({ NODE_ENV: 'production' });
    expect(await one.exit).toBe(1);
    for (const name of [
      'JWT_PRIVATE_KEY',
      'TOKEN_SIGNING_KEY',
      'GATEWAY_SECRET',
      'STRIPE_SECRET_KEY',
      'SMTP_URL',
    ]) {
      expect(one.output()).toContain(`${name}: needed in production`);
    }
    await expect(readFile(path.join(dataDir, 'souk.lock'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['its database is being started', () => Promise.resolve(true)],
    [
      'it makes its databases there',
      async (clusterDir: string) =>
        (await readdir(path.join(clusterDir, 'base')).catch(() => [])).some(
          (oid) => Number(oid) >= firstOwnOid,
        ),
    ],
  ])(
    'takes Ctrl-C handed on by npm as one, and ends while %s',
    async (_while, isSoFar) => {
      const one = await start();
      await until(
        'the database is created',
        () => one.output().includes('Created a new database'),
        startWithinMs,
      );
      const place = await readFile(path.join(dataDir, 'postgres.location'), 'utf8').catch(() => null);
      const clusterDir = place?.trim() ?? path.join(dataDir, 'postgres');
      await until('the start has come so far', () => isSoFar(clusterDir), startWithinMs);
      one.child.kill('SIGINT');
      one.child.kill('SIGINT');
      // One that takes longer than it may says 1, and one that takes them for two says 130.
      const code = await one.exit;
      const output = one.output();
      expect([code, code === 0 ? '' : output]).toEqual([0, '']);
      expect(output).not.toContain('Press Ctrl-C to stop.');
      // The database that was being started meanwhile is not left behind.
      await expect(readFile(path.join(clusterDir, 'postmaster.pid'))).rejects.toThrow('ENOENT');
    },
    2 * startWithinMs,
  );
});

interface ListingPage {
  totalCount: number;
  nodes: {
    slug: string;
    kind: string;
    offers: { title: string; availability: { available: number | null } }[];
  }[];
}

async function readListings(url: string): Promise<ListingPage> {
  const { listings } = await new Graph(url).execute<{ listings: ListingPage }>(
    '{ listings(first: 100) { totalCount nodes { slug kind offers { title availability { available } } } } }',
  );
  return listings;
}

/** How many listings there are; -1 while it does not respond. */
async function countOf(url: string): Promise<number> {
  try {
    const { listings } = await new Graph(url).execute<{ listings: { totalCount: number } }>(
      '{ listings(first: 1) { totalCount } }',
    );
    return listings.totalCount;
  } catch {
    return -1;
  }
}

/** As root the database may lie outside the data directory, which is closed to its user. */
async function removeDatabase(dataDir: string): Promise<void> {
  const place = await readFile(path.join(dataDir, 'postgres.location'), 'utf8').catch(() => null);
  if (place !== null) {
    await rm(place.trim(), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
