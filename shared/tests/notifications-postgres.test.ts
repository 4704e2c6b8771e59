import { connect } from '@souk/shared/postgres';
import { freshDatabaseUrl } from '../../tests/support/database-template.js';
import { signalsConformance } from './notifications-conformance.js';

describe('change notifications on PostgreSQL', () => {
  signalsConformance(() => {
    const postgresUrl = freshDatabaseUrl('signals');
    const cut = async (): Promise<void> => {
      const client = await connect(postgresUrl);
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      await client.end();
    };
    return Promise.resolve({ store: { postgresUrl }, cut });
  });
});
