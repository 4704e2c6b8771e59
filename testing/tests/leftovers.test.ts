import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { knownClusterDir } from '@souk/standalone/postgres/cluster-location';
import { readPostmaster } from '@souk/standalone/postgres/postmaster';
import { isAlive } from '@souk/standalone/process-table';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import { until } from '@souk/testing/until';

// A Souk leaves no process, port or directory behind, however its test ends.

const programs: ChildProcess[] = [];
afterAll(() => {
  for (const program of programs) program.kill('SIGKILL');
});

/** The processes, the directory and the address of a Souk. */
interface Traces {
  pids: number[];
  directory: string;
  /** The directory of the database. */
  cluster: string;
  url: string;
}

async function tracesOf({ pid, dataDir, url }: Pick<TestSouk, 'pid' | 'dataDir' | 'url'>): Promise<Traces> {
  const cluster = await knownClusterDir(dataDir);
  const postmaster = await readPostmaster(cluster);
  if (!postmaster) throw new Error('PostgreSQL does not run.');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return {
    pids: [supervisorOf(pid), pid, postmaster.pid, ...children],
    directory: dirname(dataDir),
    cluster,
    url,
  };
}

function supervisorOf(pid: number): number {
  return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function isGone({ pids, directory, cluster, url }: Traces): Promise<boolean> {
  const alive = await Promise.all(pids.map(isAlive));
  const answers = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
  return !existsSync(directory) && !existsSync(cluster) && !answers && alive.every((lives) => !lives);
}

/**
 * Starts a program that starts a Souk and waits, or ends without stopping it.
 * @param directory for temporary files
 */
async function startProgram(
  options: string,
  isLasting: boolean,
  directory: string = tmpdir(),
): Promise<{ program: ChildProcess; traces: Traces }> {
  const source = `
    require('@souk/testing').startSouk(${options}).then(({ pid, dataDir, url }) => {
      console.log(JSON.stringify({ pid, dataDir, url }));
      ${isLasting ? 'setInterval(() => undefined, 1000);' : "process.stdin.once('data', () => process.stdin.destroy());"}
    });
  `;
  const program = spawn(process.execPath, ['-e', source], {
    cwd: __dirname,
    env: { ...process.env, TMPDIR: directory },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  programs.push(program);
  const failed = once(program, 'exit').then(() => Promise.reject(new Error('The program has ended.')));
  // It ends later in any case.
  failed.catch(() => undefined);
  const [line] = (await Promise.race([once(program.stdout, 'data'), failed])) as [Buffer];
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

test('a test that forgets to stop it ends, and so does Souk, with a database outside of the directory', async () => {
  // Under root the database's user cannot enter it.
  const closed = await mkdtemp(join(tmpdir(), 'closed-'));
  const { program, traces } = await startProgram('{ demo: false }', false, closed);
  expect(traces.cluster.startsWith(closed)).toBe(process.getuid?.() !== 0);
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
