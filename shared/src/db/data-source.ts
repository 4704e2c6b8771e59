import { Client } from 'pg';
import type { EntitySchema, MigrationInterface, MixedList } from 'typeorm';
import { DataSource } from 'typeorm';
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
  await createDatabase(options.url);
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

async function createDatabase(url: string): Promise<void> {
  try {
    await (await connect(url)).end();
    return;
  } catch (error) {
    if (codeOf(error) !== '3D000') throw error;
  }
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = '/postgres';
  const client = await connect(server.toString());
  try {
    await client.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`);
  } catch (error) {
    // Another process made it meanwhile: 42P04, or 23505 when both were at it at once.
    if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error;
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  await client.connect();
  return client;
}

/** The SQLSTATE of an error from PostgreSQL, or null. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'driverError' in error ? codeOf(error.driverError) : null;
}

/** The URL of a subgraph's own database on a server that is shared. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
