import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openDataSource } from '@souk/shared/db/data-source';
import type { DataSourceOptions } from '@souk/shared/db/data-source';
import { createLog } from '@souk/shared/log';
import { connect, databaseUrl } from '@souk/shared/postgres';
import { connectQueues } from '@souk/shared/queue/connection';
import type { Client } from 'pg';

// Migrations take half a second of a suite, and a copy of a database that has them takes a tenth. So the first suite of a
// run that needs a database of its kind makes a template, and all are copies of it.

/** Tables of a database, as a subgraph's `database.ts` exports them. */
export type Tables = Pick<DataSourceOptions, 'entities' | 'migrations'>;

/** Any number that nothing else on the server uses as an advisory lock. */
const templateLock = 7_682_101;
/** A server that outlives the run may have templates of other sources. */
const run = path.basename(process.env['SOUK_TEST_RUN'] ?? String(process.pid));

/** A database without tables, on the server that the suites share; it is created when it is first opened. */
export function freshDatabaseUrl(label: string): string {
  return databaseUrl(serverUrl(), `${label}_${randomUUID().slice(0, 8)}`);
}

/** A new database with these tables. @param label of the tables: suites with one label share a template */
export function migratedDatabase(label: string, tables: Tables): Promise<string> {
  return copyOfTemplate(label, async (url) => {
    const source = await openDataSource({ url, applicationName: 'test-template', poolSize: 1, ...tables });
    await source.destroy();
  });
}

/** A new database for queues. */
export function queueDatabase(): Promise<string> {
  return copyOfTemplate('queue', async (postgresUrl) => {
    const queues = await connectQueues({ postgresUrl }, createLog('test', 'silent'));
    await queues.close();
  });
}

/** Removes databases of a suite that has ended: the server vacuums each of them again and again. */
export async function dropDatabases(urls: readonly string[]): Promise<void> {
  await onServer(async (client) => {
    for (const url of urls) await client.query(`DROP DATABASE IF EXISTS "${nameIn(url)}" WITH (FORCE)`);
  });
}

function copyOfTemplate(label: string, migrate: (url: string) => Promise<void>): Promise<string> {
  const template = `template_${label}_${run}`;
  const url = freshDatabaseUrl(label);
  return onServer(async (client) => {
    if (!(await exists(client, template))) {
      await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
      if (!(await exists(client, template))) await makeTemplate(client, template, migrate);
      await client.query('SELECT pg_advisory_unlock($1)', [templateLock]);
    }
    await client.query(`CREATE DATABASE "${nameIn(url)}" TEMPLATE "${template}" STRATEGY FILE_COPY`);
    return url;
  });
}

async function makeTemplate(
  client: Client,
  template: string,
  migrate: (url: string) => Promise<void>,
): Promise<void> {
  const draft = `${template}_draft`;
  // Of a suite that was ended.
  await client.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
  await migrate(databaseUrl(serverUrl(), draft));
  await client.query(`ALTER DATABASE "${draft}" RENAME TO "${template}"`);
}

async function exists(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  return rowCount === 1;
}

async function onServer<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = await connect(databaseUrl(serverUrl(), 'postgres'));
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('global-setup has not run.');
  return server;
}

function nameIn(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}
