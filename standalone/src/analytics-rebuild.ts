import { setTimeout as sleep } from 'node:timers/promises';
import { entities, migrations } from '@souk/order/database';
import { beginRebuild, rebuildStep } from '@souk/order/domain/statistics/statistics-rebuild';
import { openDataSource } from '@souk/shared/db/data-source';
import { Database } from '@souk/shared/db/database';
import { createLog } from '@souk/shared/log';
import { runCommand } from './command-line.js';
import { readConfig } from './config.js';
import { databaseAddress } from './database-address.js';

// `npm run analytics:rebuild`: makes the statistics anew from orders, lines, tokens and checkouts. Souk may run meanwhile; if
// this command is stopped, order's worker goes on.

const poolSize = 2;
/** Until another process has done its step. */
const pauseMs = 50;

async function run(): Promise<boolean> {
  const config = readConfig(null);
  const source = await openDataSource({
    url: await databaseAddress('order', config),
    applicationName: 'souk-analytics-rebuild',
    entities,
    migrations,
    poolSize,
  });
  // Statistics send no messages.
  const database = new Database(
    source,
    () => Promise.resolve(),
    createLog('analytics-rebuild', config.logLevel),
  );
  try {
    const began = performance.now();
    await beginRebuild(database);
    for (let step = await rebuildStep(database); step === 'continues' || step === 'busy';) {
      if (step === 'busy') await sleep(pauseMs);
      step = await rebuildStep(database);
    }
    const [counted] = await source.query<{ orders: string }[]>(
      `SELECT coalesce(sum(d.placed), 0) AS orders FROM daily_orders d JOIN statistics_state s USING (generation)`,
    );
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    process.stdout.write(`The statistics of ${counted?.orders ?? 0} orders were rebuilt in ${seconds} s.\n`);
    return true;
  } finally {
    await database.close();
  }
}

runCommand(run);
