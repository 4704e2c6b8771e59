// The SQL of the five steps, the same for every variant, and of the rows around them.

/** A subgraph that takes part in the five steps. */
export type Participant = 'catalog' | 'payment' | 'order' | 'account';

/** The tables, by the subgraph that owns them. */
export const tables: Readonly<Record<Participant, string>> = {
  catalog: `
    CREATE TABLE stock (
      offer_id uuid PRIMARY KEY,
      on_hand int NOT NULL CHECK (on_hand >= 0)
    ) WITH (fillfactor = 50);
    CREATE TABLE reservation (
      checkout_id uuid PRIMARY KEY,
      offer_id uuid NOT NULL,
      quantity int NOT NULL,
      status text NOT NULL
    ) WITH (fillfactor = 80);`,
  payment: `
    CREATE TABLE charge (
      checkout_id uuid PRIMARY KEY,
      amount bigint NOT NULL,
      status text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );`,
  order: `
    CREATE TABLE placed_order (
      id uuid PRIMARY KEY,
      buyer_id uuid NOT NULL,
      offer_id uuid NOT NULL,
      quantity int NOT NULL,
      amount bigint NOT NULL,
      status text NOT NULL,
      placed_at timestamptz NOT NULL DEFAULT clock_timestamp()
    ) WITH (fillfactor = 80);
    CREATE TABLE issued_token (
      id uuid PRIMARY KEY,
      code text NOT NULL UNIQUE,
      order_id uuid NOT NULL
    );`,
  account: `
    CREATE TABLE buyer_statistics (
      buyer_id uuid PRIMARY KEY,
      orders int NOT NULL,
      units int NOT NULL,
      spent bigint NOT NULL
    ) WITH (fillfactor = 50);`,
};

/** The entry: $1 id, $2 buyer, $3 offer, $4 quantity, $5 amount. */
export const placeOrder = `
  INSERT INTO placed_order (id, buyer_id, offer_id, quantity, amount, status)
  VALUES ($1::uuid, $2::uuid, $3::uuid, $4::int, $5::bigint, 'PENDING')`;

/** Step 1: $1 checkout, $2 offer, $3 quantity. No row comes back where the units are not there. */
export const reserve = `
  WITH taken AS (
    UPDATE stock SET on_hand = on_hand - $3::int WHERE offer_id = $2::uuid AND on_hand >= $3::int RETURNING offer_id
  )
  INSERT INTO reservation (checkout_id, offer_id, quantity, status)
  SELECT $1::uuid, offer_id, $3::int, 'HELD' FROM taken RETURNING checkout_id`;

/** Undoes step 1: $1 checkout. */
export const release = `
  WITH freed AS (
    UPDATE reservation SET status = 'RELEASED' WHERE checkout_id = $1::uuid AND status = 'HELD'
    RETURNING offer_id, quantity
  )
  UPDATE stock SET on_hand = on_hand + freed.quantity FROM freed WHERE stock.offer_id = freed.offer_id`;

/** Step 2: $1 checkout, $2 amount, $3 CHARGED or DECLINED. */
export const charge = `
  INSERT INTO charge (checkout_id, amount, status) VALUES ($1::uuid, $2::bigint, $3::text)`;

/** Step 3: $1 checkout. */
export const confirm = `
  UPDATE reservation SET status = 'SOLD' WHERE checkout_id = $1::uuid AND status = 'HELD'`;

/** Step 4: $1 order, $2 ids, $3 codes. */
export const issueTokens = `
  INSERT INTO issued_token (id, code, order_id)
  SELECT t.id, t.code, $1::uuid FROM unnest($2::uuid[], $3::text[]) AS t (id, code)`;

/** Step 5: $1 buyer, $2 units, $3 amount. */
export const countPurchase = `
  INSERT INTO buyer_statistics AS s (buyer_id, orders, units, spent) VALUES ($1::uuid, 1, $2::int, $3::bigint)
  ON CONFLICT (buyer_id) DO UPDATE
    SET orders = s.orders + 1, units = s.units + excluded.units, spent = s.spent + excluded.spent`;

/** The end: $1 order, $2 status. */
export const endOrder = 'UPDATE placed_order SET status = $2::text WHERE id = $1::uuid';

/** Steps 4 and the end in one statement, as somebody writes it who has all of it in one transaction. */
export const issueTokensAndEnd = `
  WITH ended AS (UPDATE placed_order SET status = 'COMPLETED' WHERE id = $1::uuid)
  ${issueTokens}`;

/** Undoing step 1 and the end in one statement. */
export const releaseAndEnd = `
  WITH ended AS (UPDATE placed_order SET status = 'FAILED' WHERE id = $1::uuid),
  freed AS (
    UPDATE reservation SET status = 'RELEASED' WHERE checkout_id = $1::uuid AND status = 'HELD'
    RETURNING offer_id, quantity
  )
  UPDATE stock SET on_hand = on_hand + freed.quantity FROM freed WHERE stock.offer_id = freed.offer_id`;

/** All of it as one function; answers whether it completed. */
export const buyFunction = `
  CREATE FUNCTION buy(id uuid, buyer uuid, offer uuid, units int, amount bigint, declined boolean,
    token_ids uuid[], codes text[]) RETURNS boolean LANGUAGE plpgsql AS $function$
  BEGIN
    INSERT INTO placed_order (id, buyer_id, offer_id, quantity, amount, status)
    VALUES (buy.id, buyer, offer, units, buy.amount, CASE WHEN declined THEN 'FAILED' ELSE 'COMPLETED' END);
    UPDATE stock SET on_hand = on_hand - units WHERE offer_id = offer AND on_hand >= units;
    IF NOT FOUND THEN RAISE EXCEPTION 'sold out'; END IF;
    INSERT INTO reservation (checkout_id, offer_id, quantity, status) VALUES (buy.id, offer, units, 'HELD');
    INSERT INTO charge (checkout_id, amount, status)
    VALUES (buy.id, buy.amount, CASE WHEN declined THEN 'DECLINED' ELSE 'CHARGED' END);
    IF declined THEN
      UPDATE reservation SET status = 'RELEASED' WHERE checkout_id = buy.id;
      UPDATE stock SET on_hand = on_hand + units WHERE offer_id = offer;
      RETURN false;
    END IF;
    UPDATE reservation SET status = 'SOLD' WHERE checkout_id = buy.id;
    INSERT INTO issued_token (id, code, order_id)
    SELECT t.id, t.code, buy.id FROM unnest(token_ids, codes) AS t (id, code);
    INSERT INTO buyer_statistics AS s (buyer_id, orders, units, spent) VALUES (buyer, 1, buy.units, buy.amount)
    ON CONFLICT (buyer_id) DO UPDATE
      SET orders = s.orders + 1, units = s.units + excluded.units, spent = s.spent + excluded.spent;
    RETURN true;
  END $function$`;
