import { nodeEnv, port, readEnv } from '@souk/shared/env';
import { listenHost } from '@souk/shared/listen-host';
import { weakSecrets, weakUrlPasswords } from '@souk/shared/secret-strength';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoAccounts } from './http/home-page.js';
import type { MetricsAccess } from './http/metrics-server.js';

/** The settings of the gateway's process, read from the environment. */
export interface Config {
  port: number;
  /** The address to listen on; loopback by default. */
  host: string;
  metrics: MetricsAccess;
  /** Seconds of Strict-Transport-Security; 0 omits the header. */
  hstsMaxAge: number;
  /**
   * The secret that subgraphs require of the gateway; null with another supergraph (SUPERGRAPH_FILE), which requires
   * none.
   */
  gatewaySecret: string | null;
  /** Addresses of subgraphs that differ from those in the supergraph. */
  urls: Record<string, string>;
  /** Where the keys are that verify access tokens; null: at the account subgraph, or nowhere. */
  jwksUrl: string | null;
  /** The claim of access tokens that names the policies (@policy) of their owner. */
  policyClaim: string;
  supergraphFile: string;
  /** The Stripe simulator's address, or null where none runs. */
  simulatorUrl: string | null;
  /** The accounts of the demo data, for the first page; null without demo data. */
  demo: DemoAccounts | null;
  introspection: boolean;
  /** The folder of the API reference; null where clients may not read the schema, or with another supergraph. */
  docsFolder: string | null;
  trustedProxies: number;
  /** Where requests are counted; null: in this process. Souk's queues are there too. */
  redisUrl: string | null;
  databaseUrl: string | null;
  /**
   * The database of Souk's queues where they are not in Redis; null disables the queue dashboard and the cache of
   * catalog's data.
   */
  queueDatabaseUrl: string | null;
  /** Points a minute of one caller, and runs of fields that take a secret from one address; 0: any number. */
  rateLimitPerMinute: number;
  /** Points a minute of all users of one address; null: five times those of one. */
  addressRateLimitPerMinute: number | null;
  /** Estimated cost that one point pays for. */
  costPerPoint: number;
  loginsPerMinute: number;
  corsOrigins: readonly string[];
  /** persisted-documents.json, or null. */
  trustedDocumentsFile: string | null;
  onlyTrustedDocuments: boolean;
  maxBodyBytes: number;
  maxDepth: number;
  maxCost: number;
  /** The highest cost of one subscription event. */
  maxEventCost: number;
  assumedListSize: number;
  shareQueries: boolean;
  /** Whether entity fetches of one request are batched. */
  joinCalls: boolean;
  /** Whether an operation with a field that its caller may not see is refused whole. */
  refuseUnauthorized: boolean;
  subgraphTimeoutMs: number;
  requestTimeoutMs: number;
  maxPlanBytes: number;
  maxStreams: number;
  maxStreamsPerClient: number;
  maxStreamsPerAddress: number;
  socketIdleMs: number;
  streamPingMs: number;
  slowClientMs: number;
  /** Size of the read cache in bytes; 0 disables it. */
  readCacheBytes: number;
  /** A collector of traces; null: nothing is traced. */
  otlpEndpoint: string | null;
  logLevel: string;
  production: boolean;
}

const url = z.url({ protocol: /^https?$/ });

const yearSeconds = 31_536_000;

const docsFolder = join(__dirname, '../../docs');
const ownSupergraph = join(__dirname, '../supergraph.graphql');
const secret = z.string().min(16);
const flag = z.enum(['true', 'false']);
const count = (least: number, normal: number) => z.coerce.number().int().min(least).default(normal);

/** Written by a launcher. */
const demoAccounts = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('must be JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      password: z.string(),
      accounts: z.array(z.object({ email: z.string(), role: z.string() })).max(20),
    }),
  );

