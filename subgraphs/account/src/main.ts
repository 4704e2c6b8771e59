import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { localKeys } from '@souk/shared/auth/keys';
import { runSubgraph } from '@souk/shared/graph/process';
import { runUntilSignal } from '@souk/shared/wait-for-signal';
import { createLog } from '@souk/shared/log';
import { createApp, createKeySet } from './app.js';
import { readConfig } from './config.js';
import { entities, migrations } from './database.js';

runUntilSignal(async () => {
  const config = readConfig();
  const signingKey = config.JWT_PRIVATE_KEY ?? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  if (!config.JWT_PRIVATE_KEY) {
    createLog('account', config.LOG_LEVEL).warn(
      'JWT_PRIVATE_KEY is not set: access tokens are signed with a temporary key of this process',
    );
  }
  if (!config.MFA_ENCRYPTION_KEYS) {
    createLog('account', config.LOG_LEVEL).warn(
      'MFA_ENCRYPTION_KEYS is not set: authenticator apps that are enrolled now stop working with this process',
    );
  }
  const mfaEncryptionKeys = config.MFA_ENCRYPTION_KEYS ?? [randomBytes(32).toString('hex')];
  return runSubgraph({
    name: 'account',
    environment: config,
    ownDatabaseUrl: config.ACCOUNT_DATABASE_URL,
    store: { entities, migrations },
    keys: () => localKeys(createKeySet(signingKey)),
    knowsSessions: true,
    createApp: (dependencies) =>
      createApp(dependencies, {
        signingKey,
        mfaEncryptionKeys,
        relyingParty: config.relyingParty,
        adminEmail: config.ADMIN_EMAIL,
        adminPassword: config.ADMIN_PASSWORD,
        registrationsPerHour: config.REGISTRATIONS_PER_HOUR,
        issuers: config.OIDC_ISSUERS,
      }),
  });
});
