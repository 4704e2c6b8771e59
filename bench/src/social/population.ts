import type { DataSource } from 'typeorm';
import type { Follow } from '@souk/social/graph-store/graph-store';

/** How large the population is. */
export interface PopulationSize {
  people: number;
  follows: number;
  purchases: number;
  listings: number;
}

const followsAtOnce = 500_000;
const pageSize = 50_000;

/**
 * Fills social’s tables. Follows and purchases have a power law: of 2 million follows the most popular of
 * 100,000 people has some 40,000. A third of the people share purchases; everybody did something that followers see.
 */
export async function populate(source: DataSource, size: PopulationSize): Promise<void> {
  const run = (sql: string, ...parameters: unknown[]): Promise<unknown> => source.query(sql, parameters);
  await run('SET statement_timeout = 0');
  await run('CREATE TABLE bench_person (n int PRIMARY KEY, id uuid NOT NULL)');
  await run(
    'INSERT INTO bench_person SELECT n, uuidv7() FROM generate_series(0, $1::int - 1) AS n',
    size.people,
  );
  await run('CREATE TABLE bench_listing (n int PRIMARY KEY, id uuid NOT NULL)');
  await run(
    'INSERT INTO bench_listing SELECT n, uuidv7() FROM generate_series(0, $1::int - 1) AS n',
    size.listings,
  );
  for (let missing = size.follows; missing > 0; missing = size.follows - (await countFollows(source))) {
    await run(
      `INSERT INTO follow (id, follower_id, followee_id, followed_at)
       SELECT uuidv7(), a.id, b.id, now()
       FROM (SELECT floor($1::int * power(random(), 1.5))::int AS follower, floor($1::int * power(random(), 3))::int AS followee
             FROM generate_series(1, $2::int)) AS pick
       JOIN bench_person a ON a.n = pick.follower JOIN bench_person b ON b.n = pick.followee
       WHERE follower <> followee ON CONFLICT DO NOTHING`,
      size.people,
      Math.min(missing, followsAtOnce),
    );
  }
  await run('INSERT INTO social_profile (user_id, shares_activity) SELECT id, n % 3 = 0 FROM bench_person');
  await run(
    `INSERT INTO purchase (order_id, listing_id, user_id, units, tour_units, ticket_units, purchased_at)
     SELECT uuidv7(), l.id, p.id, 1, 0, 0, now() - random() * interval '90 days'
     FROM (SELECT floor($1::int * random())::int AS person, floor($2::int * power(random(), 3))::int AS listing
           FROM generate_series(1, $3::int)) AS pick
     JOIN bench_person p ON p.n = pick.person JOIN bench_listing l ON l.n = pick.listing`,
    size.people,
    size.listings,
    size.purchases,
  );
  await run(
    `INSERT INTO activity (id, actor_id, type, listing_id, order_id, at, is_pulled)
     SELECT uuidv7(), p.user_id, 'PURCHASED', p.listing_id, p.order_id, p.purchased_at,
       (SELECT coalesce(sum(count), 0) > 1000 FROM follower_count c WHERE c.user_id = p.user_id)
     FROM purchase p JOIN bench_person b ON b.id = p.user_id WHERE b.n % 3 = 0 ORDER BY p.purchased_at`,
  );
  await run(
    `INSERT INTO feed_entry (user_id, activity_id)
     SELECT f.follower_id, a.id FROM activity a JOIN follow f ON f.followee_id = a.actor_id WHERE NOT a.is_pulled`,
  );
  await run('VACUUM ANALYZE');
}

/** All follows, oldest first. */
export async function* readFollows(source: DataSource): AsyncGenerator<Follow[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const page: Follow[] = await source.query(
      `SELECT id, follower_id AS "followerId", followee_id AS "followeeId", followed_at AS "followedAt"
       FROM follow WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, pageSize],
    );
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.id ?? after;
  }
}

async function countFollows(source: DataSource): Promise<number> {
  const [row]: { count: number }[] = await source.query('SELECT count(*)::int AS count FROM follow');
  return row?.count ?? 0;
}
