import { freshDatabaseUrl } from '../../tests/support/subgraph.js';
import { openDataSource } from '@souk/shared/db/data-source';
import { queueConformance } from './queue-conformance.js';

describe('the queue on PostgreSQL', () => {
  queueConformance(async () => {
    const postgresUrl = freshDatabaseUrl('queue');
    const source = await openDataSource({
      url: postgresUrl,
      applicationName: 'test',
      entities: [],
      migrations: [],
      poolSize: 2,
    });
    await source.destroy();
    return { postgresUrl };
  });
});
