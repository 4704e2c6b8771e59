import type { DataSource } from 'typeorm';
import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import { entities, migrations } from '@souk/social/database';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { ActivitySharing1764900000000 } from '@souk/social/migrations/1764900000000-activity-sharing';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';

const url = freshDatabaseUrl('social_migrations');

function open(all: typeof migrations): Promise<DataSource> {
  const applicationName = 'test-social-migrations';
  return openDataSource({ url, applicationName, entities, migrations: all, poolSize: 1 });
}

it('counts the followers of before, and switches sharing off for existing users', async () => {
  const [star, fan] = [newId(), newId()];
  const older = await open(migrations.slice(0, migrations.indexOf(ActivitySharing1764900000000)));
  await older.query(
    'INSERT INTO follow SELECT uuidv7(), gen_random_uuid(), $1, now() FROM generate_series(1, 100)',
    [star],
  );
  await older.query('INSERT INTO follow VALUES (uuidv7(), $1, $2, now())', [star, fan]);
  await older.query('INSERT INTO social_profile (user_id) VALUES ($1)', [fan]);
  await older.destroy();
  const newer = await open(migrations);
  try {
    const store = new PostgresGraphStore(newer.manager);
    expect(await store.followersCounts([star, fan, newId()])).toEqual([100, 1, 0]);
    await newer.query('INSERT INTO social_profile (user_id) VALUES ($1)', [star]);
    expect(await newer.query('SELECT DISTINCT shares_activity FROM social_profile')).toEqual([
      { shares_activity: false },
    ]);
    // Every statement counts, in the transaction that changes the follows.
    await newer.query('DELETE FROM follow WHERE followee_id = $1', [star]);
    expect(await store.followersCounts([star])).toEqual([0]);
  } finally {
    await newer.destroy();
  }
});
