import { deleteOldKeys } from '@souk/shared/db/idempotency';
import type { AccountUnderTest } from './support/account.js';
import { startAccount } from './support/account.js';

let account: AccountUnderTest;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => account.close());

test('two processes delete expired keys in batches by an index, and keep the others', async () => {
  const { manager } = account.subgraph.dependencies.source;
  await account.query(
    `INSERT INTO idempotency_key (caller, operation, key, arguments_hash, created_at)
     SELECT 'somebody', 'checkout', n::text, '', now() - n * interval '1 hour' FROM generate_series(1, 12000) AS n`,
  );
  await account.query('ANALYZE idempotency_key');
  const plan = await account.query(
    `EXPLAIN SELECT key FROM idempotency_key WHERE created_at < now() - interval '24 hours'
     ORDER BY created_at LIMIT 5000 FOR UPDATE SKIP LOCKED`,
  );
  expect(JSON.stringify(plan)).toContain('idempotency_key_created_at');
  const statements = jest.spyOn(account.subgraph.dependencies.source.logger, 'logQuery');
  await Promise.all([deleteOldKeys(manager), deleteOldKeys(manager)]);
  expect(
    statements.mock.calls.filter(([sql]) => sql.includes('FROM idempotency_key')).length,
  ).toBeGreaterThan(2);
  statements.mockRestore();
  await deleteOldKeys(manager);
  expect(await account.query('SELECT 1 FROM idempotency_key')).toHaveLength(23);
});