const schema = z.object({
  PORT: port.default(4000),
  HOST: listenHost,
  METRICS_PORT: port.optional(),
  METRICS_TOKEN: secret.optional(),
  HSTS_MAX_AGE: z.coerce.number().int().min(0).optional(),
  GATEWAY_SECRET: secret.optional(),
  ACCOUNT_URL: url.optional(),
  CATALOG_URL: url.optional(),
  ORDER_URL: url.optional(),
  PAYMENT_URL: url.optional(),
  SOCIAL_URL: url.optional(),
  JWKS_URL: url.optional(),
  POLICY_CLAIM: z.string().min(1).default('policies'),
  SUPERGRAPH_FILE: z.string().default(ownSupergraph),
  SIMULATOR_URL: url.optional(),
  FORWARD_SIMULATOR: flag.default('false'),
  DEMO_ACCOUNTS: demoAccounts.optional(),
  INTROSPECTION: flag.optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  GATEWAY_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  QUEUE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).optional(),
  ADDRESS_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  COST_PER_POINT: count(1, 2_000),
  LOGINS_PER_MINUTE: count(1, 30),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
  TRUSTED_DOCUMENTS_FILE: z.string().optional(),
  ONLY_TRUSTED_DOCUMENTS: flag.default('false'),
  MAX_BODY_BYTES: count(1_000, 1_000_000),
  MAX_DEPTH: count(1, 15),
  MAX_COST: count(1, 100_000),
  MAX_EVENT_COST: count(1, 5_000),
  ASSUMED_LIST_SIZE: count(1, 10),
  SHARE_QUERIES: flag.default('true'),
  JOIN_CALLS: flag.default('true'),
  REFUSE_UNAUTHORIZED: flag.default('false'),
  SUBGRAPH_TIMEOUT_MS: count(1, 10_000),
  REQUEST_TIMEOUT_MS: count(1, 30_000),
  MAX_PLAN_BYTES: count(1_000_000, 64_000_000),
  MAX_STREAMS: count(0, 20_000),
  MAX_STREAMS_PER_CLIENT: count(0, 100),
  MAX_STREAMS_PER_ADDRESS: count(0, 1_000),
  SOCKET_IDLE_MS: count(1_000, 120_000),
  STREAM_PING_MS: count(1_000, 15_000),
  SLOW_CLIENT_MS: count(100, 10_000),
  READ_CACHE_BYTES: count(0, 64_000_000),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  NODE_ENV: nodeEnv,
});

/** The names of the variables that it reads. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

/** Subgraphs of another supergraph may require no secret. */
function schemaOf(environment: NodeJS.ProcessEnv) {
  const isOwn = !environment['SUPERGRAPH_FILE'];
  return schema.extend({
    GATEWAY_SECRET: isOwn ? secret : secret.optional(),
    TRUSTED_DOCUMENTS_FILE:
      environment['ONLY_TRUSTED_DOCUMENTS'] === 'true' ? z.string() : z.string().optional(),
  });
}

function problemsBetween(environment: NodeJS.ProcessEnv): string[] {
  const {
    NODE_ENV,
    PORT = '4000',
    METRICS_PORT,
    SIMULATOR_URL,
    FORWARD_SIMULATOR,
    REDIS_URL,
    GATEWAY_DATABASE_URL,
  } = environment;
  return [
    ...(METRICS_PORT && METRICS_PORT !== '0' && METRICS_PORT === PORT
      ? ['METRICS_PORT: must differ from PORT']
      : []),
    ...(NODE_ENV === 'production' && SIMULATOR_URL && FORWARD_SIMULATOR !== 'true'
      ? ['SIMULATOR_URL: in production the gateway leads to the simulator only with FORWARD_SIMULATOR=true']
      : []),
    ...(NODE_ENV === 'production' && environment['DEMO_ACCOUNTS']
      ? ['DEMO_ACCOUNTS: there is no demo data in production']
      : []),
    ...(FORWARD_SIMULATOR === 'true' && !SIMULATOR_URL
      ? ['FORWARD_SIMULATOR: has no effect without SIMULATOR_URL']
      : []),
    ...(REDIS_URL && GATEWAY_DATABASE_URL
      ? ['GATEWAY_DATABASE_URL: has no effect beside REDIS_URL, where requests are counted']
      : []),
    ...weakSecrets(environment, { GATEWAY_SECRET: 'secret', METRICS_TOKEN: 'secret' }),
    ...weakUrlPasswords(environment, ['REDIS_URL', 'GATEWAY_DATABASE_URL', 'QUEUE_DATABASE_URL']),
  ];
}

