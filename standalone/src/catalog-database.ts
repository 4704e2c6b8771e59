import { entities, migrations } from '@souk/catalog/database';
import { openDataSource } from '@souk/shared/db/data-source';
import { Database } from '@souk/shared/db/database';
import { createLog } from '@souk/shared/log';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import type { LauncherConfig } from './config.js';
import { databaseAddress } from './database-address.js';

/** The catalog's database for a command. */
export interface CatalogDatabase {
  database: Database;
  close(): Promise<void>;
}

const poolSize = 2;

/** Opens the catalog's database, with the queue that its events leave by. */
export async function openCatalog(config: LauncherConfig): Promise<CatalogDatabase> {
  const log = createLog('catalog-file', config.logLevel);
  const source = await openDataSource({
    url: await databaseAddress('catalog', config),
    applicationName: 'souk-catalog-file',
    entities,
    migrations,
    poolSize,
  });
  const queues = await connectQueues(
    config.redisUrl === undefined
      ? { postgresUrl: await databaseAddress('queue', config) }
      : { redisUrl: config.redisUrl },
    log,
  );
  const sender = new MessageSender(queues);
  const database = new Database(source, sender.send, log, queues.changes('catalog').publish);
  return {
    database,
    close: async () => {
      await database.close();
      await sender.close();
      await queues.close();
    },
  };
}
