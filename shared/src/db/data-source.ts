import type { EntitySchema, MigrationInterface, MixedList } from 'typeorm';
import { DataSource } from 'typeorm';
import { connect, ensureDatabase } from '../postgres.js';
import { House1763600000000 } from './house-migrations.js';

/** What a subgraph's database is made of. */
export interface DataSourceOptions {
  /** postgres://user:password@host:port/database; the database is made when it does not exist. */
  url: string;
  applicationName: string;
  entities: MixedList<(new () => object) | EntitySchema>;
  migrations: (new () => MigrationInterface)[];
  /** Connections at most. */
  poolSize: number;
}

const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;
/** Any number that nothing else in these databases uses as an advisory lock. */
const migrationLock = 7_682_001;

/**
 * Opens a subgraph's database: makes it when it is missing, brings it up to date, and returns the connected source.
 * Processes that start together take turns at the migrations.
 */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  await ensureDatabase(options.url);
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    entities: options.entities,
    migrations: [House1763600000000, ...options.migrations],
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize,
    connectTimeoutMS: connectTimeoutMs,
    extra: { statement_timeout: statementTimeoutMs, idleTimeoutMillis: 10_000, keepAlive: true },
    // The pool reports idle connections that broke; the next query opens a new one.
    poolErrorHandler: () => undefined,
  });
  await source.initialize();
  try {
    await migrate(source, options.url);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}

async function migrate(source: DataSource, url: string): Promise<void> {
  const client = await connect(url);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await source.runMigrations();
  } finally {
    await client.end();
  }
}
