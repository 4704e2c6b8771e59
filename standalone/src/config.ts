import path from 'node:path';
import { missingInProduction, nodeEnv, port, readEnv } from '@souk/shared/env';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import { z } from 'zod';
import { partProblems } from './part-problems.js';

const variables = z.object({
  PORT: port.default(4000),
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
  REDIS_URL: z.url().optional(),
  NEO4J_URL: z.url().optional(),
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().optional(),
  JWT_PRIVATE_KEY: z.string().optional(),
  TOKEN_SIGNING_KEY: z.string().optional(),
  GATEWAY_SECRET: z.string().min(16).optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_BASE: z.url().optional(),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(10).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('warn'),
  NODE_ENV: nodeEnv,
});

/** What has no default in production. */
const productionSecrets = [
  'JWT_PRIVATE_KEY',
  'TOKEN_SIGNING_KEY',
  'GATEWAY_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_WEBHOOK_SECRET',
] as const;

/** Secrets that may be given; the rest is made once and kept in DATA_DIR. PEM texts and plain ones. */
export interface GivenSecrets {
  jwtPrivateKey: string | undefined;
  tokenSigningKey: string | undefined;
  gatewaySecret: string | undefined;
  stripeWebhookSecret: string | undefined;
}

/** Stripe itself, or null: the simulator. */
export type StripeAccount = { secretKey: string; publishableKey: string; apiBase: string | undefined } | null;

/** What Souk on one machine is told by its environment. */
export interface HouseConfig {
  /** The gateway's; 0 asks the system for a free one. */
  port: number;
  /** The simulator's, where it runs in a process of its own. */
  simulatorPort: number;
  /** Where the simulator sends its events; the gateway's door when left out. */
  webhookUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  /** A collector of traces that takes OTLP over HTTP. */
  otlpEndpoint: string | undefined;
  /** A PostgreSQL server to use instead of the embedded one. */
  databaseUrl: string | undefined;
  /** Databases given one by one. */
  databases: Partial<Record<SubgraphName | 'queue', string>>;
  redisUrl: string | undefined;
  neo4j: { url: string; user: string; password: string | undefined } | null;
  secrets: GivenSecrets;
  stripe: StripeAccount;
  admin: { email: string; password: string } | null;
  logLevel: z.infer<typeof variables>['LOG_LEVEL'];
  production: boolean;
  /** All variables as they came, to be handed on to child processes. */
  environment: NodeJS.ProcessEnv;
}

/** Reads the environment. @throws ConfigurationError with all problems at once */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): HouseConfig {
  const read = readEnv(variables, environment, [
    ...missingInProduction(environment, productionSecrets),
    ...partProblems(environment),
  ]);
  const production = read.NODE_ENV === 'production';
  const { STRIPE_SECRET_KEY: secretKey, ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = read;
  return {
    port: read.PORT,
    webhookUrl: read.WEBHOOK_URL,
    simulatorPort: read.SIMULATOR_PORT ?? (read.PORT === 0 ? 0 : read.PORT + 10),
    // Beside the code, so that it does not depend on where the command is typed.
    dataDir: path.resolve(read.DATA_DIR ?? path.join(__dirname, '..', '..', '.souk')),
    databaseUrl: read.DATABASE_URL,
    databases: databasesOf(read),
    redisUrl: read.REDIS_URL,
    neo4j:
      read.NEO4J_URL === undefined
        ? null
        : { url: read.NEO4J_URL, user: read.NEO4J_USER, password: read.NEO4J_PASSWORD },
    secrets: {
      jwtPrivateKey: read.JWT_PRIVATE_KEY,
      tokenSigningKey: read.TOKEN_SIGNING_KEY,
      gatewaySecret: read.GATEWAY_SECRET,
      stripeWebhookSecret: read.STRIPE_WEBHOOK_SECRET,
    },
    stripe:
      secretKey === undefined
        ? null
        : { secretKey, publishableKey: read.STRIPE_PUBLISHABLE_KEY ?? '', apiBase: read.STRIPE_API_BASE },
    admin: email === undefined || password === undefined ? null : { email, password },
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: read.LOG_LEVEL,
    production,
    environment,
  };
}

function databasesOf(read: z.infer<typeof variables>): HouseConfig['databases'] {
  const given: HouseConfig['databases'] = {};
  for (const name of [...subgraphNames, 'queue'] as const) {
    const url = read[`${name.toUpperCase() as Uppercase<typeof name>}_DATABASE_URL`];
    if (url !== undefined) given[name] = url;
  }
  return given;
}

/** Whether this process is the program of an npm script. */
export function isNpmScript(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['npm_lifecycle_event'] !== undefined;
}
