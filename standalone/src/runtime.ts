import path from 'node:path';
import { ConfigurationError } from '@souk/shared/env';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import { databaseUrl } from '@souk/shared/postgres';
import { requireStores } from '@souk/shared/store-check';
import type { LauncherConfig } from './config.js';
import { demoAdmin, demoPassword } from './demo/people.js';
import { readDemoState } from './demo/demo-state.js';
import type { DemoRequest, DemoState } from './demo/demo-state.js';
import { makeDirectory } from './data-directory.js';
import { takeLock } from './lock-file.js';
import { stopLeftoverProcesses } from './process-file.js';
import { startPostgres } from './postgres/server.js';
import type { EmbeddedPostgres } from './postgres/server.js';
import { loadSecrets } from './secrets.js';
import { storeChecks } from './store-checks.js';
import type { Secrets } from './secrets.js';

/** The environment that all components need: the locked data directory, its secrets and the databases. */
export interface Runtime {
  secrets: Secrets;
  /** Null when database URLs were configured. */
  postgres: EmbeddedPostgres | null;
  demo: DemoState;
  /** The administrator that account creates at its start. */
  admin: { email: string; password: string } | null;
  databaseOf(name: SubgraphName | 'queue'): string;
  /** Stops the database and releases the lock. */
  close(): Promise<void>;
}

/**
 * Locks the data directory for this process and starts the embedded PostgreSQL unless another one is configured.
 * @throws AlreadyRunning when another Souk uses the directory; ConfigurationError if a configured store cannot be used
 */
export async function openRuntime(config: LauncherConfig, report: (line: string) => void): Promise<Runtime> {
  const { dataDir } = config;
  await requireStores(storeChecks(config));
  // Traversable, because under root the database user must pass through; each secret inside is private.
  await makeDirectory(dataDir, 0o711);
  const lock = await takeLock(path.join(dataDir, 'souk.lock'), `The data directory ${dataDir}`);
  try {
    const ended = await stopLeftoverProcesses(dataDir);
    if (ended.length > 0) report(`Stopped processes of a killed Souk: ${ended.join(', ')}.`);
    const embedded = needsServer(config);
    const demo = await readDemoState(dataDir, demoRequestOf(config, embedded));
    if (config.production && demo.state !== 'none') {
      throw new ConfigurationError([
        `DATA_DIR: ${dataDir} has demo accounts, whose password is known; choose another directory in production`,
      ]);
    }
    const [secrets, postgres] = await Promise.all([
      loadSecrets(dataDir, config.secrets),
      embedded ? startPostgres({ dataDir, log: report, durable: config.databaseFsync }) : null,
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

/** The stores in use, for the banner. */
export function describeStores(config: LauncherConfig, runtime: Runtime): { what: string; where: string }[] {
  return [
    { what: 'PostgreSQL', where: runtime.postgres ? runtime.postgres.describe() : 'DATABASE_URL' },
    { what: 'queue', where: config.redisUrl === undefined ? 'BullMQ on PostgreSQL' : 'BullMQ on Redis' },
    { what: 'social graph', where: config.neo4j ? 'Neo4j' : 'PostgreSQL' },
    { what: 'data', where: config.dataDir },
  ];
}

/** The state is recorded for account's database, whose users the demo data begin with. */
function demoRequestOf(
  { demo, production, databases, databaseUrl: server }: LauncherConfig,
  embedded: boolean,
): DemoRequest {
  const url = databases.account ?? server ?? null;
  if (demo === 'off') return { databaseUrl: url, wanted: 'never' };
  if (demo === 'on') return { databaseUrl: url, wanted: 'always' };
  return { databaseUrl: url, wanted: embedded && !production && url === null ? 'if-new' : 'if-recorded' };
}

function needsServer({ databaseUrl: server, databases, redisUrl }: LauncherConfig): boolean {
  if (server !== undefined) return false;
  const needed = [...subgraphNames, ...(redisUrl === undefined ? (['queue'] as const) : [])];
  return needed.some((name) => databases[name] === undefined);
}
