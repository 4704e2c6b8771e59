import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures that a line adds to those of its listing, its partner and its buyer. */
const lineFigures = `
  orders int NOT NULL,
  units int NOT NULL,
  gross bigint NOT NULL,
  refunded bigint NOT NULL,
  valid int NOT NULL,
  redeemed int NOT NULL`;

/** Columns of every delta. */
const delta = (table: string) => `
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT ${table}_pkey PRIMARY KEY,
  changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
  order_id uuid NOT NULL,
  -- Whether it belongs to rows that were deleted, whose figures stay.
  removed boolean NOT NULL,
  day date NOT NULL`;

/** Deltas live for seconds, so that dead rows soon outnumber them. */
const shortLived = `WITH (autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0)`;

/**
 * Stores statistics by day (UTC) in which the order was placed, some of them also by blocks of days, and the deltas that
 * are not yet folded into them. A generation is the result of one rebuild; only one is read.
 */
export class StatisticsTables1796058000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE order_delta (${delta('order_delta')},
        user_id uuid NOT NULL,
        currency char(3) NOT NULL,
        placed int NOT NULL,
        completed int NOT NULL,
        cancelled int NOT NULL,
        gross bigint NOT NULL,
        refunded bigint NOT NULL
      ) ${shortLived}`);
    await runner.query(`
      CREATE TABLE line_delta (${delta('line_delta')},
        user_id uuid NOT NULL,
        listing_id uuid NOT NULL,
        partner_id uuid,
        currency char(3) NOT NULL,
        -- 1 in one row only of the order's rows of a partner.
        partner_orders int NOT NULL,
        ${lineFigures}
      ) ${shortLived}`);
    await runner.query(`
      CREATE TABLE checkout_delta (${delta('checkout_delta')},
        -- Of the duration of a completed checkout.
        bucket int,
        -- Of a failed checkout; the step is '' if none failed.
        step text,
        code text,
        checkouts int NOT NULL
      ) ${shortLived}`);
    await runner.query(`
      CREATE TABLE daily_orders (
        generation int NOT NULL,
        day date NOT NULL,
        currency char(3) NOT NULL,
        removed boolean NOT NULL,
        placed int NOT NULL,
        completed int NOT NULL,
        cancelled int NOT NULL,
        gross bigint NOT NULL,
        refunded bigint NOT NULL,
        valid int NOT NULL,
        redeemed int NOT NULL,
        CONSTRAINT daily_orders_pkey PRIMARY KEY (generation, day, currency, removed)
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE partner_sales (
        generation int NOT NULL,
        partner_id uuid NOT NULL,
        day date NOT NULL,
        currency char(3) NOT NULL,
        removed boolean NOT NULL,
        ${lineFigures},
        CONSTRAINT partner_sales_pkey PRIMARY KEY (generation, partner_id, day, currency, removed)
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE listing_sales (
        generation int NOT NULL,
        -- Number of days of the block that begins with the day.
        days int NOT NULL,
        day date NOT NULL,
        listing_id uuid NOT NULL,
        currency char(3) NOT NULL,
        removed boolean NOT NULL,
        ${lineFigures},
        CONSTRAINT listing_sales_pkey PRIMARY KEY (generation, days, day, listing_id, currency, removed)
      ) WITH (fillfactor = 70)`);
    await runner.query(
      'CREATE INDEX listing_sales_listing_id ON listing_sales (listing_id, generation) WHERE days = 256',
    );
    await runner.query(`
      CREATE TABLE buyer_purchases (
        generation int NOT NULL,
        user_id uuid NOT NULL,
        currency char(3) NOT NULL,
        removed boolean NOT NULL,
        placed int NOT NULL,
        completed int NOT NULL,
        cancelled int NOT NULL,
        units int NOT NULL,
        gross bigint NOT NULL,
        refunded bigint NOT NULL,
        CONSTRAINT buyer_purchases_pkey PRIMARY KEY (user_id, generation, currency, removed)
      ) WITH (fillfactor = 70)`);
    await runner.query('CREATE INDEX buyer_purchases_generation ON buyer_purchases (generation, user_id)');
    await runner.query(`
      CREATE TABLE checkout_durations (
        generation int NOT NULL,
        days int NOT NULL,
        day date NOT NULL,
        bucket int NOT NULL,
        removed boolean NOT NULL,
        checkouts int NOT NULL,
        CONSTRAINT checkout_durations_pkey PRIMARY KEY (generation, days, day, bucket, removed)
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE checkout_failures (
        generation int NOT NULL,
        day date NOT NULL,
        step text NOT NULL,
        code text NOT NULL,
        removed boolean NOT NULL,
        checkouts int NOT NULL,
        CONSTRAINT checkout_failures_pkey PRIMARY KEY (generation, day, step, code, removed)
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE statistics_state (
        singleton boolean CONSTRAINT statistics_state_pkey PRIMARY KEY DEFAULT true
          CONSTRAINT statistics_state_singleton_check CHECK (singleton),
        -- The generation that is read.
        generation int NOT NULL,
        -- False until the orders from before this table are counted.
        complete boolean NOT NULL,
        -- The generation that a rebuild makes; null without one.
        rebuilding int,
        -- Orders with an id up to this one are in it; null before the first chunk.
        rebuilt_to uuid
      )`);
    await runner.query(`
      CREATE TABLE statistics_chunk (
        -- Orders with an id above the last chunk's and up to this one.
        up_to uuid CONSTRAINT statistics_chunk_pkey PRIMARY KEY,
        -- Changes by transactions that it sees are in the chunk.
        snapshot pg_snapshot NOT NULL
      )`);
    // Existing orders are counted by a rebuild that the worker runs.
    await runner.query(`
      INSERT INTO statistics_state (generation, complete, rebuilding)
      SELECT 1, NOT old.orders, CASE WHEN old.orders THEN 2 END
      FROM (SELECT EXISTS (SELECT FROM customer_order)) AS old (orders)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'statistics_chunk',
      'statistics_state',
      'checkout_failures',
      'checkout_durations',
      'buyer_purchases',
      'listing_sales',
      'partner_sales',
      'daily_orders',
      'checkout_delta',
      'line_delta',
      'order_delta',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
