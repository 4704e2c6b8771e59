import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { knownClusterDir } from '@souk/standalone/postgres/cluster-location';
import { readPostmaster } from '@souk/standalone/postgres/postmaster';
import { isAlive } from '@souk/standalone/process-table';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import { until } from '@souk/testing/until';
import type { Consumer } from './support/consumer';
import { makeConsumer } from './support/consumer';

// A Souk leaves no process, port or directory behind, however its test ends.

let consumer: Consumer;
const programs: ChildProcess[] = [];
beforeAll(async () => {
  consumer = await makeConsumer();
});
afterAll(async () => {
  for (const program of programs) program.kill('SIGKILL');
  await consumer.remove();
});

/** The processes, the directory and the address of a Souk. */
interface Traces {
  pids: number[];
  directory: string;
  url: string;
}

async function tracesOf({ pid, dataDir, url }: Pick<TestSouk, 'pid' | 'dataDir' | 'url'>): Promise<Traces> {
  const postmaster = await readPostmaster(await knownClusterDir(dataDir));
  if (!postmaster) throw new Error('PostgreSQL does not run.');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return { pids: [supervisorOf(pid), pid, postmaster.pid, ...children], directory: dirname(dataDir), url };
}

function supervisorOf(pid: number): number {
  return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function isGone({ pids, directory, url }: Traces): Promise<boolean> {
  const alive = await Promise.all(pids.map(isAlive));
  const answers = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
  return !existsSync(directory) && !answers && alive.every((lives) => !lives);
}

/** Starts a program that starts a Souk and waits, or ends without stopping it. */
async function startProgram(
  options: string,
  isLasting: boolean,
): Promise<{ program: ChildProcess; traces: Traces }> {
  const source = `
    require('@souk/testing').startSouk(${options}).then(({ pid, dataDir, url }) => {
      console.log(JSON.stringify({ pid, dataDir, url }));
      ${isLasting ? 'setInterval(() => undefined, 1000);' : "process.stdin.once('data', () => process.stdin.destroy());"}
    });
  `;
  const program = spawn(process.execPath, ['-e', source], {
    cwd: consumer.directory,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  programs.push(program);
  const [line] = (await once(program.stdout, 'data')) as [Buffer];
  const traces = await tracesOf(JSON.parse(line.toString()) as TestSouk);
  return { program, traces };
}

test.each(['standalone', 'distributed'])(
  'its test is killed: %s',
  async (topology) => {
    const { program, traces } = await startProgram(`{ demo: false, topology: '${topology}' }`, true);
    expect(traces.pids.length).toBeGreaterThan(topology === 'distributed' ? 9 : 2);
    program.kill('SIGKILL');
    await until('Souk is gone', () => isGone(traces), 60_000);
  },
  240_000,
);

test('a test that forgets to stop it ends, and so does Souk', async () => {
  const { program, traces } = await startProgram('{ demo: false }', false);
  const exited = once(program, 'exit');
  program.stdin?.write('\n');
  expect(await exited).toEqual([0, null]);
  await until('Souk is gone', () => isGone(traces), 60_000);
}, 240_000);

test('its test and its supervisor are killed: it ends, and the next start removes its directory', async () => {
  const { program, traces } = await startProgram('{ demo: false }', true);
  const [supervisor = 0] = traces.pids;
  process.kill(supervisor, 'SIGKILL');
  program.kill('SIGKILL');
  await until(
    'Souk has ended',
    async () => (await Promise.all(traces.pids.map(isAlive))).every((lives) => !lives),
    60_000,
  );
  expect(existsSync(traces.directory)).toBe(true);
  const next = await startSouk({ demo: false });
  try {
    await until('the directory is removed', () => !existsSync(traces.directory));
    expect(existsSync(next.dataDir)).toBe(true);
    // A supervisor that is killed alone: `stop` does its work.
    const own = await tracesOf(next);
    process.kill(own.pids[0] ?? 0, 'SIGKILL');
    await next.stop();
    expect(await isGone(own)).toBe(true);
  } finally {
    await next.stop();
  }
}, 240_000);

test('it does not start: the error has its output, and nothing is left', async () => {
  const start = startSouk({ environment: { CATALOG_HOLD_MINUTES: 'long', JWT_PRIVATE_KEY: 'no key' } });
  await expect(start).rejects.toThrow(
    /Souk has not become ready\. Its output:\nSouk cannot start\.[^]*CATALOG_HOLD_MINUTES/,
  );
});
