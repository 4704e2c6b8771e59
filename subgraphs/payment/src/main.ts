import { remoteKeys } from '@souk/shared/auth/keys';
import { runSubgraph } from '@souk/shared/graph/process';
import { runUntilSignal } from '@souk/shared/wait-for-signal';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { entities, migrations } from './database.js';

runUntilSignal(async () => {
  const { environment, ownDatabaseUrl, ...options } = readConfig();
  return runSubgraph({
    name: 'payment',
    environment,
    ownDatabaseUrl,
    store: { entities, migrations },
    keys: ({ JWKS_URL }) => remoteKeys(JWKS_URL),
    createApp: (dependencies) => createApp(dependencies, options),
  });
});
