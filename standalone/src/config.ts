import path from 'node:path';
import type { MetricsAccess } from '@souk/gateway/http/metrics-server';
import { missingInProduction, misspelled, nodeEnv, port, readEnv } from '@souk/shared/env';
import { listenHost } from '@souk/shared/listen-host';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import { weakSecrets, weakUrlPasswords } from '@souk/shared/secret-strength';
import { z } from 'zod';
import { gatewaySettings, packageConfigProblems, packageVariables } from './package-configs.js';
import { unusedVariables } from './unused-variables.js';
import type { Topology } from './unused-variables.js';

const variables = z.object({
  PORT: port.default(4000),
  HOST: listenHost,
  SIMULATOR_HOST: listenHost,
  SIMULATOR_PORT: port.optional(),
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: z.url().optional(),
  ACCOUNT_DATABASE_URL: z.url().optional(),
  CATALOG_DATABASE_URL: z.url().optional(),
  ORDER_DATABASE_URL: z.url().optional(),
  PAYMENT_DATABASE_URL: z.url().optional(),
  SOCIAL_DATABASE_URL: z.url().optional(),
  QUEUE_DATABASE_URL: z.url().optional(),
  DATABASE_FSYNC: z.enum(['on', 'off']).default('on'),
  REDIS_URL: z.url().optional(),
  NEO4J_URL: z.url().optional(),
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().optional(),
  JWT_PRIVATE_KEY: z.string().optional(),
  MFA_ENCRYPTION_KEYS: z.string().optional(),
  TOKEN_SIGNING_KEY: z.string().optional(),
  GATEWAY_SECRET: z.string().min(16).optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_BASE: z.url().optional(),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(10).optional(),
  DEMO: z.enum(['on', 'off']).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('warn'),
  NODE_ENV: nodeEnv,
});

/** The names of the variables that a launcher itself reads. */
export const launcherVariables: readonly string[] = Object.keys(variables.shape);

/** Secrets without a default in production. */
const productionSecrets = [
  'JWT_PRIVATE_KEY',
  'MFA_ENCRYPTION_KEYS',
  'TOKEN_SIGNING_KEY',
  'GATEWAY_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_WEBHOOK_SECRET',
] as const;

/** Secrets from the environment, PEM or plain text. Missing ones are generated once and stored in DATA_DIR. */
export interface GivenSecrets {
  jwtPrivateKey: string | undefined;
  mfaEncryptionKeys: string | undefined;
  tokenSigningKey: string | undefined;
  gatewaySecret: string | undefined;
  stripeWebhookSecret: string | undefined;
}

/** Stripe itself, or null: the simulator. */
export type StripeAccount = { secretKey: string; publishableKey: string; apiBase: string | undefined } | null;

/** The launcher's settings, from the environment. */
export interface LauncherConfig {
  /** The gateway's port; 0 picks a free one. */
  port: number;
  /** The address that the gateway listens on; the subgraphs listen on loopback. */
  host: string;
  metrics: MetricsAccess;
  /** Whether introspection and the IDEs are enabled. */
  introspection: boolean;
  /** The simulator's port. Null: a free one, or the gateway's plus ten in the distributed topology. */
  simulatorPort: number | null;
  simulatorHost: string;
  /** Where the simulator sends its events; the gateway's webhook endpoint when left out. */
  webhookUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  /** A collector of traces that takes OTLP over HTTP. */
  otlpEndpoint: string | undefined;
  /** A PostgreSQL server to use instead of the embedded one. */
  databaseUrl: string | undefined;
  /** Whether the embedded database waits for the disk. */
  databaseFsync: boolean;
  /** Database URLs of single subgraphs and of the queue. */
  databases: Partial<Record<SubgraphName | 'queue', string>>;
  redisUrl: string | undefined;
  neo4j: { url: string; user: string; password: string | undefined } | null;
  secrets: GivenSecrets;
  stripe: StripeAccount;
  admin: { email: string; password: string } | null;
  /** Whether demo data are requested. Null: for a new embedded database outside production. */
  demo: 'on' | 'off' | null;
  logLevel: z.infer<typeof variables>['LOG_LEVEL'];
  production: boolean;
  /** The unchanged environment, passed on to child processes. */
  environment: NodeJS.ProcessEnv;
}

