import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../../tests/support/ports.js';

// Stores that cannot be used are reported by the variables' names, together, without the secrets of the URLs.

const root = path.join(__dirname, '../..');
const secret = 'a-secret-of-the-url';
const withinMs = 60_000;

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'souk-store-checks-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** Starts a program until it ends. Returns its exit code and output. */
async function run(
  main: string,
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [path.join(root, main)], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: dataDir,
      GATEWAY_SECRET: 'sixteen letters!',
      LOG_LEVEL: 'error',
      ...environment,
    },
    timeout: withinMs,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

it.each([
  ['npm start', 'standalone/dist/main.js', ['DATABASE_URL', 'REDIS_URL', 'NEO4J_URL']],
  ['npm run start:distributed', 'standalone/dist/distributed.js', ['DATABASE_URL', 'REDIS_URL', 'NEO4J_URL']],
  ["account's process", 'subgraphs/account/dist/main.js', ['DATABASE_URL', 'REDIS_URL']],
  ["social's process", 'subgraphs/social/dist/main.js', ['DATABASE_URL', 'REDIS_URL', 'NEO4J_URL']],
])(
  '%s names every store that does not respond, and ends with 1',
  async (_name, main, variables) => {
    const port = await freePorts(3);
    const urls: Record<string, string> = {
      DATABASE_URL: `postgres://souk:${secret}@127.0.0.1:${port}`,
      REDIS_URL: `redis://:${secret}@127.0.0.1:${port + 1}`,
      NEO4J_URL: `bolt://127.0.0.1:${port + 2}`,
      NEO4J_PASSWORD: secret,
    };
    const used = main.includes('account')
      ? { DATABASE_URL: urls['DATABASE_URL'], REDIS_URL: urls['REDIS_URL'] }
      : urls;
    const { code, output } = await run(main, used as Record<string, string>);
    expect([code, code === 1 ? '' : output]).toEqual([1, '']);
    for (const variable of variables)
      expect(output).toMatch(
        new RegExp(
          `^  - ${variable}: no \\w+ responds at 127\\.0\\.0\\.1:\\d+ \\(connection refused\\)$`,
          'm',
        ),
      );
    expect(output).not.toContain(secret);
    expect(output).not.toContain('    at ');
  },
  withinMs,
);
