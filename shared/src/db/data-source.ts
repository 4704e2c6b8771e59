import type { EntitySchema, MigrationInterface, MixedList } from 'typeorm';
import { DataSource } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { connect, connectTimeoutMs, ensureDatabase } from '../postgres.js';
import {
  BaseTables1763600000000,
  PlainOutcomes1764000000000,
  SetAsideMessages1764900000000,
} from './base-migrations.js';
import { StatementErrors } from './database-readiness.js';
import { EventTables1765500000000, SetAsideEvents1765700200000 } from './event-migration.js';
import { StateCursors1765700000000 } from './state-migration.js';

/** Settings of a subgraph's database. */
export interface DataSourceOptions {
  /**
   * postgres://user:password@host:port/database; the database is made when it does not exist. The host may be the
   * directory of a socket, percent-encoded.
   */
  url: string;
  applicationName: string;
  entities: MixedList<(new () => object) | EntitySchema>;
  migrations: (new () => MigrationInterface)[];
  /** Connections at most. */
  poolSize: number;
}

const statementTimeoutMs = 15_000;
/** An idle connection is a process of the database that holds memory for nothing. */
const idleTimeoutMs = 1_000;
/** Any number that nothing else in these databases uses as an advisory lock. */
const migrationLock = 7_682_001;

/**
 * Opens a subgraph's database: creates it if it is missing, migrates it, and returns the connected source. An advisory
 * lock serializes the migrations of processes that start at the same time.
 */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  await ensureDatabase(options.url);
  await migrate(options);
  return new DataSource({
    ...settingsOf(options),
    poolSize: options.poolSize,
    logger: new StatementErrors(),
    extra: { statement_timeout: statementTimeoutMs, idleTimeoutMillis: idleTimeoutMs, keepAlive: true },
    // The pool reports idle connections that broke; the next query opens a new one.
    poolErrorHandler: () => undefined,
  }).initialize();
}

// On a connection of its own, without a time limit: what migrations leave in a connection's memory goes with it.
async function migrate(options: DataSourceOptions): Promise<void> {
  const client = await connect(options.url);
  const source = new DataSource({ ...settingsOf(options), poolSize: 1 });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await source.initialize();
    await source.runMigrations();
  } finally {
    if (source.isInitialized) await source.destroy();
    await client.end();
  }
}

function settingsOf(options: DataSourceOptions): PostgresDataSourceOptions {
  return {
    type: 'postgres',
    ...partsOf(options.url),
    applicationName: options.applicationName,
    entities: options.entities,
    migrations: [
      BaseTables1763600000000,
      PlainOutcomes1764000000000,
      SetAsideMessages1764900000000,
      EventTables1765500000000,
      StateCursors1765700000000,
      SetAsideEvents1765700200000,
      ...options.migrations,
    ],
    migrationsTransactionMode: 'each',
    connectTimeoutMS: connectTimeoutMs,
  };
}

/** TypeORM reads no URL whose host is the directory of a socket. */
function partsOf(
  text: string,
): Pick<PostgresDataSourceOptions, 'host' | 'port' | 'username' | 'password' | 'database'> {
  const { hostname, port, username, password, pathname } = new URL(text);
  return {
    host: decodeURIComponent(hostname),
    port: port === '' ? 5432 : Number(port),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}
