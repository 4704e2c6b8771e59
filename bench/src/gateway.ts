import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { bigQuery, smallQuery } from './gateway-graph.js';
import type { SafetyWorld } from './gateway-safety.js';
import { composed, openSafetyWorld } from './gateway-safety.js';
import { scriptOf } from './souk-process.js';
import { memoryOfTree } from './process-memory.js';

const run = promisify(execFile);
const root = path.join(__dirname, '..', '..');
const home = path.join(root, 'bench', 'gateway');
const seconds = Number(process.env['BENCH_SECONDS'] ?? 8);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 2);
const connections = 50;
const firstPort = Number(process.env['BENCH_PORT'] ?? 4300);
const patienceMs = 60_000;

interface Contender {
  name: string;
  command: string[];
  env: Record<string, string>;
  /** Sent with each operation. */
  headers?: Record<string, string>;
}

interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
  /** Milliseconds of processor time that the gateway took for an answer: the same on a busy machine. */
  cpu: number;
}

interface Result {
  name: string;
  big: Load[];
  small: Load[];
  /** Bytes (RSS) after the load. */
  memory: number;
  isEqual: boolean;
}

async function build(folder: string, into: string): Promise<string> {
  const program = path.join(into, folder);
  await run('go', ['build', '-o', program, '.'], { cwd: path.join(home, folder), timeout: 300_000 });
  return program;
}

/** Hive Gateway is no part of this project: it is installed beside it when it is measured. */
async function installPeers(): Promise<string | null> {
  const program = path.join(home, 'peers', 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
  if (!existsSync(program)) {
    const cwd = path.join(home, 'peers');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    await run('npm', args, { cwd, timeout: 900_000 }).catch((error: unknown) => {
      process.stderr.write(`Hive Gateway could not be installed: ${String(error)}\n`);
    });
  }
  return existsSync(program) ? program : null;
}

function own(file: string, name: string, env: Record<string, string>): Contender {
  return {
    name,
    command: scriptOf('gateway').map((part) => (part.endsWith('.js') ? path.join(root, part) : part)),
    env: { SUPERGRAPH_FILE: file, LOG_LEVEL: 'error', NODE_ENV: 'production', ...env },
  };
}

function contenders(file: string, hive: string | null): Contender[] {
  const bench = (name: string, script: string, ...args: string[]): Contender => ({
    name,
    command: [path.join(__dirname, script), 'PORT', ...args],
    env: { NODE_ENV: 'production' },
  });
  const limits = { RATE_LIMIT_PER_MINUTE: '1000000000' };
  return [
    bench('hand-written aggregator', 'gateway-aggregator.js', String(firstPort)),
    own(file, 'Souk, sharing off', { SHARE_QUERIES: 'false', ...limits }),
    // Each fetch of the plan is a call, as those of the aggregator are.
    own(file, 'Souk, sharing off, joining off', { SHARE_QUERIES: 'false', JOIN_CALLS: 'false', ...limits }),
    own(file, 'Souk, sharing off, no rate limit', { SHARE_QUERIES: 'false', RATE_LIMIT_PER_MINUTE: '0' }),
    own(file, 'Souk, sharing on', { SHARE_QUERIES: 'true', ...limits }),
    bench('@apollo/gateway', 'gateway-stock.js', file),
    ...(hive === null
      ? []
      : [
          {
            name: 'Hive Gateway',
            command: [hive, 'supergraph', file, '--port', 'PORT', '--host', '127.0.0.1'],
            env: { NODE_ENV: 'production' },
          },
        ]),
  ];
}

/** Processor time of a process so far, from /proc (Linux only). */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // User and system time, in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function execute(url: string, query: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(5_000),
  });
  // The extensions carry the cost.
  const { extensions: _, ...answer } = (await response.json()) as Record<string, unknown>;
  return canonical(answer);
}

