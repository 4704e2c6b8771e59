import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '@souk/standalone/free-port';

const run = promisify(execFile);

/** A Redis server of a benchmark's own. */
export interface BenchRedis {
  url: string;
  port: number;
  pid: number;
  /** Forgets everything. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const patienceMs = 10_000;

/** Starts `redis-server` on a free port, durable as production has it: an append-only file, synced every second. */
export async function startRedis(): Promise<BenchRedis> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-redis-'));
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: directory,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
  };
  const child = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: 'ignore' },
  );
  const failed = once(child, 'error').then(([error]) => {
    throw new Error('redis-server could not be started.', { cause: error });
  });
  failed.catch(() => undefined);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await exited;
    }
    await rm(directory, { recursive: true, force: true });
  };
  const flush = async (): Promise<void> => {
    await run('redis-cli', ['-p', String(port), 'flushall'], { timeout: 5_000 });
  };
  try {
    for (const deadline = Date.now() + patienceMs; !(await Promise.race([listens(port), failed]));) {
      if (Date.now() > deadline) throw new Error('Redis does not listen.');
      await sleep(50);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid ?? 0, flush, stop };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
