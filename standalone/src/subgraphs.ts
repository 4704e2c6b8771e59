import * as account from '@souk/account/app';
import { readConfig as readAccount } from '@souk/account/config';
import * as accountStore from '@souk/account/database';
import { servedStates } from '@souk/account/states';
import * as catalog from '@souk/catalog/app';
import { readConfig as readCatalog } from '@souk/catalog/config';
import * as catalogStore from '@souk/catalog/database';
import * as order from '@souk/order/app';
import { readConfig as readOrder } from '@souk/order/config';
import * as orderStore from '@souk/order/database';
import * as payment from '@souk/payment/app';
import { readConfig as readPayment } from '@souk/payment/config';
import * as paymentStore from '@souk/payment/database';
import { tokenVerifier } from '@souk/shared/auth/access-token';
import type { VerifyToken } from '@souk/shared/auth/access-token';
import type { Revocations } from '@souk/shared/auth/ended-sessions';
import { revocationsOf } from '@souk/shared/auth/ended-sessions';
import { exchangingVerifier } from '@souk/shared/auth/token-exchange';
import { localKeys } from '@souk/shared/auth/keys';
import { systemClock } from '@souk/shared/clock';
import { accountStates } from '@souk/shared/contracts/account';
import { observeState } from '@souk/shared/notifications/state-notifications';
import { SettingsReplica } from '@souk/shared/replication/settings-replica';
import type { StateSources } from '@souk/shared/replication/state-replica';
import { openDataSource } from '@souk/shared/db/data-source';
import type { DataSourceOptions } from '@souk/shared/db/data-source';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { localState } from '@souk/shared/graph/state-router';
import { defaultRequestLimits } from '@souk/shared/graph/request-work';
import type { Log } from '@souk/shared/log';
import type { SubgraphName } from '@souk/shared/message';
import type { QueueConnection } from '@souk/shared/queue/connection';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import * as social from '@souk/social/app';
import type { SocialConfig } from '@souk/social/config';
import { readConfig as readSocial } from '@souk/social/config';
import * as socialStore from '@souk/social/database';
import { openNeo4j } from '@souk/social/graph-store/neo4j';
import type { LauncherConfig } from './config.js';
import { inOneProcess, subgraphEnvironment } from './environments.js';
import type { Addresses } from './environments.js';
import type { Runtime } from './runtime.js';
import type { Teardown } from './teardown.js';

/** The five subgraphs, called as functions in this process. */
export interface LocalSubgraphs {
  apps: readonly SubgraphApp[];
  /** Verifies access tokens of account, and of external issuers. */
  verifyToken: VerifyToken;
  /** Ended sessions, from account. */
  revocations: Revocations;
  /** The system settings, from account. */
  settings: SettingsReplica;
  /** The queue connection that all subgraphs share. */
  queues: QueueConnection;
}

const stores: Readonly<Record<SubgraphName, Pick<DataSourceOptions, 'entities' | 'migrations'>>> = {
  account: accountStore,
  catalog: catalogStore,
  order: orderStore,
  payment: paymentStore,
  social: socialStore,
};

/** Parts of the process that its subgraphs share. */
export interface SharedParts {
  /** JWT claim with the names of policies. */
  policyClaim: string;
  log: Log;
  teardown: Teardown;
}

