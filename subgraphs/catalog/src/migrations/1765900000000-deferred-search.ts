import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trigger functions, and the listings whose search rows each refreshes. */
const functions: readonly (readonly [name: string, ids: string])[] = [
  ['search_listing_changed', 'ARRAY[NEW.id]'],
  ['search_offer_changed', 'ARRAY[NEW.listing_id]'],
  ['search_listings_added', 'ARRAY(SELECT id FROM changed)'],
  ['search_offers_changed', 'ARRAY(SELECT DISTINCT listing_id FROM changed)'],
];

/**
 * Lets a transaction that changes many listings refresh their search rows once, at its end, instead of at every statement:
 * while `souk.search_refresh` is `deferred`, the triggers leave the rows as they are.
 */
export class DeferredSearch1765900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, ids] of functions)
      await runner.query(
        `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF current_setting('souk.search_refresh', true) IS DISTINCT FROM 'deferred' THEN
             PERFORM refresh_search_listings(${ids});
           END IF;
           RETURN NULL;
         END $$`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, ids] of functions)
      await runner.query(
        `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN PERFORM refresh_search_listings(${ids}); RETURN NULL; END $$`,
      );
  }
}
