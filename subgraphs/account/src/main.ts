import { generateKeyPairSync } from 'node:crypto';
import { localKeys } from '@souk/shared/auth/keys';
import { runSubgraph } from '@souk/shared/graph/process';
import { runUntilSignal } from '@souk/shared/until-signal';
import { createLog } from '@souk/shared/log';
import { createApp, createKeySet } from './app.js';
import { readConfig } from './config.js';
import { entities, migrations } from './database.js';

runUntilSignal(async () => {
  const environment = readConfig();
  const signingKey =
    environment.JWT_PRIVATE_KEY ?? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  if (!environment.JWT_PRIVATE_KEY) {
    createLog('account', environment.LOG_LEVEL).warn(
      'JWT_PRIVATE_KEY is not set: access tokens are signed with a temporary key of this process',
    );
  }
  return runSubgraph({
    name: 'account',
    environment,
    ownDatabaseUrl: environment.ACCOUNT_DATABASE_URL,
    store: { entities, migrations },
    keys: () => localKeys(createKeySet(signingKey)),
    knowsSessions: true,
    createApp: (dependencies) =>
      createApp(dependencies, {
        signingKey,
        adminEmail: environment.ADMIN_EMAIL,
        adminPassword: environment.ADMIN_PASSWORD,
        registrationsPerHour: environment.REGISTRATIONS_PER_HOUR,
      }),
  });
});
