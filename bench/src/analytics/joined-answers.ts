import type { DataSource } from 'typeorm';

// The same answers by joins at question time, with an index for each.

/** A range of times, `from` to before `to`. */
export interface Year {
  from: Date;
  to: Date;
}

/** Queries without the time limit of a subgraph's statements. */
function withoutLimit<Row>(source: DataSource, sql: string, values: unknown[]): Promise<Row[]> {
  return source.transaction(async (manager) => {
    await manager.query('SET LOCAL statement_timeout = 0');
    return manager.query(sql, values);
  });
}

/** Orders, amounts and tokens by day. */
export function joinOrderTotals(source: DataSource, { from, to }: Year): Promise<unknown[]> {
  return withoutLimit(
    source,
    `WITH orders AS (
       SELECT (placed_at AT TIME ZONE 'UTC')::date AS day, currency, count(*) AS placed,
         count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
         sum(total_amount) FILTER (WHERE paid_at IS NOT NULL) AS gross,
         sum(refunded_amount) FILTER (WHERE paid_at IS NOT NULL) AS refunded
       FROM customer_order WHERE placed_at >= $1 AND placed_at < $2 GROUP BY 1, 2
     ), tokens AS (
       SELECT (o.placed_at AT TIME ZONE 'UTC')::date AS day, o.currency, count(*) FILTER (WHERE t.status <> 'REVOKED') AS valid,
         count(*) FILTER (WHERE t.status = 'REDEEMED') AS redeemed
       FROM customer_order o JOIN purchase_token t ON t.order_id = o.id
       WHERE o.placed_at >= $1 AND o.placed_at < $2 GROUP BY 1, 2
     ) SELECT * FROM orders LEFT JOIN tokens USING (day, currency)`,
    [from, to],
  );
}

/** Ended checkouts: percentiles, and failures by step and reason. */
export function joinCheckoutTotals(source: DataSource, { from, to }: Year): Promise<unknown[]> {
  return withoutLimit(
    source,
    `WITH ended AS MATERIALIZED (
       SELECT s.status, s.started_at, s.completed_at, CASE WHEN s.status = 'FAILED' THEN s.state END AS state
       FROM customer_order o JOIN saga s ON s.id = o.checkout_id
       WHERE o.placed_at >= $1 AND o.placed_at < $2 AND s.status IN ('COMPLETED', 'FAILED')
     )
     SELECT (SELECT count(*) FROM ended WHERE status = 'COMPLETED') AS completed,
       (SELECT percentile_disc(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM completed_at - started_at)::float8 * 1000)
        FROM ended WHERE status = 'COMPLETED') AS percentiles,
       (SELECT json_agg(f) FROM (
          SELECT (SELECT e->>'name' FROM json_array_elements(state->'steps') AS e WHERE e->>'error' IS NOT NULL LIMIT 1) AS step,
            state->'failure'->>'code' AS code, count(*) AS checkouts
          FROM ended WHERE status = 'FAILED' GROUP BY 1, 2) AS f) AS failures`,
    [from, to],
  );
}

/** The listings with the most units. */
export function joinTopListings(source: DataSource, { from, to }: Year): Promise<unknown[]> {
  return withoutLimit(
    source,
    `SELECT l.listing_id AS id, sum(l.quantity) FILTER (WHERE o.status <> 'CANCELLED') AS units,
       sum(l.quantity * l.unit_amount) AS gross
     FROM customer_order o JOIN order_line l ON l.order_id = o.id
     WHERE o.placed_at >= $1 AND o.placed_at < $2 AND o.paid_at IS NOT NULL
     GROUP BY 1 ORDER BY 2 DESC NULLS LAST, 1 LIMIT 10`,
    [from, to],
  );
}

/** The sales of a partner or a listing. Their refunds would need the shares of lines; they are left out. */
export function joinSales(
  source: DataSource,
  column: 'partner_id' | 'listing_id',
  id: string,
  { from, to }: Year,
): Promise<unknown[]> {
  return withoutLimit(
    source,
    `SELECT o.currency, count(DISTINCT o.id) FILTER (WHERE o.status <> 'CANCELLED') AS orders,
       sum(l.quantity) FILTER (WHERE o.status <> 'CANCELLED') AS units, sum(l.quantity * l.unit_amount) AS gross,
       sum(t.redeemed) AS redeemed
     FROM order_line l JOIN customer_order o ON o.id = l.order_id CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE status = 'REDEEMED') AS redeemed FROM purchase_token t
       WHERE t.order_id = l.order_id AND t.line_id = l.id) AS t
     WHERE l.${column} = $1 AND o.placed_at >= $2 AND o.placed_at < $3 AND o.paid_at IS NOT NULL
     GROUP BY 1`,
    [id, from, to],
  );
}

/** A buyer's purchases. */
export function joinPurchases(source: DataSource, id: string): Promise<unknown[]> {
  return withoutLimit(
    source,
    `SELECT o.currency, count(*) AS orders, count(*) FILTER (WHERE o.status = 'COMPLETED') AS completed,
       sum(o.total_amount - o.refunded_amount) FILTER (WHERE o.paid_at IS NOT NULL) AS spent,
       sum(l.units) FILTER (WHERE o.paid_at IS NOT NULL AND o.status <> 'CANCELLED') AS units, max(o.placed_at) AS last
     FROM customer_order o CROSS JOIN LATERAL (
       SELECT sum(quantity) AS units FROM order_line WHERE order_id = o.id) AS l
     WHERE o.customer_id = $1 GROUP BY 1`,
    [id],
  );
}
