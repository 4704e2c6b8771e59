// The SQL of the five steps for many checkouts at a time, as our participants write it.

/** The entry: $1 ids, $2 buyers, $3 offers, $4 quantities, $5 amounts. */
export const placeOrders = `
  INSERT INTO placed_order (id, buyer_id, offer_id, quantity, amount, status)
  SELECT *, 'PENDING' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::bigint[])`;

/** Locks the stock of offers, in order: $1 offers. */
export const lockStock = `
  SELECT offer_id, on_hand FROM stock WHERE offer_id = ANY($1::uuid[]) ORDER BY offer_id FOR NO KEY UPDATE`;

/** Step 1, of units that are there: $1 offers, $2 their units in all; $3 checkouts, $4 offers, $5 quantities. */
export const reserveMany = `
  WITH taken AS (
    UPDATE stock s SET on_hand = s.on_hand - t.units FROM unnest($1::uuid[], $2::int[]) AS t (offer_id, units)
    WHERE s.offer_id = t.offer_id
  )
  INSERT INTO reservation (checkout_id, offer_id, quantity, status)
  SELECT checkout_id, offer_id, quantity, 'HELD'
  FROM unnest($3::uuid[], $4::uuid[], $5::int[]) AS r (checkout_id, offer_id, quantity)`;

/** Undoes step 1: $1 checkouts. */
export const releaseMany = `
  WITH freed AS (
    UPDATE reservation SET status = 'RELEASED' WHERE checkout_id = ANY($1::uuid[]) AND status = 'HELD'
    RETURNING offer_id, quantity
  ), sums AS (SELECT offer_id, sum(quantity) AS units FROM freed GROUP BY offer_id)
  UPDATE stock SET on_hand = on_hand + sums.units FROM sums WHERE stock.offer_id = sums.offer_id`;

/** Step 2: $1 checkouts, $2 amounts, $3 CHARGED or DECLINED. */
export const chargeMany = `
  INSERT INTO charge (checkout_id, amount, status) SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[])`;

/** Step 3: $1 checkouts. */
export const confirmMany = `
  UPDATE reservation SET status = 'SOLD' WHERE checkout_id = ANY($1::uuid[]) AND status = 'HELD'`;

/** Step 4: $1 ids, $2 codes, $3 orders. */
export const issueTokensMany = `
  INSERT INTO issued_token (id, code, order_id) SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[])`;

/** Step 5: $1 buyers, $2 units, $3 amounts. */
export const countPurchases = `
  INSERT INTO buyer_statistics AS s (buyer_id, orders, units, spent)
  SELECT buyer_id, count(*), sum(units), sum(amount)
  FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS p (buyer_id, units, amount)
  GROUP BY buyer_id ORDER BY buyer_id
  ON CONFLICT (buyer_id) DO UPDATE
    SET orders = s.orders + excluded.orders, units = s.units + excluded.units, spent = s.spent + excluded.spent`;

/** The end: $1 orders, $2 status. */
export const endOrders = 'UPDATE placed_order SET status = $2::text WHERE id = ANY($1::uuid[])';
