import path from 'node:path';
import type { SubgraphName } from '@souk/shared/message';
import { displayOrigin } from './banner.js';
import type { LauncherConfig } from './config.js';
import { demoAccounts, demoPassword } from './demo/people.js';
import type { Runtime } from './runtime.js';

/** Addresses of the components of a running Souk. */
export interface Addresses {
  /** The subgraphs' origins: http://127.0.0.1:4001 */
  origins: Readonly<Record<SubgraphName, string>>;
  gateway: string;
  /** Null where Stripe itself is used. */
  simulator: string | null;
}

/**
 * Smaller defaults for one process: each connection is a server process of the embedded PostgreSQL, workers and
 * requests share the pool, and the cache shares the heap with everything else.
 */
const standaloneDefaults = {
  DATABASE_POOL: '4',
  WORKER_CONCURRENCY: '4',
  READ_CACHE_BYTES: '32000000',
};

/** Adds the defaults for a package that shares this process with the others. */
export function inOneProcess(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...standaloneDefaults, ...environment };
}

/**
 * The environment of a subgraph, the same in both topologies: the launcher's own variables, plus only the secrets and
 * addresses that this subgraph needs.
 */
export function subgraphEnvironment(
  name: SubgraphName,
  config: LauncherConfig,
  runtime: Runtime,
  addresses: Addresses,
): NodeJS.ProcessEnv {
  return {
    ...sharedEnvironment(config, runtime, addresses),
    PORT: new URL(addresses.origins[name]).port,
    [`${name.toUpperCase()}_DATABASE_URL`]: runtime.databaseOf(name),
    ...queueEnvironment(config, runtime),
    ...ownVariables(name, config, runtime, addresses),
  };
}

/** The environment of the gateway, the same in both topologies. */
export function gatewayEnvironment(
  config: LauncherConfig,
  runtime: Runtime,
  addresses: Addresses,
): NodeJS.ProcessEnv {
  const { gateway, origins, simulator } = addresses;
  return {
    ...sharedEnvironment(config, runtime, addresses),
    PORT: new URL(gateway).port,
    HOST: config.host,
    GATEWAY_DATABASE_URL: config.environment['GATEWAY_DATABASE_URL'],
    DEMO_ACCOUNTS: demoAccountsOf(config, runtime),
    ...queueEnvironment(config, runtime),
    ...Object.fromEntries(
      Object.entries(origins).map(([name, origin]) => [`${name.toUpperCase()}_URL`, `${origin}/graphql`]),
    ),
    ...(simulator !== null && { SIMULATOR_URL: simulator, FORWARD_SIMULATOR: 'true' }),
  };
}

/** The environment of the simulator's process. */
export function simulatorEnvironment(
  config: LauncherConfig,
  runtime: Runtime,
  addresses: Addresses & { simulator: string },
): NodeJS.ProcessEnv {
  return {
    ...withoutOwnVariables(config.environment),
    SIMULATOR_PORT: new URL(addresses.simulator).port,
    SIMULATOR_HOST: config.simulatorHost,
    DATA_DIR: config.dataDir,
    STRIPE_WEBHOOK_SECRET: runtime.secrets.stripeWebhookSecret,
    WEBHOOK_URL: config.webhookUrl ?? `${addresses.gateway}/webhooks/stripe`,
  };
}

function sharedEnvironment(
  config: LauncherConfig,
  runtime: Runtime,
  { origins }: Addresses,
): NodeJS.ProcessEnv {
  return {
    ...withoutOwnVariables(config.environment),
    LOG_LEVEL: config.logLevel,
    GATEWAY_SECRET: runtime.secrets.gatewaySecret,
    JWKS_URL: `${origins.account}/.well-known/jwks.json`,
  };
}

/** The demo accounts for the gateway's first page. */
function demoAccountsOf({ admin: given }: LauncherConfig, { demo, admin }: Runtime): string | undefined {
  if (demo.state === 'none' || !admin) return undefined;
  const accounts = demoAccounts(given ? null : admin.email);
  return JSON.stringify({ password: demoPassword, accounts });
}

function queueEnvironment({ redisUrl }: LauncherConfig, runtime: Runtime): NodeJS.ProcessEnv {
  return redisUrl === undefined
    ? { QUEUE_DATABASE_URL: runtime.databaseOf('queue') }
    : { REDIS_URL: redisUrl };
}

function ownVariables(
  name: SubgraphName,
  config: LauncherConfig,
  { secrets, admin }: Runtime,
  { gateway, origins, simulator }: Addresses,
): NodeJS.ProcessEnv {
  switch (name) {
    case 'account':
      return {
        JWT_PRIVATE_KEY: secrets.jwtPrivateKey,
        MFA_ENCRYPTION_KEYS: secrets.mfaEncryptionKeys,
        ...publicUrl(config, gateway),
        ...(admin && { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password }),
      };
    case 'order':
      return {
        ...publicUrl(config, gateway),
        TOKEN_SIGNING_KEY: secrets.tokenSigningKey,
        CATALOG_URL: `${origins.catalog}/graphql`,
      };
    case 'payment':
      return {
        STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
        // The simulator accepts any key.
        STRIPE_SECRET_KEY: config.stripe?.secretKey ?? 'sk_test_simulator',
        STRIPE_PUBLISHABLE_KEY: config.stripe?.publishableKey ?? 'pk_test_simulator',
        STRIPE_API_BASE: config.stripe ? config.stripe.apiBase : (simulator ?? undefined),
      };
    case 'social':
      return {
        ...publicUrl(config, gateway),
        SMTP_URL: config.environment['SMTP_URL'],
        SMS_TOKEN: config.environment['SMS_TOKEN'],
        VAPID_PRIVATE_KEY: config.environment['VAPID_PRIVATE_KEY'],
        ...(config.neo4j && {
          NEO4J_URL: config.neo4j.url,
          NEO4J_USER: config.neo4j.user,
          NEO4J_PASSWORD: config.neo4j.password,
        }),
      };
    case 'catalog':
      return { ...mediaEnvironment(config, gateway), SOCIAL_URL: `${origins.social}/graphql` };
  }
}

/** The gateway's address, unless another is configured. */
function publicUrl({ environment, host }: LauncherConfig, gateway: string): NodeJS.ProcessEnv {
  return environment['PUBLIC_URL'] ? {} : { PUBLIC_URL: displayOrigin(host, Number(new URL(gateway).port)) };
}

/** Files are in the data directory, unless they are configured to be elsewhere. */
function mediaEnvironment(config: LauncherConfig, gateway: string): NodeJS.ProcessEnv {
  const { environment, dataDir } = config;
  return {
    ...publicUrl(config, gateway),
    ...(environment['CATALOG_MEDIA_DIR'] || environment['CATALOG_S3_BUCKET']
      ? {}
      : { CATALOG_MEDIA_DIR: path.join(dataDir, 'media') }),
  };
}

const ours =
  /^(PORT|HOST|SIMULATOR_(PORT|URL|HOST)|DATA_DIR|(\w+_)?DATABASE_URL|REDIS_URL|NEO4J_\w+|JWT_PRIVATE_KEY|MFA_ENCRYPTION_KEYS|TOKEN_SIGNING_KEY|GATEWAY_SECRET|SMTP_URL|SMS_TOKEN|VAPID_PRIVATE_KEY|STRIPE_\w+|ADMIN_\w+|(ACCOUNT|CATALOG|ORDER|PAYMENT|SOCIAL|JWKS|WEBHOOK)_URL)$/;

function withoutOwnVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' && !ours.test(name)),
  );
}
