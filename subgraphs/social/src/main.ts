import { remoteKeys } from '@souk/shared/auth/keys';
import { runSubgraph } from '@souk/shared/graph/process';
import { runUntilSignal } from '@souk/shared/wait-for-signal';
import { createApp } from './app.js';
import type { SocialConfig } from './config.js';
import { readConfig } from './config.js';
import { entities, migrations } from './database.js';
import type { Neo4jConnection, Neo4jOptions } from './graph-store/neo4j.js';
import { openNeo4j } from './graph-store/neo4j.js';
import { neo4jProblem } from './graph-store/neo4j-check.js';

/** Null where PostgreSQL stores the social graph. */
function neo4jOptions({
  NEO4J_URL: url,
  NEO4J_USER: user,
  NEO4J_PASSWORD: password,
}: SocialConfig): Neo4jOptions | null {
  return url === undefined ? null : { url, user, password: password ?? null };
}

runUntilSignal(async () => {
  const config = readConfig();
  const options = neo4jOptions(config);
  let neo4j: Neo4jConnection | null = null;
  const running = await runSubgraph({
    name: 'social',
    environment: config,
    ownDatabaseUrl: config.SOCIAL_DATABASE_URL,
    store: { entities, migrations },
    keys: (environment) => remoteKeys(environment.JWKS_URL),
    furtherStores: options ? [{ variable: 'NEO4J_URL', find: () => neo4jProblem(options) }] : [],
    createApp: async (dependencies) => {
      neo4j = options && (await openNeo4j(options));
      return createApp(dependencies, { graphStore: neo4j?.store ?? null, delivery: config.delivery });
    },
  });
  return {
    close: async () => {
      await running.close();
      await neo4j?.close();
    },
  };
});
