import { timeZoneOfCountry } from '@souk/shared/time-zone';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds time zones, texts for search engines, compared prices and the history of prices. */
export class PageFields1765100100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE listing ADD COLUMN seo_title text, ADD COLUMN seo_description text,
         ADD COLUMN time_zone text`,
    );
    await runner.query('ALTER TABLE venue ADD COLUMN time_zone text');
    await addTimeZones(runner);
    await runner.query(
      `ALTER TABLE offer ADD COLUMN compare_at_amount bigint,
         ADD CONSTRAINT offer_compare_at CHECK (compare_at_amount > price_amount)`,
    );
    await runner.query(
      `CREATE TABLE offer_price (
         id uuid NOT NULL DEFAULT uuidv7(),
         offer_id uuid NOT NULL,
         amount bigint NOT NULL,
         currency text NOT NULL,
         compare_at_amount bigint,
         valid_from timestamptz(3) NOT NULL DEFAULT now(),
         CONSTRAINT offer_price_pkey PRIMARY KEY (id),
         CONSTRAINT offer_price_offer FOREIGN KEY (offer_id) REFERENCES offer (id) ON DELETE CASCADE
       )`,
    );
    await runner.query('CREATE INDEX offer_price_offer ON offer_price (offer_id, id)');
    // Until now no price could change, so each is valid since its offer was created, which its id says.
    await runner.query(
      `INSERT INTO offer_price (offer_id, amount, currency, valid_from)
       SELECT o.id, o.price_amount, o.price_currency, COALESCE(uuid_extract_timestamp(o.id), l.created_at)
       FROM offer o JOIN listing l ON l.id = o.listing_id`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE offer_price');
    await runner.query('ALTER TABLE offer DROP COLUMN compare_at_amount');
    await runner.query('ALTER TABLE venue DROP COLUMN time_zone');
    await runner.query(
      'ALTER TABLE listing DROP COLUMN seo_title, DROP COLUMN seo_description, DROP COLUMN time_zone',
    );
  }
}

/** Venues in a country with one time get its zone; the zones of others are unknown. */
async function addTimeZones(runner: QueryRunner): Promise<void> {
  const countries = (await runner.query('SELECT DISTINCT country_code FROM venue')) as {
    country_code: string;
  }[];
  for (const { country_code: country } of countries) {
    const timeZone = timeZoneOfCountry(country);
    if (timeZone !== null)
      await runner.query('UPDATE venue SET time_zone = $2 WHERE country_code = $1', [country, timeZone]);
  }
}
