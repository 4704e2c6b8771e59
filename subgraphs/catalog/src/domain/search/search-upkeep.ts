import type { EntityManager } from 'typeorm';

const batch = 200;
/** Any number that nothing else in this database uses as an advisory lock. */
const wordCountLock = 7_682_104;

/** SQL of listings that a time has changed: a sale began or ended, a departure left. Exported for the query plan test. */
export const changedByTimeSql = `
  SELECT listing_id FROM search_listing WHERE next_change_at <= now()
  ORDER BY next_change_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/** Seats have no trigger: they change by the thousand while an event sells. */
const changedBySeatsSql = `
  SELECT s.listing_id FROM search_listing s
  WHERE s.is_seated AND s.is_listed AND s.has_units <> EXISTS (
    SELECT FROM offer o JOIN event_seat e ON e.offer_id = o.id AND e.status = 'AVAILABLE' WHERE o.listing_id = s.listing_id)
  LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/**
 * Leaves the search rows of this transaction's listings to `refreshListings`: to refresh them at every statement takes most
 * of the time of a transaction that changes many.
 */
export async function deferRefresh(manager: EntityManager): Promise<void> {
  await manager.query("SELECT set_config('souk.search_refresh', 'deferred', true)");
}

/** Refreshes the search rows of listings. After their last change in the transaction. */
export async function refreshListings(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await manager.query('SELECT refresh_search_listings($1)', [ids]);
}

/** Updates the search rows that became stale without a change of a listing. Returns how many. */
export async function refreshStaleListings(manager: EntityManager): Promise<number> {
  let refreshed = 0;
  for (const sql of [changedByTimeSql, changedBySeatsSql]) {
    for (let found = batch; found === batch; refreshed += found) found = await refresh(manager, sql);
  }
  return refreshed;
}

function refresh(manager: EntityManager, sql: string): Promise<number> {
  return manager.transaction(async (inner) => {
    const rows: { listing_id: string }[] = await inner.query(sql, [batch]);
    if (rows.length > 0)
      await inner.query('SELECT refresh_search_listings($1)', [rows.map((row) => row.listing_id)]);
    return rows.length;
  });
}

/**
 * Counts the listings of each word, by which suggestions and corrections choose, and forgets words that no listing in
 * the shop has any more. One process at a time.
 */
export async function countWords(manager: EntityManager): Promise<void> {
  await manager.transaction(async (inner) => {
    const [lock]: { taken: boolean }[] = await inner.query('SELECT pg_try_advisory_xact_lock($1) AS taken', [
      wordCountLock,
    ]);
    if (!lock?.taken) return;
    await inner.query(
      `WITH counted AS MATERIALIZED (
         SELECT word, count(*)::int AS listings FROM search_listing s
         CROSS JOIN LATERAL (SELECT DISTINCT word FROM string_to_table(s.names, ' ') AS w (word)) AS w
         WHERE s.is_listed GROUP BY word
       ), forgotten AS (
         DELETE FROM search_word w WHERE NOT EXISTS (SELECT FROM counted c WHERE c.word = w.word)
       )
       UPDATE search_word w SET listings = c.listings FROM counted c
       WHERE c.word = w.word AND w.listings <> c.listings`,
    );
  });
}
