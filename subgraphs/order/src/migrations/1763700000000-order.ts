import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Carts, orders, sagas and tokens. */
export class Order1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cart (
        id uuid CONSTRAINT cart_pkey PRIMARY KEY,
        owner_id uuid,
        is_main boolean NOT NULL,
        currency char(3) NOT NULL,
        locked_by uuid,
        updated_at timestamptz NOT NULL,
        CONSTRAINT cart_main_has_owner CHECK (NOT is_main OR owner_id IS NOT NULL),
        CONSTRAINT cart_locked_has_owner CHECK (locked_by IS NULL OR owner_id IS NOT NULL)
      )`);
    await runner.query('CREATE UNIQUE INDEX cart_main_of_owner ON cart (owner_id) WHERE is_main');
    await runner.query(`
      CREATE TABLE cart_item (
        id uuid CONSTRAINT cart_item_pkey PRIMARY KEY,
        cart_id uuid NOT NULL CONSTRAINT cart_item_cart_fkey REFERENCES cart (id) ON DELETE CASCADE,
        offer_id uuid NOT NULL,
        listing_id uuid NOT NULL,
        title text NOT NULL,
        upc text,
        unit_amount bigint NOT NULL CONSTRAINT cart_item_unit_amount CHECK (unit_amount >= 0),
        currency char(3) NOT NULL,
        max_per_order int NOT NULL,
        seated boolean NOT NULL,
        fulfilment text NOT NULL,
        sales_start_at timestamptz,
        sales_end_at timestamptz,
        quantity int NOT NULL CONSTRAINT cart_item_quantity CHECK (quantity > 0),
        seat_ids uuid[] NOT NULL,
        quoted_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX cart_item_cart_id ON cart_item (cart_id, id)');
    await runner.query(`
      CREATE TABLE saga (
        id uuid CONSTRAINT saga_pkey PRIMARY KEY,
        transaction_id text NOT NULL CONSTRAINT saga_transaction_id_key UNIQUE,
        definition text NOT NULL,
        definition_version int NOT NULL,
        input jsonb NOT NULL,
        state jsonb NOT NULL,
        status text NOT NULL,
        version int NOT NULL,
        wake_at timestamptz,
        order_id uuid NOT NULL,
        user_id uuid NOT NULL,
        cart_id uuid,
        started_at timestamptz NOT NULL,
        completed_at timestamptz,
        expires_at timestamptz
      ) WITH (fillfactor = 70)`);
    await runner.query('CREATE INDEX saga_wake_at ON saga (wake_at) WHERE wake_at IS NOT NULL');
    await runner.query('CREATE INDEX saga_status ON saga (definition, status, id DESC)');
    await runner.query('CREATE INDEX saga_order_id ON saga (order_id)');
    await runner.query(`
      CREATE TABLE customer_order (
        id uuid CONSTRAINT customer_order_pkey PRIMARY KEY,
        number text NOT NULL CONSTRAINT customer_order_number_key UNIQUE,
        customer_id uuid NOT NULL,
        checkout_id uuid NOT NULL,
        status text NOT NULL,
        payment_status text NOT NULL,
        currency char(3) NOT NULL,
        total_amount bigint NOT NULL CONSTRAINT customer_order_total CHECK (total_amount >= 0),
        refunded_amount bigint NOT NULL CONSTRAINT customer_order_refunded CHECK (refunded_amount BETWEEN 0 AND total_amount),
        shipping_address jsonb,
        cancel_reason text,
        placed_at timestamptz NOT NULL,
        paid_at timestamptz,
        completed_at timestamptz,
        cancelled_at timestamptz
      ) WITH (fillfactor = 80)`);
    await runner.query('CREATE INDEX customer_order_customer_id ON customer_order (customer_id, id DESC)');
    await runner.query('CREATE INDEX customer_order_status ON customer_order (status, id DESC)');
    await runner.query('CREATE INDEX customer_order_placed_at ON customer_order (placed_at)');
    await runner.query(`
      CREATE TABLE order_line (
        id uuid CONSTRAINT order_line_pkey PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT order_line_order_fkey REFERENCES customer_order (id),
        position int NOT NULL,
        offer_id uuid NOT NULL,
        listing_id uuid NOT NULL,
        partner_id uuid,
        title text NOT NULL,
        upc text,
        quantity int NOT NULL CONSTRAINT order_line_quantity CHECK (quantity > 0),
        seat_ids uuid[] NOT NULL,
        unit_amount bigint NOT NULL CONSTRAINT order_line_unit_amount CHECK (unit_amount >= 0),
        currency char(3) NOT NULL,
        fulfilment text NOT NULL,
        valid_from timestamptz,
        valid_until timestamptz
      )`);
    await runner.query('CREATE INDEX order_line_order_id ON order_line (order_id, position)');
    await runner.query(`
      CREATE TABLE order_event (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT order_event_pkey PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT order_event_order_fkey REFERENCES customer_order (id),
        at timestamptz NOT NULL,
        type text NOT NULL,
        message text NOT NULL,
        actor_id uuid
      )`);
    await runner.query('CREATE INDEX order_event_order_id ON order_event (order_id, id)');
    await runner.query(`
      CREATE TABLE purchase_token (
        id uuid CONSTRAINT purchase_token_pkey PRIMARY KEY,
        code text NOT NULL CONSTRAINT purchase_token_code_key UNIQUE,
        kind text NOT NULL,
        status text NOT NULL,
        holder_id uuid NOT NULL,
        order_id uuid NOT NULL CONSTRAINT purchase_token_order_fkey REFERENCES customer_order (id),
        line_id uuid NOT NULL CONSTRAINT purchase_token_line_fkey REFERENCES order_line (id),
        unit int NOT NULL,
        offer_id uuid NOT NULL,
        listing_id uuid NOT NULL,
        seat_id uuid,
        price_amount bigint NOT NULL,
        currency char(3) NOT NULL,
        valid_from timestamptz,
        valid_until timestamptz,
        purchased_at timestamptz NOT NULL,
        redeemed_at timestamptz,
        CONSTRAINT purchase_token_unit_key UNIQUE (line_id, unit)
      )`);
    await runner.query('CREATE INDEX purchase_token_holder_id ON purchase_token (holder_id, id DESC)');
    await runner.query('CREATE INDEX purchase_token_order_id ON purchase_token (order_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'purchase_token',
      'order_event',
      'order_line',
      'customer_order',
      'saga',
      'cart_item',
      'cart',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
