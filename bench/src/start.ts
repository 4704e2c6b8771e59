import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@souk/standalone/free-port';
import { memoryOfTree } from './process-memory.js';
import type { TreeMemory } from './process-memory.js';

const runs = 5;
const patienceMs = 60_000;
/** Start-up's garbage is gone by then, and pools have let idle connections go. */
const settleMs = 15_000;
const root = path.join(__dirname, '..', '..');

interface Run {
  firstQueryMs: number;
  bannerMs: number;
  memoryAtOnce: TreeMemory;
  /** Null where it was not waited for. */
  memorySettled: TreeMemory | null;
  stopMs: number;
}

/** One start and stop of Souk. */
async function measure(dataDir: string, settle: boolean): Promise<Run> {
  const port = await freePort();
  const startedAt = performance.now();
  // A group of its own, so that all of it can be ended whatever has become of npm.
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exit = once(child, 'exit');
  try {
    const banner = sawBanner(child, startedAt);
    // The first await reports the failure.
    banner.catch(() => undefined);
    const firstQueryMs = await firstQuery(`http://127.0.0.1:${port}/graphql`, child, startedAt);
    const { ms: bannerMs, pid } = await banner;
    const memoryAtOnce = memoryOfTree(pid);
    if (settle) await sleep(settleMs);
    const memorySettled = settle ? memoryOfTree(pid) : null;
    const stopAt = performance.now();
    process.kill(pid, 'SIGINT');
    await exit;
    return { firstQueryMs, bannerMs, memoryAtOnce, memorySettled, stopMs: performance.now() - stopAt };
  } finally {
    await endGroup(child, exit);
  }
}

/** Ends what still runs: in good order, so that the database ends too, and the hard way after some seconds. */
async function endGroup(child: ChildProcess, exit: Promise<unknown>): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGINT');
  await Promise.race([exit, sleep(10_000)]);
  if (!hasEnded(child)) process.kill(-child.pid, 'SIGKILL');
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Asks until a query that a subgraph answers from its database is answered. */
async function firstQuery(url: string, child: ChildProcess, startedAt: number): Promise<number> {
  const body = JSON.stringify({ query: '{ listings(first: 1) { totalCount nodes { id title } } }' });
  while (performance.now() - startedAt < patienceMs) {
    if (child.exitCode !== null) throw new Error(`Souk ended with code ${child.exitCode}.`);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
      const answer = (await response.json()) as { data?: { listings?: unknown }; errors?: unknown };
      if (answer.data?.listings && !answer.errors) return performance.now() - startedAt;
    } catch {
      // Not open yet.
    }
    await sleep(10);
  }
  throw new Error(`No query was answered within ${patienceMs / 1000} s.`);
}

/** When the banner came, and the process that it names as Souk's: npm's own are no part of it. */
function sawBanner(child: ChildProcess, startedAt: number): Promise<{ ms: number; pid: number }> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const pid = Number(/this process, (\d+)/.exec(text)?.[1]);
      if (text.includes('Ctrl-C') && pid > 0) resolve({ ms: performance.now() - startedAt, pid });
    });
    child.once('exit', () => reject(new Error('Souk ended before it was up.')));
  });
}

async function series(label: string, dataDirOf: () => Promise<string>): Promise<Run[]> {
  const all: Run[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const result = await measure(await dataDirOf(), run === runs);
    process.stderr.write(`${label} ${run}/${runs}: ${seconds(result.firstQueryMs)}\n`);
    all.push(result);
  }
  return all;
}

async function run(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  try {
    let made = 0;
    const empty = await series('empty data directory', () =>
      Promise.resolve(path.join(directory, String((made += 1)))),
    );
    const initialised = await series('initialised data directory', () =>
      Promise.resolve(path.join(directory, '1')),
    );
    process.stdout.write(report(empty, initialised));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function report(empty: readonly Run[], initialised: readonly Run[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const times = (label: string, all: readonly Run[], of: (run: Run) => number, target: string): string => {
    const values = all.map(of).sort((a, b) => a - b);
    return row([
      label,
      seconds(values[Math.floor(values.length / 2)] ?? 0),
      seconds(values.at(-1) ?? 0),
      target,
    ]);
  };
  const worst = (all: readonly Run[]): TreeMemory | undefined =>
    all.map(({ memoryAtOnce }) => memoryAtOnce).sort((a, b) => b.rss - a.rss)[0];
  const memory = (label: string, measured: TreeMemory | null | undefined, target: string): string =>
    row([
      label,
      measured ? megabytes(measured.rss) : '-',
      measured ? megabytes(measured.pss) : '-',
      measured ? String(measured.processes) : '-',
      target,
    ]);
  return [
    `Node ${process.version}, ${availableParallelism()} cores, ${runs} runs each`,
    '',
    row(['from `npm start` to', 'p50', 'max', 'target']),
    row(['---', '---', '---', '---']),
    times('first query, initialised data directory', initialised, (r) => r.firstQueryMs, '5 s'),
    times('first query, empty data directory', empty, (r) => r.firstQueryMs, '12 s'),
    times('banner, initialised data directory', initialised, (r) => r.bannerMs, '-'),
    times('banner (demo data made), empty data directory', empty, (r) => r.bannerMs, '-'),
    times('end after Ctrl-C', [...initialised, ...empty], (r) => r.stopMs, '5 s'),
    '',
    row(['memory of Souk and PostgreSQL', 'RSS added up', 'PSS added up', 'processes', 'target (RSS)']),
    row(['---', '---', '---', '---', '---']),
    memory('initialised, at once (worst of the runs)', worst(initialised), '450 MB'),
    memory(`initialised, ${settleMs / 1000} s later`, initialised.at(-1)?.memorySettled, '450 MB'),
    memory('empty, at once (worst of the runs)', worst(empty), '450 MB'),
    memory(`empty, ${settleMs / 1000} s later`, empty.at(-1)?.memorySettled, '450 MB'),
    '',
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
