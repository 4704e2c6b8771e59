import { statfs } from 'node:fs/promises';
import { Client } from 'pg';
import type { DataSource, Logger } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { messageOf } from '../errors.js';
import { sqlStateOf } from '../postgres.js';

const timeoutMs = 5_000;
const diskFullCode = '53100';
/** PostgreSQL reports a full disk per statement: the subgraph is not ready for this long after the last one. */
const diskFullForMs = 30_000;
/** Space that the write-ahead log and sorts need at short notice. */
const minFreeBytes = 100_000_000;

/** Records the statements that failed because the database's disk was full. */
export class StatementErrors implements Logger {
  #diskFullAt: number | null = null;

  /** Milliseconds since the last of those statements; null without one. */
  get diskFullSince(): number | null {
    return this.#diskFullAt === null ? null : performance.now() - this.#diskFullAt;
  }

  logQueryError(error: string | Error): void {
    if (sqlStateOf(error) === diskFullCode) this.#diskFullAt = performance.now();
  }

  logQuery = ignore;
  logQuerySlow = ignore;
  logSchemaBuild = ignore;
  logMigration = ignore;
  log = ignore;
}

function ignore(): void {
  // The callers of a failed statement log it.
}

/**
 * Why a database cannot be used, or null. Connects anew, so that a busy pool is not taken for a database that is down.
 * @param freeBytesOf reads the free space of a directory's disk
 */
export async function findDatabaseProblem(
  source: DataSource,
  freeBytesOf: (directory: string) => Promise<number> = readFreeBytes,
): Promise<string | null> {
  try {
    const directory = await readDataDirectory(source);
    const free = directory === null ? null : await freeBytesOf(directory);
    if (free !== null && free < minFreeBytes) {
      return `the database's disk is full: ${inMegabytes(free)} MB are free in ${directory ?? ''}, it needs ${inMegabytes(minFreeBytes)} MB`;
    }
  } catch (error) {
    return `the database does not respond: ${messageOf(error)}`;
  }
  const since = source.logger instanceof StatementErrors ? source.logger.diskFullSince : null;
  if (since === null || since > diskFullForMs) return null;
  return `the database's disk is full: a statement failed ${Math.round(since / 1000)} s ago (SQLSTATE ${diskFullCode})`;
}

/** Connects and reads where the files are; null for a server that may be on another machine. */
async function readDataDirectory(source: DataSource): Promise<string | null> {
  const { host, port, username, password, database } = source.options as PostgresDataSourceOptions;
  const client = new Client({
    host,
    port,
    user: username,
    password: password as string,
    database,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on('error', ignore);
  try {
    await client.connect();
    // Only a server on this machine is reached by a socket, and only its superuser may read the setting.
    const isLocal = host?.startsWith('/') ?? false;
    const { rows } = await client.query<{ directory: string | null }>(
      `SELECT CASE WHEN $1 AND pg_has_role('pg_read_all_settings', 'USAGE')
         THEN current_setting('data_directory') END AS directory`,
      [isLocal],
    );
    return rows[0]?.directory ?? null;
  } finally {
    await client.end();
  }
}

async function readFreeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

function inMegabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
