import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client';
import { freePorts } from './ports';
import { until } from './until';

/** How Souk runs: one process, or one for each subgraph and the gateway. */
export type Topology = 'standalone' | 'distributed';

/** The administrator of every Souk that a test starts. */
export const admin = { email: 'root@souk.test', password: 'a long test password' };

/** A Souk started by a test: the real command, on a free port, with its own data directory. */
export interface TestSouk {
  url: string;
  topology: Topology;
  dataDir: string;
  port: number;
  /** The process of `npm start`; in the distributed topology the launcher. */
  child: ChildProcess;
  /** Its output so far. */
  output(): string;
  /** Sends SIGTERM and waits. Returns the duration in milliseconds. */
  stop(): Promise<number>;
  /** Sends SIGKILL and waits. Its child processes may survive. */
  kill(): Promise<void>;
  /** Removes the data directory. */
  clean(): Promise<void>;
}

const root = join(__dirname, '../..');
const entries: Record<Topology, string> = {
  standalone: 'standalone/dist/main.js',
  distributed: 'standalone/dist/distributed.js',
};
/** Long enough for a busy machine. */
const startDeadlineMs = 180_000;
const lastLine = 'Press Ctrl-C to stop.';
/** The distributed topology uses the following ports for subgraphs and simulator. */
const portSpan = 11;

/** Starts Souk and waits until it is ready and the administrator can log in. */
export async function startSouk(options: {
  topology: Topology;
  dataDir?: string;
  port?: number;
  environment?: Record<string, string>;
}): Promise<TestSouk> {
  const { topology } = options;
  const dataDir = options.dataDir ?? (await makeDataDir(topology));
  const port = options.port ?? (await freePorts(portSpan));
  const logFile = join(await mkdtemp(join(tmpdir(), 'souk-log-')), 'output.log');
  const descriptor = openSync(logFile, 'a');
  const child = spawn(process.execPath, [join(root, entries[topology])], {
    // Souk must not depend on the working directory.
    cwd: tmpdir(),
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      PORT: String(port),
      DATA_DIR: dataDir,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'warn',
      ...options.environment,
    },
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const souk: TestSouk = {
    url: `http://127.0.0.1:${port}`,
    topology,
    dataDir,
    port,
    child,
    output: () => readFileSync(logFile, 'utf8'),
    stop: async () => {
      const begun = Date.now();
      if (!isOver()) child.kill('SIGTERM');
      await exited;
      return Date.now() - begun;
    },
    kill: async () => {
      if (!isOver()) child.kill('SIGKILL');
      await exited;
    },
    clean: () => rm(dataDir, { recursive: true, force: true }),
  };
  try {
    await until('Souk responds', () => answers(souk, isOver), startDeadlineMs);
  } catch (error) {
    await souk.stop();
    throw new Error(`${String(error)}\n${souk.output()}`, { cause: error });
  }
  return souk;
}

async function makeDataDir(topology: Topology): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `souk-${topology}-`));
  // PostgreSQL does not run as root; its user needs access, or the database would be placed elsewhere.
  await chmod(directory, 0o711);
  return directory;
}

async function answers(souk: TestSouk, isOver: () => boolean): Promise<boolean> {
  if (isOver()) throw new Error('Souk ended while it started.');
  // The banner's last line: the demo data are complete and the start is over.
  if (!souk.output().includes(lastLine)) return false;
  try {
    const ready = await fetch(`${souk.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    if (!ready.ok) return false;
    await new Client(souk.url).login(admin.email, admin.password);
    return true;
  } catch {
    return false;
  }
}
