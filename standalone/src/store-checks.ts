import { subgraphNames } from '@souk/shared/message';
import { databaseUrl } from '@souk/shared/postgres';
import { postgresProblem } from '@souk/shared/postgres-check';
import { redisProblem } from '@souk/shared/redis';
import type { StoreCheck } from '@souk/shared/store-check';
import { neo4jProblem } from '@souk/social/graph-store/neo4j-check';
import type { LauncherConfig } from './config.js';

/** Checks of all stores that the configuration names; the embedded database is none of them. */
export function storeChecks({
  databases,
  databaseUrl: server,
  redisUrl,
  neo4j,
}: LauncherConfig): StoreCheck[] {
  const needed = [...subgraphNames, ...(redisUrl === undefined ? (['queue'] as const) : [])];
  const ofDatabases = needed.flatMap((name): StoreCheck[] => {
    const own = databases[name];
    const url = own ?? (server === undefined ? undefined : databaseUrl(server, `souk_${name}`));
    if (url === undefined) return [];
    const variable = own === undefined ? 'DATABASE_URL' : `${name.toUpperCase()}_DATABASE_URL`;
    return [{ variable, find: () => postgresProblem(variable, url) }];
  });
  return [
    ...ofDatabases,
    ...(redisUrl === undefined ? [] : [{ variable: 'REDIS_URL', find: () => redisProblem(redisUrl) }]),
    ...(neo4j === null
      ? []
      : [
          {
            variable: 'NEO4J_URL',
            find: () => neo4jProblem({ url: neo4j.url, user: neo4j.user, password: neo4j.password ?? null }),
          },
        ]),
  ];
}
