import type { Client } from 'pg';
import type { GeneratedListing, ListingGenerator } from './listings.js';

const batch = 2_000;

/** Fills an empty catalog; the search rows are written in batches, as the migration does. */
export async function loadListings(
  client: Client,
  generator: ListingGenerator,
  count: number,
  onProgress: (loaded: number) => void,
): Promise<void> {
  // The triggers would write each search row twice.
  await client.query('SET session_replication_role = replica');
  const indexes = await dropIndexes(client);
  const { categories, venues, partners } = generator.surroundings;
  await insert(
    client,
    'category',
    'id, slug, name, parent_id',
    categories.map(({ parentId, ...row }) => ({ ...row, parent_id: parentId })),
  );
  await insert(
    client,
    'venue',
    'id, name, address, city, country_code, capacity, sections',
    venues.map((venue) => ({
      ...venue,
      address: 'Street 1',
      country_code: 'XX',
      capacity: 1_000,
      sections: [],
    })),
  );
  await insert(
    client,
    'partner_owner',
    'partner_id, user_id, status, at',
    partners.map(({ id, userId }) => ({
      partner_id: id,
      user_id: userId,
      status: 'VERIFIED',
      at: '2024-01-01T00:00:00Z',
    })),
  );
  for (let loaded = 0; loaded < count;) {
    const listings = Array.from({ length: Math.min(batch, count - loaded) }, () => generator.next());
    await insertListings(client, listings);
    await client.query('SELECT refresh_search_listings($1)', [listings.map(({ id }) => id)]);
    loaded += listings.length;
    onProgress(loaded);
  }
  await client.query('RESET session_replication_role');
  for (const index of indexes) await client.query(index);
  await client.query('VACUUM ANALYZE');
}

/** Drops the indexes that are quicker to build afterwards, and returns their definitions. */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename IN ('search_listing', 'search_term', 'search_word', 'listing')
       AND indexdef LIKE 'CREATE INDEX%' AND schemaname = 'public'`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}

async function insertListings(client: Client, listings: readonly GeneratedListing[]): Promise<void> {
  await insert(
    client,
    'listing',
    `id, language, kind, slug, title, summary, description, tags, category_id, partner_id, brand, location, difficulty,
     venue_id, starts_at, ends_at, published_at, created_at, updated_at, price_min, price_max, price_currency, status, images,
     duration_minutes, version, platforms`,
    listings.map(({ categoryId, partnerId, venueId, startsAt, endsAt, publishedAt, price, ...row }) => ({
      ...row,
      category_id: categoryId,
      partner_id: partnerId,
      venue_id: venueId,
      starts_at: startsAt,
      ends_at: endsAt,
      published_at: publishedAt,
      created_at: publishedAt,
      updated_at: publishedAt,
      price_min: price,
      price_max: price,
      price_currency: 'EUR',
      status: 'PUBLISHED',
      images: [],
      duration_minutes: row.kind === 'TOUR' ? 120 : null,
      version: row.kind === 'APP' ? '1.0' : null,
      platforms: row.kind === 'APP' ? ['iOS'] : null,
    })),
  );
  await insert(
    client,
    'offer',
    `id, listing_id, title, price_amount, price_currency, on_hand, reserved, sold, max_per_order, seated, fulfilment, revision,
     starts_at`,
    listings.map((listing) => ({
      id: `${listing.id.slice(0, 24)}${Number.parseInt(listing.id.slice(24), 16).toString(16).padStart(12, '0')}`,
      listing_id: listing.id,
      title: listing.title,
      price_amount: listing.price,
      price_currency: 'EUR',
      on_hand: listing.onHand,
      reserved: 0,
      sold: 0,
      max_per_order: 10,
      seated: false,
      fulfilment: 'SHIPMENT',
      revision: 1,
      starts_at:
        listing.kind === 'TOUR'
          ? new Date(Date.parse(listing.publishedAt) + 2_000 * 86_400_000).toISOString()
          : null,
    })),
  );
}

async function insert(
  client: Client,
  table: string,
  columns: string,
  rows: readonly object[],
): Promise<void> {
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1::json)`,
    [JSON.stringify(rows)],
  );
}
