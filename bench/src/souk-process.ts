import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '@souk/standalone/free-port';

const root = path.join(__dirname, '..', '..');
const startPatienceMs = 120_000;
/** The distributed topology takes ports after its own, for subgraphs and simulator. */
const portSpan = 11;

/** A Souk that runs for a benchmark. */
export interface RunningSouk {
  /** The gateway's GraphQL. */
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Node's flags and the program of an npm script. */
export function scriptOf(name: 'start' | 'start:distributed' | 'gateway'): string[] {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<typeof name, string>;
  };
  return manifest.scripts[name].split(' ').slice(1);
}

/**
 * Starts Souk as an npm script does, and waits until its banner says that all of it is up.
 * @param checkout the directory of another Souk, built; this one when left out
 */
export async function startSouk(
  script: 'start' | 'start:distributed',
  environment: Readonly<Record<string, string>>,
  checkout: string = root,
): Promise<RunningSouk> {
  const port = await freePorts(portSpan, randomPorts());
  const child = spawn(process.execPath, scriptOf(script), {
    cwd: checkout,
    env: { ...process.env, PORT: String(port), LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      await exited;
    }
  };
  let written = '';
  const up = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('It took too long.')), startPatienceMs);
    child.stdout.on('data', (chunk: Buffer) => {
      written += chunk.toString();
      if (!written.includes('Ctrl-C')) return;
      clearTimeout(late);
      child.stdout.removeAllListeners('data').resume();
      resolve();
    });
    child.once('exit', () => {
      clearTimeout(late);
      reject(new Error('It ended.'));
    });
  });
  try {
    await up;
  } catch (error) {
    await stop();
    throw new Error(`Souk did not start:\n${written}`, { cause: error });
  }
  return { url: `http://127.0.0.1:${port}/graphql`, pid: child.pid ?? 0, stop };
}

/**
 * Starts a gateway as `npm run gateway` does, on the supergraph of its checkout and without subgraphs.
 * @param checkout the directory of another Souk, built; this one when left out
 */
export async function startGateway(
  environment: Readonly<Record<string, string>>,
  checkout: string = root,
): Promise<RunningSouk> {
  const port = await freePorts(portSpan, randomPorts());
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, scriptOf('gateway'), {
    cwd: checkout,
    env: {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: 'silent',
      SUPERGRAPH_FILE: path.join(checkout, 'gateway/supergraph.graphql'),
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  const end = performance.now() + startPatienceMs;
  for (;;) {
    if (child.exitCode !== null) throw new Error('The gateway ended.');
    if (await fetch(`${origin}/health/live`).then(Boolean, () => false)) break;
    if (performance.now() > end) {
      await stop();
      throw new Error('The gateway did not start.');
    }
    await sleep(50);
  }
  return { url: `${origin}/graphql`, pid: child.pid ?? 0, stop };
}

/** Random ports below the ephemeral ones. */
function* randomPorts(): Generator<number> {
  for (let tries = 0; tries < 200; tries += 1) yield 20_000 + Math.floor(Math.random() * 12_000);
}
