import type { Client as Connection } from 'pg';

/** Codes of the API. */
const reasons =
  `INVALID NOT_FOUND CONFLICT CART_EMPTY CART_LOCKED CURRENCY_MISMATCH INSUFFICIENT_STOCK SEAT_UNAVAILABLE
  SEAT_REQUIRED NOT_ON_SALE MAX_PER_ORDER TOO_MANY_HOLDS PRICE_CHANGED USER_NOT_ELIGIBLE PAYMENT_DECLINED PAYMENT_EXPIRED
  IDEMPOTENCY_CONFLICT ILLEGAL_TRANSITION NOT_CANCELLABLE TOKEN_UNKNOWN TOKEN_ALREADY_REDEEMED TOKEN_REVOKED
  TOKEN_NOT_YET_VALID TOKEN_EXPIRED WRONG_LISTING NOT_OWNER SERVICE_UNAVAILABLE ADDRESS_REQUIRED TOO_MANY_OPEN_CHECKOUTS
  TOO_MANY_ATTEMPTS`.split(/\s+/);

/** Statistics in every currency, of more days than are listed, and of more listings and reasons than are. Ids are UUIDs. */
export async function fillStatistics(
  connection: Connection,
  { user, listing, partner }: { user: string; listing: string; partner: string },
): Promise<void> {
  const currencies = Intl.supportedValuesOf('currency');
  const fill = (table: string, columns: string, values: string, from: string, others: unknown[] = []) =>
    connection.query(
      `INSERT INTO ${table} (generation, removed, currency, ${columns})
       SELECT s.generation, true, c.currency, ${values}
       FROM statistics_state s, unnest($1::text[]) AS c (currency), ${from}`,
      [currencies, ...others],
    );
  const sales = ['orders, units, gross, refunded, valid, redeemed', '1, 1, 2000000, 1000000, 1, 1'];
  await fill(
    'daily_orders',
    'day, placed, completed, cancelled, gross, refunded, valid, redeemed',
    'current_date - d, 1, 1, 0, 2000000, 1000000, 1, 1',
    "generate_series(0, CASE c.currency WHEN 'EUR' THEN 370 ELSE 0 END) AS d",
  );
  await fill(
    'partner_sales',
    `partner_id, day, ${sales[0]}`,
    `$2::uuid, current_date, ${sales[1]}`,
    '(VALUES (1)) AS one',
    [partner],
  );
  await fill(
    'listing_sales',
    `days, day, listing_id, ${sales[0]}`,
    `256, DATE '2000-01-01' + (current_date - DATE '2000-01-01') / 256 * 256, l.id, ${sales[1]}`,
    '(SELECT $2::uuid AS id UNION ALL SELECT gen_random_uuid() FROM generate_series(1, 101)) AS l',
    [listing],
  );
  await fill(
    'buyer_purchases',
    'user_id, placed, completed, cancelled, units, gross, refunded',
    '$2::uuid, 1, 1, 0, 1, 2000000, 1000000',
    '(VALUES (1)) AS one',
    [user],
  );
  await connection.query(
    `INSERT INTO checkout_failures (generation, removed, day, step, code, checkouts)
     SELECT s.generation, true, current_date, step, code, 1
     FROM statistics_state s,
       unnest('{"",VALIDATE_USER,RESERVE_ITEMS,PROCESS_PAYMENT,CONFIRM_ITEMS,GENERATE_TOKENS,UPDATE_STATS}'::text[]) AS step,
       unnest($1::text[]) AS code`,
    [reasons],
  );
}
