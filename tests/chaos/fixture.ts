import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client as Connection } from 'pg';
import type { SubgraphName } from '@souk/shared/message';
import { subgraphNames } from '@souk/shared/message';
import { connect, databaseUrl } from '@souk/shared/postgres';
import type { EmbeddedPostgres } from '@souk/standalone/postgres/server';
import { startPostgres } from '@souk/standalone/postgres/server';
import type { TestClient } from '@souk/testing/test-client';
import type { TestRedis } from '../support/redis.js';
import { startRedis } from '../support/redis.js';
import type { StripeSimulator } from '@souk/testing/stripe-simulator';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import type { WebhookRelay } from '../support/webhook-relay.js';
import { startRelay } from '../support/webhook-relay.js';

/** A distributed Souk with its stores and provider, each of which can be made to fail. */
export interface ChaosFixture {
  souk: TestSouk;
  postgres: EmbeddedPostgres;
  redis: TestRedis;
  simulator: StripeSimulator;
  webhooks: WebhookRelay;
  /** Signed in as the administrator. */
  root: TestClient;
  close(): Promise<void>;
}

/** A connection of a test's own to each subgraph's database. */
export type Databases = Record<SubgraphName, Connection>;

/** Payment timeout in minutes: long enough to pay while processes restart. */
const paymentTimeoutMinutes = 0.5;

/** Starts the fixture: durable as in production, queue on Redis, webhooks through a relay. */
export async function startFixture(): Promise<ChaosFixture> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  const open = async <T>(opening: Promise<T>, end: (part: T) => Promise<unknown>): Promise<T> => {
    const part = await opening;
    opened.push(() => end(part));
    return part;
  };
  try {
    const dataDir = await open(databaseDir(), (path) => rm(path, { recursive: true, force: true }));
    const postgres = await open(startPostgres({ dataDir, log: () => undefined }), (server) =>
      server.discard(),
    );
    const redis = await open(startRedis(), (server) => server.stop());
    const webhooks = await open(startRelay(), (relay) => relay.close());
    const environment = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      WEBHOOK_URL: webhooks.url,
      CHECKOUT_PAYMENT_TIMEOUT_MINUTES: String(paymentTimeoutMinutes),
      // All buyers of the storm come from one address, and many of their cards are declined.
      PAYMENT_DECLINES_PER_BUYER: '0',
      CHECKOUT_MAX_FAILED_PER_HOUR: '0',
    };
    const souk = await open(startSouk({ topology: 'distributed', environment, demo: false }), (running) =>
      running.stop(),
    );
    webhooks.target = `${souk.url}/webhooks/stripe`;
    const root = await souk.as('admin');
    return { souk, postgres, redis, simulator: souk.simulator, webhooks, root, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connects to all databases; the caller ends the connections with `disconnect`. */
export async function connectAll({ postgres }: ChaosFixture): Promise<Databases> {
  const connections = await Promise.all(
    subgraphNames.map(async (name) => [name, await connect(databaseUrl(postgres.url, `souk_${name}`))]),
  );
  return Object.fromEntries(connections) as Databases;
}

/** Ends the connections. */
export async function disconnect(databases: Databases): Promise<void> {
  await Promise.all(Object.values(databases).map((connection) => connection.end()));
}

async function databaseDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-chaos-'));
  // PostgreSQL does not run as root: its user must be able to pass.
  await chmod(directory, 0o711);
  return directory;
}
