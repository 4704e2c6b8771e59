import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connect, databaseUrl } from '@souk/shared/postgres';
import type { Client } from 'pg';

const run = promisify(execFile);

/** Work counters of the stores since their start. */
export interface Counters {
  /** Transactions that committed, in all databases: read-only ones too. */
  commits: number;
  /** Times that the WAL was flushed to the disk. */
  fsyncs: number;
  walBytes: number;
  /** Commands that Redis ran, those inside scripts too. */
  redisCommands: number;
}

const quietMs = 10_000;

/**
 * Reads the counters; with `quiet` once no other client is connected to PostgreSQL: a backend publishes its figures
 * late, at the latest when it ends.
 */
export async function readCounters(
  postgresUrl: string,
  redisPort: number,
  quiet: boolean,
): Promise<Counters> {
  const client = await connect(databaseUrl(postgresUrl, 'postgres'));
  try {
    if (quiet) await waitForOthers(client);
    // Since PostgreSQL 18 pg_stat_io counts the flushes of the WAL, and pg_stat_wal no longer does.
    const { rows } = await client.query<{ commits: string; fsyncs: string; wal: string }>(`
      SELECT (SELECT sum(xact_commit) FROM pg_stat_database) AS commits,
        (SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal' AND context = 'normal') AS fsyncs,
        pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS wal`);
    const [row] = rows;
    return {
      commits: Number(row?.commits ?? 0),
      fsyncs: Number(row?.fsyncs ?? 0),
      walBytes: Number(row?.wal ?? 0),
      redisCommands: await redisCommands(redisPort),
    };
  } finally {
    await client.end();
  }
}

/** The difference of two readings. */
export function between(before: Counters, after: Counters): Counters {
  return {
    commits: after.commits - before.commits,
    fsyncs: after.fsyncs - before.fsyncs,
    walBytes: after.walBytes - before.walBytes,
    redisCommands: after.redisCommands - before.redisCommands,
  };
}

async function waitForOthers(client: Client): Promise<void> {
  for (const deadline = Date.now() + quietMs; ;) {
    const { rows } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    if (rows.length === 0) return;
    if (Date.now() > deadline) throw new Error('Another client stays connected to PostgreSQL.');
    await sleep(50);
  }
}

async function redisCommands(port: number): Promise<number> {
  const { stdout } = await run('redis-cli', ['-p', String(port), 'info', 'commandstats'], { timeout: 5_000 });
  let calls = 0;
  for (const [, count] of stdout.matchAll(/^cmdstat_[^:]+:calls=(\d+)/gm)) calls += Number(count);
  return calls;
}
