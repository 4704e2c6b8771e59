import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { freePort } from './ports';
import { until } from './until';

/** A Redis server for one test. */
export interface TestRedis {
  url: string;
  pid: number;
  /** Kills the server (SIGKILL) and starts it again with its append-only file. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether a Redis server can be started on this machine. */
export const redisAvailable = spawnSync('redis-server', ['--version']).status === 0;

/** Starts `redis-server` on a free port with its own directory, durable as in production. */
export async function startRedis(): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-redis-'));
  const port = await freePort();
  let child = await run(directory, port);
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? 0;
    },
    crash: async () => {
      await ended(child, 'SIGKILL');
      child = await run(directory, port);
    },
    stop: async () => {
      await ended(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function run(directory: string, port: number): Promise<ChildProcess> {
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
  const child = spawn('redis-server', [...place, ...durable, '--maxmemory-policy', 'noeviction'], {
    stdio: 'ignore',
  });
  await until('Redis listens', () => listens(port));
  return child;
}

/** Ends a child and waits for it. */
export async function ended(child: ChildProcess, by: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(by);
  await exit;
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
