import path from 'node:path';
import type { SubgraphName } from '@souk/shared/message';
import { databaseUrl } from '@souk/shared/postgres';
import type { LauncherConfig } from './config.js';
import { clusterPassword } from './postgres/cluster.js';
import { knownClusterDir } from './postgres/cluster-location.js';
import { readPostmaster } from './postgres/postmaster.js';

/**
 * The URL of a database for a command beside a running Souk: configured, or that of its embedded server.
 * @throws Error where no database is configured and no Souk is running
 */
export async function databaseAddress(
  name: SubgraphName | 'queue',
  { databases, databaseUrl: server, dataDir }: LauncherConfig,
): Promise<string> {
  const own = databases[name];
  if (own !== undefined) return own;
  if (server !== undefined) return databaseUrl(server, `souk_${name}`);
  const postmaster = await readPostmaster(await knownClusterDir(path.resolve(dataDir)));
  if (!postmaster) throw new Error(`No Souk is running on ${dataDir}. Start it, or set DATABASE_URL.`);
  const password = encodeURIComponent(await clusterPassword(dataDir));
  return databaseUrl(`postgres://postgres:${password}@127.0.0.1:${postmaster.port}`, `souk_${name}`);
}
