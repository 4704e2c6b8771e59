import { remoteKeys } from '@souk/shared/auth/keys';
import { runSubgraph } from '@souk/shared/graph/process';
import { runUntilSignal } from '@souk/shared/wait-for-signal';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { entities, migrations } from './database.js';

runUntilSignal(async () => {
  const config = readConfig();
  return runSubgraph({
    name: 'catalog',
    environment: config,
    ownDatabaseUrl: config.CATALOG_DATABASE_URL,
    store: { entities, migrations },
    stateOwners: { social: config.SOCIAL_URL },
    keys: (environment) => remoteKeys(environment.JWKS_URL),
    createApp: (dependencies) => createApp(dependencies, config.settings, config.media),
  });
});
