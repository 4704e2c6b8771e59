import path from 'node:path';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import { databaseUrl } from '@souk/shared/postgres';
import type { LauncherConfig } from './config.js';
import { demoAdmin, demoPassword } from './demo/people.js';
import { readDemoState } from './demo/demo-state.js';
import type { DemoState } from './demo/demo-state.js';
import { makeDirectory } from './data-directory.js';
import { takeLock } from './lock-file.js';
import { stopLeftoverProcesses } from './process-file.js';
import { startPostgres } from './postgres/server.js';
import type { EmbeddedPostgres } from './postgres/server.js';
import { loadSecrets } from './secrets.js';
import type { Secrets } from './secrets.js';

/** What stands before any of Souk's own parts runs: the data directory, its secrets, and the databases. */
export interface Runtime {
  secrets: Secrets;
  /** Null where DATABASE_URL, or one for each, was given. */
  postgres: EmbeddedPostgres | null;
  demo: DemoState;
  /** Whom account makes an administrator at its start. */
  admin: { email: string; password: string } | null;
  databaseOf(name: SubgraphName | 'queue'): string;
  /** Ends the database and lets the directory go. */
  close(): Promise<void>;
}

/**
 * Opens the data directory for this process alone and starts the embedded PostgreSQL where no other is given.
 * @throws AlreadyRunning when another Souk uses the directory
 */
export async function openRuntime(config: LauncherConfig, report: (line: string) => void): Promise<Runtime> {
  const { dataDir } = config;
  // Searchable, because as root the database's user has to pass; the secrets inside are each closed.
  await makeDirectory(dataDir, 0o711);
  const lock = await takeLock(path.join(dataDir, 'souk.lock'), `The data directory ${dataDir}`);
  try {
    const ended = await stopLeftoverProcesses(dataDir);
    if (ended.length > 0) report(`Left over from a killed Souk and stopped: ${ended.join(', ')}.`);
    const embedded = needsServer(config);
    const demo = await readDemoState(dataDir, embedded && !config.production);
    const [secrets, postgres] = await Promise.all([
      loadSecrets(dataDir, config.secrets),
      embedded ? startPostgres({ dataDir, log: report }) : null,
    ]);
    const server = postgres?.url ?? config.databaseUrl ?? '';
    const databaseOf: Runtime['databaseOf'] = (name) =>
      config.databases[name] ?? databaseUrl(server, `souk_${name}`);
    return {
      secrets,
      postgres,
      demo,
      admin: config.admin ?? (demo.state === 'none' ? null : { email: demoAdmin, password: demoPassword }),
      databaseOf,
      close: async () => {
        await postgres?.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** What the parts of Souk stand on, for the banner. */
export function describeStores(config: LauncherConfig, runtime: Runtime): { what: string; where: string }[] {
  return [
    { what: 'PostgreSQL', where: runtime.postgres ? runtime.postgres.describe() : 'as DATABASE_URL says' },
    { what: 'queue', where: config.redisUrl === undefined ? 'BullMQ on PostgreSQL' : 'BullMQ on Redis' },
    { what: 'social graph', where: config.neo4j ? 'Neo4j' : 'PostgreSQL' },
    { what: 'data', where: config.dataDir },
  ];
}

function needsServer({ databaseUrl: server, databases, redisUrl }: LauncherConfig): boolean {
  if (server !== undefined) return false;
  const needed = [...subgraphNames, ...(redisUrl === undefined ? (['queue'] as const) : [])];
  return needed.some((name) => databases[name] === undefined);
}
