import { spawn } from 'node:child_process';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { ConfigurationError } from '@souk/shared/env';
import { connect, databaseUrl } from '@souk/shared/postgres';
import { postgresProblem } from '@souk/shared/postgres-check';
import { redisProblem } from '@souk/shared/redis';
import type { StoreProblem } from '@souk/shared/store-check';
import { requireStores } from '@souk/shared/store-check';
import { freePort } from '../../tests/support/ports.js';
import { ended, redisAvailable } from '../../tests/support/redis.js';
import { until } from '../../tests/support/until.js';
import { freshDatabaseUrl } from '../../tests/support/database-template.js';

const secret = 'a-secret-of-the-url';
const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A server that calls `onConnection`; by default it accepts connections and says nothing. */
async function listen(onConnection: (socket: Socket) => void = () => undefined): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A message of PostgreSQL's protocol, version 3. */
function message(type: string, ...parts: (string | number[])[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : Buffer.from(part))),
  );
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A server that accepts any user and answers each query with one row, the version. */
function serverOfVersion(version: string): Promise<number> {
  const ready = message('Z', [0x49]);
  const column = message(
    'T',
    [0, 1],
    'version',
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0],
  );
  const row = message('D', [0, 1, 0, 0, 0, version.length], [...Buffer.from(version)]);
  return listen((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', [0, 0, 0, 0]), ready]));
      socket.on('data', (data) => {
        if (data[0] === 0x51) socket.write(Buffer.concat([column, row, message('C', 'SELECT 1'), ready]));
      });
    });
  });
}

const reasonOf = (problem: StoreProblem | null): string | null => problem?.reason ?? null;
const refused = 'connection refused';
const silent = 'no response within 5 s';

describe('a PostgreSQL server', () => {
  const find = async (url: string): Promise<string | null> =>
    reasonOf(await postgresProblem('DATABASE_URL', url));
  const given = (): URL => new URL(freshDatabaseUrl('store_check'));

  it('can be used, also where the database is still to be created', async () => {
    expect(await find(databaseUrl(given().href, 'postgres'))).toBeNull();
    expect(await find(given().href)).toBeNull();
  });

  it.each([
    ['15.18 (Debian 15.18-0+deb12u1)', '15.18'],
    ['17.6', '17.6'],
  ])('is too old: %s', async (version, text) => {
    const port = await serverOfVersion(version);
    expect(await find(`postgres://souk:${secret}@127.0.0.1:${port}/souk_order`)).toBe(
      `Souk needs PostgreSQL 18 or newer; the server at DATABASE_URL is ${text}`,
    );
  });

  it('is new enough with a later version', async () => {
    const port = await serverOfVersion('19beta1');
    expect(await find(`postgres://souk:${secret}@127.0.0.1:${port}/souk_order`)).toBeNull();
  });

  it('refuses a wrong password', async () => {
    const url = given();
    url.password = secret;
    expect(await find(url.href)).toMatch(/^PostgreSQL at .+ refused the user "postgres" or its password$/);
  });

  it('has no such database, and a user who may not create one', async () => {
    const url = given();
    const client = await connect(databaseUrl(url.href, 'postgres'));
    try {
      await client.query(`CREATE ROLE no_creator LOGIN PASSWORD '${secret}'`);
      const database = url.pathname.slice(1);
      [url.username, url.password] = ['no_creator', secret];
      expect(await find(url.href)).toMatch(
        new RegExp(
          `^the database "${database}" does not exist at .+, and the user "no_creator" may not create it$`,
        ),
      );
    } finally {
      await client.query('DROP ROLE no_creator');
      await client.end();
    }
  });

  it('does not listen, does not respond, or is not named completely', async () => {
    const [closed, mute] = [await freePort(), await listen()];
    const at = (port: number): string => `postgres://souk:${secret}@127.0.0.1:${port}/souk_order`;
    expect(await find(at(closed))).toBe(`no PostgreSQL responds at 127.0.0.1:${closed} (${refused})`);
    expect(await find(at(mute))).toBe(`no PostgreSQL responds at 127.0.0.1:${mute} (${silent})`);
    expect(await find('postgres://souk@db.test:5432')).toContain('has no database name');
    expect(await find('mysql://souk@db.test:3306/souk')).toBe('must begin with postgres://');
  });
});

describe('Redis', () => {
  it('does not listen, does not respond, or has another protocol', async () => {
    const [closed, mute] = [await freePort(), await listen()];
    const find = async (port: number): Promise<string | null> =>
      reasonOf(await redisProblem(`redis://:${secret}@127.0.0.1:${port}`));
    expect(await find(closed)).toBe(`no Redis responds at 127.0.0.1:${closed} (${refused})`);
    expect(await find(mute)).toBe(`no Redis responds at 127.0.0.1:${mute} (${silent})`);
    expect(reasonOf(await redisProblem('http://127.0.0.1:6379'))).toBe(
      'must begin with redis:// or rediss://',
    );
  });

  (redisAvailable ? it : it.skip)('refuses a wrong password and a missing one', async () => {
    const port = await freePort();
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
    const child = spawn('redis-server', [...place, '--requirepass', 'right'], { stdio: 'ignore' });
    try {
      const find = async (credentials: string): Promise<string | null> =>
        reasonOf(await redisProblem(`redis://${credentials}127.0.0.1:${port}`));
      await until('Redis accepts the password', async () => (await find(':right@')) === null);
      const text = `Redis at 127.0.0.1:${port} refused the password of the URL`;
      expect(await find(`:${secret}@`)).toBe(text);
      expect(await find('')).toBe(text);
    } finally {
      await ended(child);
    }
  });
});

describe('several stores', () => {
  const lasting: StoreProblem = { reason: 'refused', isTemporary: false };
  const passing: StoreProblem = { reason: 'away', isTemporary: true };

  it('are reported together, each problem once', async () => {
    const checks = [
      { variable: 'DATABASE_URL', find: () => Promise.resolve(passing) },
      { variable: 'DATABASE_URL', find: () => Promise.resolve(passing) },
      { variable: 'REDIS_URL', find: () => Promise.resolve(lasting) },
      { variable: 'NEO4J_URL', find: () => Promise.resolve(null) },
    ];
    const error = await requireStores(checks).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems).toEqual(['DATABASE_URL: away', 'REDIS_URL: refused']);
  });

  it('are retried while the problem is temporary', async () => {
    const results = [passing, passing, null];
    await requireStores(
      [{ variable: 'REDIS_URL', find: () => Promise.resolve(results.shift() ?? null) }],
      60_000,
    );
    expect(results).toEqual([]);
    let count = 0;
    const find = (): Promise<StoreProblem> => Promise.resolve(((count += 1), lasting));
    await expect(requireStores([{ variable: 'REDIS_URL', find }], 60_000)).rejects.toThrow(
      'REDIS_URL: refused',
    );
    expect(count).toBe(1);
  });
});
