import { openDataSource } from '@souk/shared/db/data-source';
import { entities, migrations } from '@souk/catalog/database';
import { ListingSearch1765200000000 } from '@souk/catalog/migrations/1765200000000-listing-search';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';

const listings = 1_200;
const formerColumn = "SELECT FROM pg_attribute WHERE attrelid = 'listing'::regclass AND attname = 'search'";

test('listings and held seats of before are there after the upgrade, and it can be undone and repeated', async () => {
  const url = freshDatabaseUrl('search_upgrade');
  const options = { url, applicationName: 'test-upgrade', poolSize: 2, entities };
  const first = migrations.indexOf(ListingSearch1765200000000);
  const before = await openDataSource({ ...options, migrations: migrations.slice(0, first) });
  await before.query(
    `INSERT INTO listing (id, slug, kind, title, status, price_min, price_max, price_currency, published_at)
     SELECT uuidv7(), 'old-' || n, 'PRODUCT', 'Old lamp', CASE WHEN n % 10 = 0 THEN 'DRAFT' ELSE 'PUBLISHED' END,
       1, 1, 'EUR', CASE WHEN n % 10 > 0 THEN now() END
     FROM generate_series(1, $1::int) AS t (n)`,
    [listings],
  );
  await before.query(
    `WITH o AS (
       INSERT INTO offer (id, listing_id, title, price_amount, price_currency, max_per_order, seated, fulfilment)
       SELECT uuidv7(), id, 'Seat', 1, 'EUR', 10, true, 'TICKET' FROM listing ORDER BY id LIMIT 1 RETURNING id, listing_id
     ) INSERT INTO event_seat (listing_id, offer_id, section, row_number, row_label, seat_number, status, held_by,
         held_until, held_from)
       SELECT listing_id, id, 'A', 1, 'A', 1, 'HELD', uuidv7(), now() + interval '1 hour', '192.0.2.1' FROM o`,
  );
  await before.destroy();
  const after = await openDataSource({ ...options, migrations });
  const count = async (where: string): Promise<number> => {
    const [row] = await after.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM search_listing WHERE ${where}`,
    );
    return row?.count ?? 0;
  };
  expect(await count('true')).toBe(listings);
  expect(await count("is_listed AND head @@ plainto_tsquery('souk_en', 'lamps')")).toBe(listings * 0.9);
  expect(await after.query('SELECT status, held_from FROM event_seat')).toEqual([
    { status: 'HELD', held_from: null },
  ]);
  expect(await after.query(formerColumn)).toEqual([]);
  for (let undone = migrations.length; undone > first; undone -= 1) await after.undoLastMigration();
  expect(await after.query("SELECT FROM pg_class WHERE relname LIKE 'search\\_%'")).toEqual([]);
  expect(await after.query(formerColumn)).toHaveLength(1);
  await after.runMigrations();
  expect(await count('is_listed')).toBe(listings * 0.9);
  await after.destroy();
}, 60_000);