/** How the strength of each secret is checked in production. No two may be equal. */
const secretKinds = {
  GATEWAY_SECRET: 'secret',
  METRICS_TOKEN: 'secret',
  STRIPE_WEBHOOK_SECRET: 'stripe-webhook',
  ADMIN_PASSWORD: 'password',
} as const;

const storeUrls = [
  'DATABASE_URL',
  ...[...subgraphNames, 'queue', 'gateway'].map((name) => `${name.toUpperCase()}_DATABASE_URL`),
  'REDIS_URL',
];

/**
 * Reads the environment.
 * @param topology null for a command that starts no topology; variables without effect are then accepted
 * @throws ConfigurationError with all problems at once
 */
export function readConfig(
  topology: Topology | null,
  environment: NodeJS.ProcessEnv = process.env,
): LauncherConfig {
  const read = readEnv(variables, environment, [
    ...missingInProduction(environment, productionSecrets),
    ...weakSecrets(environment, secretKinds),
    ...weakUrlPasswords(environment, storeUrls),
    ...(topology === null ? [] : unusedVariables(topology, environment)),
    ...packageConfigProblems(environment),
    ...(environment['NODE_ENV'] === 'production'
      ? [...misspelledVariables(environment), ...testOnlyProblems(environment)]
      : []),
  ]);
  const production = read.NODE_ENV === 'production';
  const { metrics, introspection } = gatewaySettings(environment);
  const { STRIPE_SECRET_KEY: secretKey, ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = read;
  return {
    port: read.PORT,
    webhookUrl: read.WEBHOOK_URL,
    host: read.HOST,
    metrics,
    introspection,
    simulatorPort: read.SIMULATOR_PORT ?? null,
    simulatorHost: read.SIMULATOR_HOST,
    // Beside the code, so that it does not depend on the working directory.
    dataDir: path.resolve(read.DATA_DIR ?? path.join(__dirname, '..', '..', '.souk')),
    databaseUrl: read.DATABASE_URL,
    databaseFsync: read.DATABASE_FSYNC === 'on',
    databases: databasesOf(read),
    redisUrl: read.REDIS_URL,
    neo4j:
      read.NEO4J_URL === undefined
        ? null
        : { url: read.NEO4J_URL, user: read.NEO4J_USER, password: read.NEO4J_PASSWORD },
    secrets: {
      jwtPrivateKey: read.JWT_PRIVATE_KEY,
      mfaEncryptionKeys: read.MFA_ENCRYPTION_KEYS,
      tokenSigningKey: read.TOKEN_SIGNING_KEY,
      gatewaySecret: read.GATEWAY_SECRET,
      stripeWebhookSecret: read.STRIPE_WEBHOOK_SECRET,
    },
    stripe:
      secretKey === undefined
        ? null
        : { secretKey, publishableKey: read.STRIPE_PUBLISHABLE_KEY ?? '', apiBase: read.STRIPE_API_BASE },
    admin: email === undefined || password === undefined ? null : { email, password },
    demo: read.DEMO ?? null,
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: read.LOG_LEVEL,
    production,
    environment,
  };
}

/** Variables that Souk does not read but whose names are close to one that it does. */
export function misspelledVariables(environment: NodeJS.ProcessEnv = process.env): string[] {
  return misspelled(environment, [...launcherVariables, ...packageVariables]);
}

function testOnlyProblems({ DEMO: demo, DATABASE_FSYNC: fsync }: NodeJS.ProcessEnv): string[] {
  return [
    ...(demo === 'on' ? ['DEMO: demo data have a known password, and are refused in production'] : []),
    ...(fsync === 'off'
      ? ['DATABASE_FSYNC: a power failure loses data, so off is refused in production']
      : []),
  ];
}

function databasesOf(read: z.infer<typeof variables>): LauncherConfig['databases'] {
  const given: LauncherConfig['databases'] = {};
  for (const name of [...subgraphNames, 'queue'] as const) {
    const url = read[`${name.toUpperCase() as Uppercase<typeof name>}_DATABASE_URL`];
    if (url !== undefined) given[name] = url;
  }
  return given;
}

/** Whether npm started this process. */
export function isNpmScript(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['npm_lifecycle_event'] !== undefined;
}
