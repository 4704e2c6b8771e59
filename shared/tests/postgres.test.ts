import { askerOf, connect, ensureDatabase } from '@souk/shared/postgres';
import { freshDatabaseUrl } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

test('a connection that the server ends is told of to who asks, and ends no process', async () => {
  const url = freshDatabaseUrl('broken');
  await ensureDatabase(url);
  const broken = await connect(url);
  const other = await connect(url);
  try {
    const ended = new Promise((resolve) => broken.once('end', resolve));
    const [own] = await askerOf(broken).query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
    await askerOf(other).query('SELECT pg_terminate_backend($1)', [own?.pid]);
    await ended;
    const refusal: unknown = await until('a refusal', () =>
      askerOf(broken)
        .query('SELECT 1')
        .then(
          () => null,
          (error: unknown) => error,
        ),
    );
    expect(String(refusal)).toMatch(/connection|terminat/i);
    await expect(askerOf(other).query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  } finally {
    await other.end();
  }
});
