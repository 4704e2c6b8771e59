import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaAvailable } from '../java.js';
import { freePort } from '../ports.js';
import { ended } from '../redis.js';

/** A Neo4j server for a suite. */
export interface TestNeo4j {
  url: string;
  user: string;
  password: string | null;
  /** Null where the server is not ours. */
  pid: number | null;
  stop(): Promise<void>;
}

const given = process.env['NEO4J_URL'];

/** Whether there is a Neo4j server, or one can be started. */
export const neo4jAvailable = Boolean(given) || javaAvailable;

/** Whether that server is started for the suite, which then may do with it as it likes. */
export const neo4jIsOurs = neo4jAvailable && !given;

// The first start on a machine fetches some hundred megabytes of jars.
const startWithinMs = 240_000;

/**
 * The server at NEO4J_URL, or else one that is started on a free port with a directory of its own. `answers` checks
 * whether a server at that address accepts queries.
 */
export async function startNeo4j(answers: (url: string) => Promise<boolean>): Promise<TestNeo4j> {
  if (given) {
    return {
      url: given,
      user: process.env['NEO4J_USER'] ?? 'neo4j',
      password: process.env['NEO4J_PASSWORD'] ?? null,
      pid: null,
      stop: () => Promise.resolve(),
    };
  }
  const directory = await mkdtemp(join(tmpdir(), 'souk-neo4j-'));
  const port = await freePort();
  const logFile = join(directory, 'output.log');
  const log = await open(logFile, 'w');
  const child = spawn('bash', [join(__dirname, 'start.sh'), join(directory, 'home'), String(port)], {
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  const stop = async (): Promise<void> => {
    await ended(child);
    await rm(directory, { recursive: true, force: true });
  };
  const url = `bolt://127.0.0.1:${port}`;
  const deadline = Date.now() + startWithinMs;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const output = await readFile(logFile, 'utf8');
      await stop();
      throw new Error(`Neo4j did not start: ${output.slice(-2_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return { url, user: 'neo4j', password: null, pid: child.pid ?? null, stop };
}
