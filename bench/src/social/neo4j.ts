import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Neo4jConnection, Neo4jOptions } from '@souk/social/graph-store/neo4j';
import { openNeo4j } from '@souk/social/graph-store/neo4j';
import { freePort } from '@souk/standalone/free-port';

/** A Neo4j server of a benchmark's own, with social's schema. */
export interface BenchNeo4j {
  options: Neo4jOptions;
  connection: Neo4jConnection;
  stop(): Promise<void>;
}

const patienceMs = 240_000;
const script = path.join(__dirname, '../../../tests/support/neo4j/start.sh');

/** Starts Neo4j on a free port, with the memory of a small server. */
export async function startNeo4j(): Promise<BenchNeo4j> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-neo4j-'));
  const port = await freePort();
  const child = spawn('bash', [script, path.join(directory, 'home'), String(port)], {
    stdio: 'ignore',
    env: { ...process.env, NEO4J_HEAP: '2g', NEO4J_PAGECACHE: '1g', NEO4J_JVM: '-XX:+UseParallelGC' },
  });
  const options = { url: `bolt://127.0.0.1:${port}`, user: 'neo4j', password: null };
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    await rm(directory, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + patienceMs; ;) {
    try {
      const connection = await openNeo4j(options);
      const stop = async (): Promise<void> => {
        await connection.close();
        await end();
      };
      return { options, connection, stop };
    } catch (error) {
      if (Date.now() > deadline || child.exitCode !== null) {
        await end();
        throw error;
      }
      await sleep(500);
    }
  }
}