/** Reads the environment. @throws ConfigurationError with all problems at once. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = readEnv(schemaOf(environment), environment, problemsBetween(environment));
  const production = read.NODE_ENV === 'production';
  const introspection = read.INTROSPECTION === undefined ? !production : read.INTROSPECTION === 'true';
  const urls = {
    account: read.ACCOUNT_URL,
    catalog: read.CATALOG_URL,
    order: read.ORDER_URL,
    payment: read.PAYMENT_URL,
    social: read.SOCIAL_URL,
  };
  return {
    port: read.PORT,
    host: read.HOST,
    metrics: {
      port: read.METRICS_PORT ?? null,
      token: read.METRICS_TOKEN ?? null,
      isPublic: read.METRICS_PORT === undefined && (read.METRICS_TOKEN !== undefined || !production),
    },
    hstsMaxAge: read.HSTS_MAX_AGE ?? (production ? yearSeconds : 0),
    gatewaySecret: read.GATEWAY_SECRET ?? null,
    urls: Object.fromEntries(
      Object.entries(urls).flatMap(([name, address]) => (address === undefined ? [] : [[name, address]])),
    ),
    jwksUrl: read.JWKS_URL ?? null,
    policyClaim: read.POLICY_CLAIM,
    supergraphFile: read.SUPERGRAPH_FILE,
    simulatorUrl: read.SIMULATOR_URL ?? null,
    demo: read.DEMO_ACCOUNTS ?? null,
    introspection,
    docsFolder: introspection && read.SUPERGRAPH_FILE === ownSupergraph ? docsFolder : null,
    trustedProxies: read.TRUSTED_PROXIES,
    redisUrl: read.REDIS_URL ?? null,
    databaseUrl: read.GATEWAY_DATABASE_URL ?? null,
    queueDatabaseUrl: read.QUEUE_DATABASE_URL ?? null,
    rateLimitPerMinute: read.RATE_LIMIT_PER_MINUTE ?? (production ? 600 : 0),
    addressRateLimitPerMinute: read.ADDRESS_RATE_LIMIT_PER_MINUTE ?? null,
    costPerPoint: read.COST_PER_POINT,
    loginsPerMinute: read.LOGINS_PER_MINUTE,
    corsOrigins: read.CORS_ORIGINS,
    trustedDocumentsFile: read.TRUSTED_DOCUMENTS_FILE ?? null,
    onlyTrustedDocuments: read.ONLY_TRUSTED_DOCUMENTS === 'true',
    maxBodyBytes: read.MAX_BODY_BYTES,
    maxDepth: read.MAX_DEPTH,
    maxCost: read.MAX_COST,
    maxEventCost: read.MAX_EVENT_COST,
    assumedListSize: read.ASSUMED_LIST_SIZE,
    shareQueries: read.SHARE_QUERIES === 'true',
    joinCalls: read.JOIN_CALLS === 'true',
    refuseUnauthorized: read.REFUSE_UNAUTHORIZED === 'true',
    subgraphTimeoutMs: read.SUBGRAPH_TIMEOUT_MS,
    requestTimeoutMs: read.REQUEST_TIMEOUT_MS,
    maxPlanBytes: read.MAX_PLAN_BYTES,
    maxStreams: read.MAX_STREAMS,
    maxStreamsPerClient: read.MAX_STREAMS_PER_CLIENT,
    maxStreamsPerAddress: read.MAX_STREAMS_PER_ADDRESS,
    socketIdleMs: read.SOCKET_IDLE_MS,
    streamPingMs: read.STREAM_PING_MS,
    slowClientMs: read.SLOW_CLIENT_MS,
    readCacheBytes: read.READ_CACHE_BYTES,
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    logLevel: read.LOG_LEVEL,
    production,
  };
}
