import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endProcess, isAlive, isSame, startTimeOf } from '@souk/standalone/process-table';
import type { ReadyMessage } from '@souk/standalone/signals';
import { clearUp, dataDirIn, outputFileIn } from './clear-up.js';
import type { Report, Request, Topology } from './supervisor-messages.js';

// node supervisor.js, with an IPC channel: runs one Souk for a test. It outlives the test however that ends, then stops
// Souk and removes its data. If the supervisor is killed too, Souk stops itself, and the next supervisor removes the data.

/** A name of a temporary directory: pid and start time of its supervisor. */
const directoryName = /^souk-test-(\d+)-(\d+)-\w+$/;
/** Souk drains for at most 4.5 s. */
const stopPatienceMs = 8_000;
/** Young garbage is collected more often, and the process is smaller: as under npm start. */
const flags = ['--max-semi-space-size=4'];
/** Processes whose end is not reported, because it was requested. */
const requestedEnds = new WeakSet<ChildProcess>();
const mains = { standalone: '@souk/standalone/main', distributed: '@souk/standalone/distributed' } as const;

/** A Souk to run, and where it can be reached once it is ready. */
interface Run {
  readonly topology: Topology;
  readonly environment: Record<string, string>;
  readonly directory: string;
  child: ChildProcess;
  ports: Record<string, string>;
}

let run: Run | null = null;
let stopping: Promise<void> | null = null;

function send(report: Report): void {
  if (process.connected) process.send?.(report);
}

async function start({ topology, environment }: Extract<Request, { type: 'start' }>): Promise<void> {
  const directory = await makeDirectory();
  run = { topology, environment, directory, child: launch(topology, environment, directory), ports: {} };
  await clearUpAfterOthers(path.dirname(directory));
}

async function restart(): Promise<void> {
  if (!run) return;
  await endSouk(run.child);
  run.child = launch(run.topology, { ...run.environment, ...run.ports }, run.directory);
}

function launch(topology: Topology, environment: Record<string, string>, directory: string): ChildProcess {
  const output = openSync(outputFileIn(directory), 'a', 0o600);
  const child = spawn(process.execPath, [...flags, require.resolve(mains[topology])], {
    // Souk must not depend on the working directory.
    cwd: path.parse(directory).root,
    env: { ...environment, DATA_DIR: dataDirIn(directory) },
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  child.once('error', ({ message }) => send({ type: 'failed', reason: message }));
  child.on('message', (message) => {
    const ready = message as ReadyMessage;
    if (run) run.ports = portsOf(ready);
    send(ready);
  });
  child.once('exit', () => {
    if (!requestedEnds.has(child)) send({ type: 'ended' });
  });
  if (child.pid !== undefined) send({ type: 'started', pid: child.pid, directory });
  return child;
}

/** The ports that a restart uses again. */
function portsOf({ url, simulator }: ReadyMessage): Record<string, string> {
  return {
    PORT: new URL(url).port,
    ...(simulator && { SIMULATOR_PORT: new URL(simulator.apiUrl).port }),
  };
}

async function makeDirectory(): Promise<string> {
  const owner = `${process.pid}-${(await startTimeOf(process.pid)) ?? 0}`;
  const made = await mkdtemp(path.join(tmpdir(), `souk-test-${owner}-`));
  // PostgreSQL does not run as root: its user must be able to pass.
  await chmod(made, 0o711);
  return made;
}

/** Clears up after supervisors that were killed. */
async function clearUpAfterOthers(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const [, pid, startTime] = directoryName.exec(name) ?? [];
    if (pid === undefined || startTime === undefined) continue;
    const isRunning = startTime === '0' ? isAlive(Number(pid)) : isSame(Number(pid), startTime);
    // Another user's cannot be removed.
    if (!(await isRunning)) await clearUp(path.join(parent, name)).catch(() => undefined);
  }
}

async function endSouk(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  requestedEnds.add(child);
  const exited = once(child, 'exit');
  await endProcess(child.pid, stopPatienceMs);
  await exited;
}

function stop(): Promise<void> {
  stopping ??= stopAndClearUp();
  return stopping;
}

async function stopAndClearUp(): Promise<void> {
  if (!run) return;
  await endSouk(run.child);
  await clearUp(run.directory);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function end(): void {
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      send({ type: 'failed', reason: String(error) });
      process.exit(1);
    },
  );
}

function receive(request: Request): void {
  if (request.type === 'stop') end();
  else if (request.type === 'kill') run?.child.kill('SIGKILL');
  else {
    const started = request.type === 'start' ? start(request) : restart();
    started.catch((error: unknown) => send({ type: 'failed', reason: String(error) }));
  }
}

process.on('message', (message) => receive(message as Request));
process.once('disconnect', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
