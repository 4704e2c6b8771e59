import { subgraphNames } from '@souk/shared/message';
import { connect, databaseUrl } from '@souk/shared/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Databases } from '../chaos/fixture.js';

/** A Souk in one process whose databases the test can read. */
export interface FuzzSouk {
  souk: TestSouk;
  databases: Databases;
  close(): Promise<void>;
}

/** Starts it. The limits that one caller would reach are off. */
export async function startFuzzSouk(): Promise<FuzzSouk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-fuzz-'));
  // PostgreSQL does not run as root: its user must be able to pass.
  await chmod(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  const souk = await startSouk({
    environment: {
      DATABASE_URL: postgres.url,
      CHECKOUT_MAX_OPEN_PER_BUYER: '1000',
      CHECKOUT_MAX_FAILED_PER_HOUR: '0',
      PAYMENT_DECLINES_PER_BUYER: '0',
    },
  });
  const connections = await Promise.all(
    subgraphNames.map(async (name) => [name, await connect(databaseUrl(postgres.url, `souk_${name}`))]),
  );
  const databases = Object.fromEntries(connections) as Databases;
  return {
    souk,
    databases,
    close: async () => {
      await Promise.all(Object.values(databases).map((connection) => connection.end()));
      await souk.stop();
      await postgres.discard();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
