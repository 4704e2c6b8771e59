import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf, isAlive } from '@souk/standalone/process-table';
import { until } from '../support/until';

// A test run that ends in any way leaves no process and no directory behind.

const support = join(__dirname, '../support');

/** A run: opens its directory, starts processes as suites do, prints their ids, and waits for a line to end. */
const program = `
  import { spawn } from 'node:child_process';
  import runDirectory from ${JSON.stringify(join(support, 'run-directory.cjs'))};
  const directory = await runDirectory.openRunDirectory();
  const sleeps = ['-e', 'process.on("SIGINT", () => {}); process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'];
  const detached = { detached: true, stdio: 'ignore' };
  const children = [
    spawn(process.execPath, sleeps, detached),
    spawn(process.execPath, sleeps, { ...detached, env: { DATA_DIR: directory + '/data' } }),
    spawn(process.execPath, [...sleeps, '--', '-D', directory + '/postgres'], { ...detached, argv0: 'postgres', env: {} }),
  ];
  console.log(JSON.stringify({ directory, pids: children.map(({ pid }) => pid) }));
  for (const child of children) child.unref();
  process.stdin.once('data', () => process.exit(0));
`;

interface Run {
  owner: ChildProcess;
  directory: string;
  pids: number[];
}

let parent: string;
const owners: ChildProcess[] = [];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'runs-'));
});
afterEach(async () => {
  for (const owner of owners.splice(0)) owner.kill('SIGKILL');
  await until('no directory of a run is left', () => readdirSync(parent).length === 0);
  await rm(parent, { recursive: true });
});

async function startRun(): Promise<Run> {
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { PATH: process.env['PATH'], TMPDIR: parent },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  owners.push(owner);
  const [line] = (await once(owner.stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  return { owner, ...(JSON.parse(line.toString()) as Omit<Run, 'owner'>) };
}

const livingOf = async ({ pids }: Run): Promise<boolean[]> => Promise.all(pids.map(isAlive));
const isCleared = async (run: Run): Promise<boolean> =>
  !existsSync(run.directory) && (await livingOf(run)).every((lives) => !lives);

it.each(['SIGINT', 'SIGTERM', 'SIGKILL', 'exit'] as const)(
  'its processes and its directory are gone after %s',
  async (end) => {
    const run = await startRun();
    expect(await livingOf(run)).toEqual([true, true, true]);
    if (end === 'exit') run.owner.stdin?.write('\n');
    else run.owner.kill(end);
    await until('the run is cleared', () => isCleared(run));
  },
);

it('a run whose npm was ended is ended too', async () => {
  const shell = spawn('sh', ['-c', `"$0" --input-type=module -e "$1"; true`, process.execPath, program], {
    env: { PATH: process.env['PATH'], TMPDIR: parent, npm_lifecycle_event: 'test' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(shell.stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  const run = { owner: shell, ...(JSON.parse(line.toString()) as Omit<Run, 'owner'>) };
  shell.kill('SIGTERM');
  await until('the run is cleared', () => isCleared(run));
});

it('a run whose npm was ended while it started does not begin', async () => {
  // The shell ends before the program reads its parent.
  const shell = spawn(
    'sh',
    ['-c', `(sleep 0.5; exec "$0" --input-type=module -e "$1") & true`, process.execPath, program],
    {
      env: { PATH: process.env['PATH'], TMPDIR: parent, npm_lifecycle_event: 'test' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let output = '';
  shell.stdout.on('data', (chunk) => (output += String(chunk)));
  await once(shell, 'close');
  expect(output).toBe('');
});

it('the next run clears up after a run whose watchdog was killed too, and after no other', async () => {
  const [stale, other] = [await startRun(), await startRun()];
  const watchdog = await until('the watchdog runs', () => watchdogOf(stale.directory));
  process.kill(watchdog, 'SIGKILL');
  stale.owner.kill('SIGKILL');
  await until('the owner is gone', async () => !(await isAlive(stale.owner.pid ?? 0)));
  expect(existsSync(stale.directory)).toBe(true);
  const unrelated = ['souk-run-2avzjm', 'souk-run-1', 'souk-test-1-1'].map((name) => join(parent, name));
  for (const directory of unrelated) mkdirSync(directory);
  const next = await startRun();
  await until('the stale run is cleared', () => isCleared(stale));
  for (const run of [other, next]) expect(await livingOf(run)).toEqual([true, true, true]);
  for (const directory of [other.directory, ...unrelated]) expect(existsSync(directory)).toBe(true);
  for (const directory of unrelated) rmdirSync(directory);
});

async function watchdogOf(directory: string): Promise<number | null> {
  for (const pid of readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)) {
    if ((await commandOf(pid))?.includes(`run-watchdog.cjs ${directory}`)) return pid;
  }
  return null;
}
