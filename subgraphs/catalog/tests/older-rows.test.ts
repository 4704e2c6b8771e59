import { entities, migrations } from '@souk/catalog/database';
import { ListingChanges1765100000000 } from '@souk/catalog/migrations/1765100000000-listing-changes';
import { StockMovements1765100200000 } from '@souk/catalog/migrations/1765100200000-stock-movements';
import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';

test('offers and venues of before get time zones, a first price and an opening movement', async () => {
  const url = freshDatabaseUrl('catalog_older_rows');
  const open = (all: typeof migrations) =>
    openDataSource({ url, applicationName: 'test-older-rows', entities, migrations: all, poolSize: 1 });
  const older = await open(migrations.slice(0, migrations.indexOf(ListingChanges1765100000000)));
  const [listing, unlimited, adjusted, sold, seated] = [newId(), newId(), newId(), newId(), newId()];
  await older.query("INSERT INTO listing (id, slug, kind, title) VALUES ($1, 'old', 'PRODUCT', 'Old')", [
    listing,
  ]);
  for (const [id, onHand, reserved, isSeated] of [
    [unlimited, null, 2, false],
    [adjusted, 12, 1, false],
    [sold, 0, 0, false],
    [seated, null, 0, true],
  ])
    await older.query(
      `INSERT INTO offer (id, listing_id, title, price_amount, price_currency, on_hand, reserved, max_per_order, seated, fulfilment)
       VALUES ($1, $2, 'Old', 100, 'EUR', $3, $4, 10, $5, 'SHIPMENT')`,
      [id, listing, onHand, reserved, isSeated],
    );
  for (const delta of [5, -3])
    await older.query(
      "INSERT INTO stock_adjustment (id, offer_id, delta, reason, user_id) VALUES ($1, $2, $3, 'Count', $4)",
      [newId(), adjusted, delta, newId()],
    );
  for (const country of ['FR', 'PT'])
    await older.query(
      `INSERT INTO venue (id, name, address, city, country_code, capacity, sections)
       VALUES ($1, $2, 'x', 'x', $2, 1, '[]')`,
      [newId(), country],
    );
  await older.destroy();
  const newer = await open(migrations.slice(0, migrations.indexOf(StockMovements1765100200000) + 1));
  try {
    expect(await newer.query('SELECT name, time_zone FROM venue ORDER BY name')).toEqual([
      { name: 'FR', time_zone: 'Europe/Paris' },
      { name: 'PT', time_zone: null },
    ]);
    expect(
      await newer.query(
        `SELECT offer_id, kind, on_hand, reserved, reason FROM stock_movement ORDER BY offer_id, id`,
      ),
    ).toEqual([
      { offer_id: unlimited, kind: 'OPENING', on_hand: 0, reserved: 2, reason: null },
      { offer_id: adjusted, kind: 'OPENING', on_hand: 10, reserved: 1, reason: null },
      { offer_id: adjusted, kind: 'ADJUST', on_hand: 5, reserved: 0, reason: 'Count' },
      { offer_id: adjusted, kind: 'ADJUST', on_hand: -3, reserved: 0, reason: 'Count' },
    ]);
    expect(await newer.query('SELECT amount, currency FROM offer_price')).toHaveLength(4);
    await newer.undoLastMigration();
    expect(await newer.query('SELECT delta FROM stock_adjustment ORDER BY delta')).toEqual([
      { delta: -3 },
      { delta: 5 },
    ]);
  } finally {
    await newer.destroy();
  }
});
