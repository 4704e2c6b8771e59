import { queryableOf, connect, ensureDatabase } from '@souk/shared/postgres';
import { freshDatabaseUrl } from '../../tests/support/database-template.js';
import { until } from '../../tests/support/until.js';

test('a connection that the server ends fails the next query, and does not end the process', async () => {
  const url = freshDatabaseUrl('broken');
  await ensureDatabase(url);
  const broken = await connect(url);
  const other = await connect(url);
  try {
    const ended = new Promise((resolve) => broken.once('end', resolve));
    const [own] = await queryableOf(broken).query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
    await queryableOf(other).query('SELECT pg_terminate_backend($1)', [own?.pid]);
    await ended;
    const refusal: unknown = await until('a refusal', () =>
      queryableOf(broken)
        .query('SELECT 1')
        .then(
          () => null,
          (error: unknown) => error,
        ),
    );
    expect(String(refusal)).toMatch(/connection|terminat/i);
    await expect(queryableOf(other).query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  } finally {
    await other.end();
  }
});
