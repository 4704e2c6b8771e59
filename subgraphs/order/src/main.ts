import { remoteKeys } from '@souk/shared/auth/keys';
import { runSubgraph } from '@souk/shared/graph/process';
import { runUntilSignal } from '@souk/shared/wait-for-signal';
import { createApp } from './app.js';
import { subgraphOverHttp } from './subgraph-http.js';
import { readConfig } from './config.js';
import { entities, migrations } from './database.js';

runUntilSignal(async () => {
  const config = readConfig();
  const catalog = subgraphOverHttp(config.catalogUrl);
  const account = subgraphOverHttp(config.accountUrl);
  const running = await runSubgraph({
    name: 'order',
    environment: config.environment,
    ownDatabaseUrl: config.databaseUrl,
    store: { entities, migrations },
    keys: ({ JWKS_URL: url }) => remoteKeys(url),
    createApp: (dependencies) => {
      if (config.tokenSigningKeyIsTemporary) {
        dependencies.log.warn('TOKEN_SIGNING_KEY is not set: token signatures end with this process');
      }
      return createApp(dependencies, {
        catalogExecutor: catalog.execute,
        accountExecutor: account.execute,
        publicUrl: config.publicUrl,
        tokenSigningKey: config.tokenSigningKey,
        tokenVerificationKeys: config.tokenVerificationKeys,
        paymentTimeoutMinutes: config.paymentTimeoutMinutes,
        maxOpen: config.maxOpen,
        maxOpenPerBuyer: config.maxOpenPerBuyer,
        maxFailedPerHour: config.maxFailedPerHour,
        failedDays: config.failedDays,
        guestCarts: config.guestCarts,
      });
    },
  });
  return {
    close: async () => {
      await running.close();
      await Promise.all([catalog.close(), account.close()]);
    },
  };
});
