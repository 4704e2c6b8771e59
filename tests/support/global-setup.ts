import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '@souk/standalone/postgres/server';
import { startPostgres } from '@souk/standalone/postgres/server';

declare global {
  var testPostgres: { server: EmbeddedPostgres; directory: string } | undefined;
}

/** One PostgreSQL server for all suites with stores; TEST_DATABASE_URL names another one, which is left as it is. */
async function setUp(): Promise<void> {
  // Each jest project runs this once.
  if (process.env['TEST_DATABASE_URL'] || globalThis.testPostgres) return;
  const directory = await mkdtemp(join(tmpdir(), 'postgres-'));
  // Under root the database's user must pass; else the database would be outside the run's directory.
  await chmod(directory, 0o711);
  const server = await startPostgres({
    dataDir: directory,
    durable: false,
    maxConnections: 200,
    log: () => undefined,
  });
  globalThis.testPostgres = { server, directory };
  process.env['TEST_DATABASE_URL'] = server.url;
}

module.exports = setUp;
