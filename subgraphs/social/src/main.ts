import { remoteKeys } from '@souk/shared/auth/keys';
import { runSubgraph } from '@souk/shared/graph/process';
import { runUntilSignal } from '@souk/shared/wait-for-signal';
import { createApp } from './app.js';
import type { SocialConfig } from './config.js';
import { readConfig } from './config.js';
import { entities, migrations } from './database.js';
import type { Neo4jConnection } from './graph-store/neo4j.js';
import { openNeo4j } from './graph-store/neo4j.js';

async function openGraph(config: SocialConfig): Promise<Neo4jConnection | null> {
  if (config.NEO4J_URL === undefined) return null;
  return openNeo4j({
    url: config.NEO4J_URL,
    user: config.NEO4J_USER,
    password: config.NEO4J_PASSWORD ?? null,
  });
}

runUntilSignal(async () => {
  const config = readConfig();
  const neo4j = await openGraph(config);
  const running = await runSubgraph({
    name: 'social',
    environment: config,
    ownDatabaseUrl: config.SOCIAL_DATABASE_URL,
    store: { entities, migrations },
    keys: (environment) => remoteKeys(environment.JWKS_URL),
    createApp: (dependencies) => createApp(dependencies, { graphStore: neo4j?.store ?? null }),
  });
  return {
    close: async () => {
      await running.close();
      await neo4j?.close();
    },
  };
});