/** An answer with its keys in order: gateways differ in it, and JSON does not care. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

async function up(url: string, child: ChildProcess, what: string): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`${what} ended with code ${child.exitCode}.`);
    try {
      await execute(url, smallQuery);
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error(`${what} was not up within ${patienceMs / 1_000} s.`);
}

async function measure(
  contender: Contender,
  port: number,
  loader: string,
  bodies: { big: string; small: string },
  expected: { big: string; small: string } | null,
): Promise<{ result: Result; answers: { big: string; small: string } }> {
  const command = contender.command.map((part) => (part === 'PORT' ? String(port) : part));
  const child = spawn(process.execPath, command, {
    env: { ...process.env, PORT: String(port), ...contender.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  try {
    await up(url, child, contender.name);
    const { headers = {} } = contender;
    const answers = {
      big: await execute(url, bigQuery, headers),
      small: await execute(url, smallQuery, headers),
    };
    const load = async (body: string, forSeconds: number): Promise<Load> => {
      const args = ['-url', url, '-body', body, '-connections', String(connections)];
      for (const [name, value] of Object.entries(headers)) args.push('-header', `${name}: ${value}`);
      const before = cpuMs(child.pid ?? 0);
      const { stdout } = await run(loader, [...args, '-seconds', String(forSeconds)], { timeout: 120_000 });
      const load = JSON.parse(stdout) as Omit<Load, 'cpu'> & { answers: number };
      return { ...load, cpu: (cpuMs(child.pid ?? 0) - before) / Math.max(1, load.answers + load.failed) };
    };
    const result: Result = { name: contender.name, big: [], small: [], memory: 0, isEqual: true };
    if (expected) result.isEqual = answers.big === expected.big && answers.small === expected.small;
    for (const kind of ['big', 'small'] as const) {
      await load(bodies[kind], Math.max(2, seconds / 2));
      for (let round = 0; round < rounds; round += 1) result[kind].push(await load(bodies[kind], seconds));
    }
    result.memory = memoryOfTree(child.pid ?? 0).rss;
    return { result, answers };
  } finally {
    child.kill('SIGKILL');
  }
}

function report(results: readonly Result[]): string {
  const best = (loads: readonly Load[]): Load =>
    loads.reduce((chosen, load) => (load.perSecond > chosen.perSecond ? load : chosen));
  const cells = (loads: readonly Load[]): string[] => {
    const { perSecond, p50, p99, failed } = best(loads);
    const cpu = Math.min(...loads.map((load) => load.cpu));
    const rate = perSecond.toFixed(0) + (failed === 0 ? '' : ` (${failed} failed)`);
    return [rate, p50.toFixed(1), p99.toFixed(1), cpu.toFixed(2)];
  };
  const row = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`;
  return [
    `Node ${process.version}, ${availableParallelism()} cores, ${connections} connections, best of ${rounds} runs of ${seconds} s`,
    '',
    row([
      'gateway',
      'big/s',
      'p50 ms',
      'p99 ms',
      'CPU ms',
      'small/s',
      'p50 ms',
      'p99 ms',
      'CPU ms',
      'RSS MB',
      'bodies',
    ]),
    row(Array<string>(11).fill('---')),
    ...results.map(({ name, big, small, memory, isEqual }) =>
      row([name, ...cells(big), ...cells(small), (memory / 1e6).toFixed(0), isEqual ? 'equal' : 'DIFFER']),
    ),
    '',
  ].join('\n');
}

/** Those that are measured: the peers, or our own safety features one by one. */
async function chosen(scratch: string, safety: SafetyWorld | null): Promise<Contender[]> {
  const fileOf = async (isGuarded: boolean): Promise<string> => {
    const file = path.join(scratch, isGuarded ? 'guarded.graphql' : 'supergraph.graphql');
    await writeFile(file, composed(firstPort, isGuarded));
    return file;
  };
  const only = process.env['BENCH_ONLY'];
  const isWanted = (name: string): boolean => only === undefined || name.includes(only);
  const files = { open: await fileOf(false), guarded: await fileOf(true) };
  if (!safety) {
    const hive = isWanted('Hive Gateway') ? await installPeers() : null;
    return contenders(files.open, hive).filter(({ name }) => isWanted(name));
  }
  return safety.features
    .filter(({ name }) => isWanted(name))
    .map(({ name, env, headers, isGuarded }) => ({
      ...own(isGuarded ? files.guarded : files.open, name, env),
      headers,
    }));
}

async function main(): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'souk-bench-gateway-'));
  const safety = process.argv.includes('--safety') ? await openSafetyWorld() : null;
  let subgraphs: ChildProcess | null = null;
  try {
    const [program, loader] = [await build('subgraphs', scratch), await build('load', scratch)];
    const bodies = { big: path.join(scratch, 'big.json'), small: path.join(scratch, 'small.json') };
    await writeFile(bodies.big, JSON.stringify({ query: bigQuery }));
    await writeFile(bodies.small, JSON.stringify({ query: smallQuery }));
    subgraphs = spawn(program, ['-port', String(firstPort)], { stdio: ['ignore', 'ignore', 'inherit'] });

    const results: Result[] = [];
    let expected: { big: string; small: string } | null = null;
    for (const [index, contender] of (await chosen(scratch, safety)).entries()) {
      process.stderr.write(`${contender.name}\n`);
      try {
        const { result, answers } = await measure(
          contender,
          firstPort + 10 + index,
          loader,
          bodies,
          expected,
        );
        expected ??= answers;
        results.push(result);
      } catch (error) {
        process.stderr.write(`${contender.name}: ${String(error)}\n`);
      }
    }
    process.stdout.write(report(results));
  } finally {
    subgraphs?.kill('SIGKILL');
    await safety?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
