import { z } from 'zod';
import type { Environment } from '../env.js';
import { nodeEnv, port } from '../env.js';
import { listenHost } from '../listen-host.js';
import type { SubgraphName } from '../message.js';
import { weakSecrets, weakUrlPasswords } from '../secret-strength.js';
import { defaultRequestLimits } from './request-work.js';

// Separate from the process itself: reading an environment loads no server and no database driver.

/**
 * The variables that every subgraph's process reads; each `config.ts` adds its own, and names its own
 * `<SUBGRAPH>_DATABASE_URL`.
 */
export const processVariables = {
  PORT: port,
  /** The address to listen on; loopback by default. */
  HOST: listenHost,
  /** The bearer token for /metrics; without it everyone who reaches the port may read them. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** A server on which each subgraph has a database of its own, souk_<subgraph>. */
  DATABASE_URL: z.url().optional(),
  /** The database of BullMQ's tables where there is no Redis; souk_queue on DATABASE_URL when left out. */
  QUEUE_DATABASE_URL: z.url().optional(),
  REDIS_URL: z.url().optional(),
  GATEWAY_SECRET: z.string().min(16),
  /** The URL of the keys that verify access tokens. */
  JWKS_URL: z.url().default('http://localhost:4001/.well-known/jwks.json'),
  /** Account's URL, for ended sessions; the origin of JWKS_URL when left out. */
  ACCOUNT_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** A collector of traces that takes OTLP over HTTP; nothing is traced when left out. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(10),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  /** Maximum number of objects in the answer of one request. */
  MAX_OBJECTS: z.coerce.number().int().min(1_000).default(defaultRequestLimits.maxObjects),
  NODE_ENV: nodeEnv,
};

/** Those variables as they were read. */
export type ProcessEnvironment = z.infer<z.ZodObject<typeof processVariables>>;

/** Lists the problems of a subgraph's database URL, queue URL and production secrets. */
export function processProblems(name: SubgraphName, environment: Environment): string[] {
  const own = `${name.toUpperCase()}_DATABASE_URL`;
  const has = (...variables: string[]): boolean =>
    variables.some((variable) => Boolean(environment[variable]));
  return [
    ...(has(own, 'DATABASE_URL') ? [] : [`${own} or DATABASE_URL: needed`]),
    ...(has('REDIS_URL', 'QUEUE_DATABASE_URL', 'DATABASE_URL')
      ? []
      : ['REDIS_URL, QUEUE_DATABASE_URL or DATABASE_URL: needed for the queue']),
    ...weakSecrets(environment, { GATEWAY_SECRET: 'secret', METRICS_TOKEN: 'secret' }),
    ...weakUrlPasswords(environment, [own, 'DATABASE_URL', 'QUEUE_DATABASE_URL', 'REDIS_URL']),
  ];
}
