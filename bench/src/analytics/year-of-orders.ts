import type { Queryable } from '@souk/shared/postgres';

/** How much a year has. */
export interface YearSize {
  orders: number;
  listings: number;
  partners: number;
  buyers: number;
}

const batch = 50_000;
const tables = ['customer_order', 'order_line', 'purchase_token', 'saga'];

/** Some listings and buyers have much more than others, as in a shop. */
const skewed = (count: string): string => `floor(${count} * power(random(), 3))::int`;
/** A UUID for each number. */
const idOf = (kind: number, number: string): string =>
  `('0000000${kind}-0000-4000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** The id of the listing, partner or buyer with the most. */
export const largest = { listing: idOf(1, '0'), partner: idOf(2, '0'), buyer: idOf(3, '0') };

/**
 * Writes orders of the last 365 days, most of them completed, with lines, tokens and checkouts, by SQL. A listing has one
 * partner and one of three currencies. One connection does all. Triggers are off meanwhile: a rebuild counts the orders.
 */
export async function writeYear(connection: Queryable, size: YearSize): Promise<void> {
  for (const table of tables) await connection.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (let first = 0; first < size.orders; first += batch) {
    await writeOrders(connection, first, Math.min(batch, size.orders - first), size);
  }
  for (const table of tables) await connection.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await connection.query('CREATE INDEX bench_line_listing ON order_line (listing_id)');
  await connection.query('CREATE INDEX bench_line_partner ON order_line (partner_id)');
}

async function writeOrders(
  connection: Queryable,
  first: number,
  count: number,
  { orders, listings, partners, buyers }: YearSize,
): Promise<void> {
  await connection.query(
    `CREATE TEMP TABLE new_order AS
     SELECT ${idOf(4, 'n')} AS id, ${idOf(5, 'n')} AS checkout_id, n, ${skewed(buyers.toString())} AS buyer,
       (ARRAY['EUR', 'USD', 'GBP'])[1 + n % 3] AS currency, random() AS fate,
       date_trunc('day', now(), 'UTC') - (1 - n / $3::float8) * interval '365 days' AS placed_at,
       (60 * exp(random() * 3) + CASE WHEN random() < 0.05 THEN random() * 1800000 ELSE 0 END) * interval '1 millisecond' AS took
     FROM generate_series($1::int, $2::int) AS n`,
    [first, first + count - 1, orders],
  );
  await connection.query(
    `CREATE TEMP TABLE new_line AS
     SELECT o.id AS order_id, o.n, o.currency, o.fate, o.placed_at, o.buyer, p AS position,
       3 * ${skewed((listings / 3).toString())} + o.n % 3 AS listing, 1 + floor(random() * 3)::int AS quantity,
       500 + floor(random() * 9500)::int AS unit_amount
     FROM new_order o CROSS JOIN LATERAL generate_series(0, o.n % 2) AS p`,
  );
  // 8 % of the checkouts fail, 3 % of the orders are canceled, 2 % are refunded in part.
  await connection.query(
    `INSERT INTO customer_order (id, number, customer_id, checkout_id, status, payment_status, currency, total_amount,
       refunded_amount, placed_at, paid_at)
     SELECT o.id, 'S-' || o.n, ${idOf(3, 'o.buyer')}, o.checkout_id, CASE WHEN o.fate < 0.11 THEN 'CANCELLED' ELSE 'COMPLETED' END,
       CASE WHEN o.fate < 0.08 THEN 'UNPAID' WHEN o.fate < 0.11 THEN 'REFUNDED' ELSE 'PAID' END, o.currency, l.total,
       CASE WHEN o.fate < 0.08 THEN 0 WHEN o.fate < 0.11 THEN l.total WHEN o.fate < 0.13 THEN l.total / 3 ELSE 0 END, o.placed_at,
       CASE WHEN o.fate < 0.08 THEN NULL ELSE o.placed_at END
     FROM new_order o JOIN (
       SELECT order_id, sum(quantity * unit_amount) AS total FROM new_line GROUP BY 1) AS l ON l.order_id = o.id`,
  );
  await connection.query(
    `INSERT INTO order_line (id, order_id, position, offer_id, listing_id, partner_id, title, quantity, seat_ids, unit_amount,
       currency, fulfilment)
     SELECT gen_random_uuid(), order_id, position, ${idOf(6, 'listing')}, ${idOf(1, 'listing')},
       ${idOf(2, `listing % ${partners}`)}, 'A thing', quantity, '{}', unit_amount, currency, 'TICKET'
     FROM new_line`,
  );
  await connection.query(
    `INSERT INTO purchase_token (id, code, kind, status, holder_id, order_id, line_id, unit, offer_id, listing_id,
       price_amount, currency, purchased_at)
     SELECT gen_random_uuid(), gen_random_uuid()::text, 'TICKET',
       CASE WHEN o.fate < 0.11 THEN 'REVOKED' WHEN random() < 0.7 THEN 'REDEEMED' ELSE 'ACTIVE' END,
       ${idOf(3, 'o.buyer')}, l.order_id, l.id, 0, l.offer_id, l.listing_id, l.unit_amount, l.currency, o.placed_at
     FROM new_order o JOIN order_line l ON l.order_id = o.id WHERE o.fate >= 0.08`,
  );
  await connection.query(
    `INSERT INTO saga (id, transaction_id, definition, definition_version, input, state, status, version, order_id, user_id,
       started_at, completed_at)
     SELECT checkout_id, 'SAGA-' || n, 'checkout', 1, '{}', CASE WHEN fate < 0.08 THEN json_build_object(
         'steps', json_build_array(json_build_object('name', CASE WHEN fate < 0.03 THEN 'RESERVE_ITEMS' ELSE 'PROCESS_PAYMENT' END, 'error', 'x')),
         'failure', json_build_object('code', CASE WHEN fate < 0.03 THEN 'INSUFFICIENT_STOCK' ELSE 'PAYMENT_DECLINED' END))
       ELSE '{}' END, CASE WHEN fate < 0.08 THEN 'FAILED' ELSE 'COMPLETED' END, 9, id, ${idOf(3, 'buyer')}, placed_at,
       placed_at + took
     FROM new_order`,
  );
  await connection.query('DROP TABLE new_order, new_line');
}