/** Opens the databases and the queue and creates the subgraphs. Workers run only after `start`. */
export async function openSubgraphs(
  config: LauncherConfig,
  runtime: Runtime,
  addresses: Addresses,
  { policyClaim, log, teardown }: SharedParts,
): Promise<LocalSubgraphs> {
  const environmentOf = (name: SubgraphName): NodeJS.ProcessEnv =>
    inOneProcess(subgraphEnvironment(name, config, runtime, addresses));
  const {
    JWT_PRIVATE_KEY: signingKey,
    MFA_ENCRYPTION_KEYS: mfaEncryptionKeys,
    relyingParty,
    ADMIN_EMAIL: adminEmail,
    ADMIN_PASSWORD: adminPassword,
    REGISTRATIONS_PER_HOUR: registrationsPerHour,
    OIDC_ISSUERS: issuers,
    DATABASE_POOL: poolSize,
    WORKER_CONCURRENCY: concurrency,
    MAX_OBJECTS: maxObjects,
  } = readAccount(environmentOf('account'));
  if (!mfaEncryptionKeys) throw new Error('MFA_ENCRYPTION_KEYS is missing.');
  if (!signingKey) throw new Error('JWT_PRIVATE_KEY is missing.');
  const revocations = revocationsOf(
    'standalone',
    async (since) => (await accountApp).states.endedSessions(since),
    log,
  );
  const verifyToken = tokenVerifier(localKeys(account.createKeySet(signingKey)), revocations, policyClaim);

  const queues = await connectQueues(
    config.redisUrl === undefined
      ? { postgresUrl: runtime.databaseOf('queue') }
      : { redisUrl: config.redisUrl },
    log,
  );
  await teardown.add(() => queues.close());
  const states: StateSources = (state) => ({
    read: async (since) => {
      const served =
        state.owner === 'social' ? (await socialApp).servedStates : servedStates((await accountApp).states);
      return localState(served, state)(since);
    },
    observe: observeState(queues.changes(state.owner), state),
  });
  const settings = new SettingsReplica('standalone', states(accountStates.systemSettings), log);
  const sender = new MessageSender(queues);
  await teardown.add(() => sender.close());

  const dependenciesOf = async (name: SubgraphName): Promise<SubgraphDependencies> => ({
    source: await openDataSource({
      url: runtime.databaseOf(name),
      applicationName: `souk-${name}`,
      poolSize,
      ...stores[name],
    }),
    queues,
    sender,
    verifyToken,
    gatewaySecret: runtime.secrets.gatewaySecret,
    clock: systemClock,
    log: log.child({ subgraph: name }),
    settings,
    states,
    concurrency,
    limits: { ...defaultRequestLimits, maxObjects },
  });
  const apps: SubgraphApp[] = [];
  await teardown.add(async () => {
    await Promise.all(apps.map((app) => app.close()));
  });
  await teardown.add(() => Promise.all([revocations.close(), settings.close()]).then(() => undefined));
  const open = async <App extends SubgraphApp>(
    name: SubgraphName,
    create: (dependencies: SubgraphDependencies) => Promise<App>,
  ): Promise<App> => {
    const app = await create(await dependenciesOf(name));
    apps.push(app);
    return app;
  };

  const catalogApp = open('catalog', (dependencies) => {
    const { settings: own, media } = readCatalog(environmentOf('catalog'));
    return catalog.createApp(dependencies, own, media);
  });
  const accountApp = open('account', (dependencies) =>
    account.createApp(dependencies, {
      signingKey,
      mfaEncryptionKeys,
      relyingParty,
      adminEmail,
      adminPassword,
      registrationsPerHour,
      issuers,
    }),
  );
  const socialApp = open('social', async (dependencies) => {
    const config = readSocial(environmentOf('social'));
    const graphStore = await openGraph(config, teardown);
    return social.createApp(dependencies, { graphStore, delivery: config.delivery });
  });
  await Promise.all([
    catalogApp,
    accountApp,
    socialApp,
    open('order', (dependencies) => {
      const config = readOrder(environmentOf('order'));
      return order.createApp(dependencies, {
        ...config,
        catalogExecutor: async (request) => (await catalogApp).execute(request),
        accountExecutor: async (request) => (await accountApp).execute(request),
      });
    }),
    open('payment', (dependencies) => payment.createApp(dependencies, readPayment(environmentOf('payment')))),
  ]);
  const { exchangeToken } = await accountApp;
  return {
    apps,
    verifyToken: exchangingVerifier(verifyToken, exchangeToken),
    revocations,
    settings,
    queues,
  };
}

async function openGraph(
  { NEO4J_URL: url, NEO4J_USER: user, NEO4J_PASSWORD: password }: SocialConfig,
  teardown: Teardown,
): Promise<Parameters<typeof social.createApp>[1]['graphStore']> {
  if (url === undefined) return null;
  const neo4j = await openNeo4j({ url, user, password: password ?? null });
  await teardown.add(() => neo4j.close());
  return neo4j.store;
}
