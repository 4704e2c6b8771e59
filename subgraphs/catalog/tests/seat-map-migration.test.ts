import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import { entities, migrations } from '@souk/catalog/database';
import { SeatMap1765300000000 } from '@souk/catalog/migrations/1765300000000-seat-map';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';

test('seats of before are numbered by offer, section, row and number, and the migration can be reverted', async () => {
  const url = freshDatabaseUrl('catalog_seats');
  const open = (all: typeof migrations) =>
    openDataSource({ url, applicationName: 'test-seats', entities, migrations: all, poolSize: 1 });
  const upTo = (count: number) => migrations.slice(0, migrations.indexOf(SeatMap1765300000000) + count);
  const older = await open(upTo(0));
  const listings = [newId(), newId()];
  const offers = [newId(), newId(), newId()];
  for (const [index, id] of listings.entries())
    await older.query(
      "INSERT INTO listing (id, slug, kind, title) VALUES ($1, 'slug-' || $2::text, 'EVENT', 'Play')",
      [id, index],
    );
  for (const [index, id] of offers.entries())
    await older.query(
      `INSERT INTO offer (id, listing_id, title, price_amount, price_currency, max_per_order, seated, fulfilment)
       VALUES ($1, $2, 'Seat', 1, 'EUR', 10, true, 'TICKET')`,
      [id, listings[index < 2 ? 0 : 1]],
    );
  const seats: [offer: number, section: string, row: number, number: number][] = [
    [1, 'Balcony', 1, 1],
    [0, 'Stalls', 2, 1],
    [2, 'Stalls', 1, 1],
    [0, 'Stalls', 1, 2],
    [0, 'Stalls', 1, 1],
  ];
  for (const [offer, section, row, number] of seats)
    await older.query(
      `INSERT INTO event_seat (listing_id, offer_id, section, row_number, row_label, seat_number)
       VALUES ($1, $2, $3, $4, 'A', $5)`,
      [listings[offer < 2 ? 0 : 1], offers[offer], section, row, number],
    );
  await older.destroy();
  const newer = await open(upTo(1));
  try {
    const rows: { listing: string; place: string }[] = await newer.query(
      `SELECT listing_id AS listing, concat_ws(' ', map_index, section, row_number, seat_number) AS place
       FROM event_seat ORDER BY listing_id, map_index`,
    );
    expect(rows.filter(({ listing }) => listing === listings[0]).map(({ place }) => place)).toEqual([
      '0 Stalls 1 1',
      '1 Stalls 1 2',
      '2 Stalls 2 1',
      '3 Balcony 1 1',
    ]);
    expect(rows.filter(({ listing }) => listing === listings[1])).toHaveLength(1);
    await newer.undoLastMigration();
    expect(await newer.query('SELECT count(*)::int AS seats FROM event_seat')).toEqual([{ seats: 5 }]);
  } finally {
    await newer.destroy();
  }
});
