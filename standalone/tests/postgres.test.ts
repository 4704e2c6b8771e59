import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { AlreadyRunning } from '../src/lock-file.js';
import { readPostmaster } from '../src/postgres/postmaster.js';
import { startPostgres } from '../src/postgres/server.js';
import type { EmbeddedPostgres } from '../src/postgres/server.js';
import { isAlive } from '../src/process-table.js';

const built = path.join(__dirname, '..', 'dist', 'postgres', 'server.js');

describe('the embedded PostgreSQL', () => {
  let parent: string;
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'souk-postgres-'));
    // mkdtemp makes it 0700: closed to the user as whom PostgreSQL runs when we are root.
    dataDir = path.join(parent, 'data');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const server of running.splice(0)) await server.discard();
    await rm(parent, { recursive: true, force: true });
  });

  async function start(
    dir = dataDir,
    log: (line: string) => void = () => undefined,
  ): Promise<EmbeddedPostgres> {
    const server = await startPostgres({ dataDir: dir, log });
    running.push(server);
    return server;
  }

  /** Starts it from a process of its own, which answers with the server's URL. */
  async function startInChild(): Promise<{ child: ChildProcess; url: string }> {
    const script = `require(${JSON.stringify(built)}).startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log() {} })
      .then((server) => { console.log(server.url); setInterval(() => {}, 1000); });`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, url };
  }

  async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: `${url}/postgres`, connectionTimeoutMillis: 20_000 });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function queryWhenBack(url: string, sql: string): Promise<Record<string, unknown>[]> {
    for (const deadline = Date.now() + 20_000; ;) {
      try {
        return await query(url, sql);
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(50);
      }
    }
  }

  async function serverPid(clusterDir: string): Promise<number> {
    const pid = (await readPostmaster(clusterDir))?.pid;
    if (pid === undefined) throw new Error('no server');
    return pid;
  }

  it('is a durable PostgreSQL 18 that listens on this machine only and keeps its data', async () => {
    const first = await start();
    const [settings] = await query(
      first.url,
      `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('fsync') AS fsync,
         current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS addresses,
         current_setting('unix_socket_directories') AS sockets, current_setting('server_encoding') AS encoding`,
    );
    expect(settings).toEqual({
      version: 18,
      fsync: 'on',
      commit: 'on',
      addresses: '127.0.0.1',
      sockets: first.clusterDir,
      encoding: 'UTF8',
    });
    // Souk connects by the socket; programs that need TCP can connect too.
    expect(await query(first.url, 'SELECT inet_server_addr() AS address')).toEqual([{ address: null }]);
    const { username, password, port } = new URL(first.url);
    expect(await query(`postgres://${username}:${password}@127.0.0.1:${port}`, 'SELECT 1 AS n')).toEqual([
      { n: 1 },
    ]);
    await query(first.url, 'CREATE TABLE survivor AS SELECT 7 AS n');
    const pid = await serverPid(first.clusterDir);
    await first.stop();
    expect(await isAlive(pid)).toBe(false);

    const second = await start();
    expect(await query(second.url, 'SELECT n FROM survivor')).toEqual([{ n: 7 }]);
  });

  it('wants the password', async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = 'postgres';
    await expect(query(wrong.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('comes up again after kill -9 of its parent, with all that was committed', async () => {
    const { child, url } = await startInChild();
    await query(url, 'CREATE TABLE survivor AS SELECT 7 AS n');
    child.kill('SIGKILL');
    await once(child, 'exit');
    // The orphan still answers: there is something to clean up.
    expect(await query(url, 'SELECT n FROM survivor')).toEqual([{ n: 7 }]);

    const lines: string[] = [];
    const server = await start(dataDir, (line) => lines.push(line));
    expect(lines.join('\n')).toMatch(/left over from a killed Souk/);
    expect(await query(server.url, 'SELECT n FROM survivor')).toEqual([{ n: 7 }]);
    await expect(query(url, 'SELECT 1')).rejects.toThrow();
  });

  it('comes up again after kill -9 of its parent and of itself', async () => {
    const { child, url } = await startInChild();
    await query(url, 'CREATE TABLE survivor AS SELECT 7 AS n');
    const [place] = await query(url, "SELECT current_setting('data_directory') AS dir");
    const pid = await serverPid(String(place?.['dir']));
    // It holds the directory until it is gone; for its server the start waits.
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await gone;

    const server = await start();
    expect(await query(server.url, 'SELECT n FROM survivor')).toEqual([{ n: 7 }]);
  });

  it('comes back by itself, on the same port, when the server dies', async () => {
    const server = await start();
    await query(server.url, 'CREATE TABLE survivor AS SELECT 7 AS n');
    const pid = await serverPid(server.clusterDir);
    process.kill(pid, 'SIGKILL');
    expect(await queryWhenBack(server.url, 'SELECT n FROM survivor')).toEqual([{ n: 7 }]);
    expect(await serverPid(server.clusterDir)).not.toBe(pid);
  });

  it('refuses a second instance on the directory and leaves the first one alone', async () => {
    const server = await start();
    const pid = await serverPid(server.clusterDir);
    await expect(start()).rejects.toThrow(AlreadyRunning);
    expect(await serverPid(server.clusterDir)).toBe(pid);
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('runs side by side with another on another directory', async () => {
    const [one, two] = await Promise.all([start(path.join(parent, 'one')), start(path.join(parent, 'two'))]);
    expect(new URL(one.url).port).not.toBe(new URL(two.url).port);
    await query(one.url, 'CREATE TABLE only_here (n int)');
    await expect(query(two.url, 'SELECT n FROM only_here')).rejects.toMatchObject({ code: '42P01' });
  });

  it('starts where a killed process left half a database', async () => {
    await mkdir(path.join(dataDir, 'postgres.new'), { recursive: true });
    await writeFile(path.join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
    const server = await start();
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('says what its log says when it cannot start', async () => {
    const server = await start();
    await server.stop();
    await writeFile(path.join(server.clusterDir, 'PG_VERSION'), '9.6\n');
    await expect(start()).rejects.toThrow(/database files are incompatible with server/);
  });

  it('keeps the password where only its owner reads it, and describes where the files are', async () => {
    const server = await start();
    const password = await readFile(path.join(dataDir, 'postgres.password'), 'utf8');
    expect(new URL(server.url).password).toBe(password);
    const outside = process.getuid?.() === 0;
    expect(server.clusterDir.startsWith(dataDir)).toBe(!outside);
    expect(server.notes.some((note) => note.includes(server.clusterDir))).toBe(outside);
  });
});
