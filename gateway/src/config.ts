import { nodeEnv, port, readEnv } from '@souk/shared/env';
import { join } from 'node:path';
import { z } from 'zod';

/** What the gateway's process is told by its environment. */
export interface Config {
  port: number;
  gatewaySecret: string;
  /** Addresses of subgraphs that differ from those in the supergraph. */
  urls: Record<string, string>;
  /** Where the keys are that verify access tokens; null: at the account subgraph. */
  jwksUrl: string | null;
  supergraphFile: string;
  /** The Stripe simulator's address, or null where none runs. */
  simulatorUrl: string | null;
  introspection: boolean;
  trustedProxies: number;
  logLevel: string;
  production: boolean;
}

const url = z.url({ protocol: /^https?$/ });

const schema = z.object({
  PORT: port.default(4000),
  GATEWAY_SECRET: z.string().min(16),
  ACCOUNT_URL: url.optional(),
  CATALOG_URL: url.optional(),
  ORDER_URL: url.optional(),
  PAYMENT_URL: url.optional(),
  SOCIAL_URL: url.optional(),
  JWKS_URL: url.optional(),
  SUPERGRAPH_FILE: z.string().default(join(__dirname, '../supergraph.graphql')),
  SIMULATOR_URL: url.optional(),
  INTROSPECTION: z.enum(['true', 'false']).optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  NODE_ENV: nodeEnv,
});

/** Reads the environment. @throws ConfigurationError with all problems at once. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = readEnv(schema, environment);
  const production = read.NODE_ENV === 'production';
  const urls = {
    account: read.ACCOUNT_URL,
    catalog: read.CATALOG_URL,
    order: read.ORDER_URL,
    payment: read.PAYMENT_URL,
    social: read.SOCIAL_URL,
  };
  return {
    port: read.PORT,
    gatewaySecret: read.GATEWAY_SECRET,
    urls: Object.fromEntries(
      Object.entries(urls).flatMap(([name, address]) => (address === undefined ? [] : [[name, address]])),
    ),
    jwksUrl: read.JWKS_URL ?? null,
    supergraphFile: read.SUPERGRAPH_FILE,
    simulatorUrl: read.SIMULATOR_URL ?? null,
    introspection: read.INTROSPECTION === undefined ? !production : read.INTROSPECTION === 'true',
    trustedProxies: read.TRUSTED_PROXIES,
    logLevel: read.LOG_LEVEL,
    production,
  };
}
