import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The day (UTC) of an order. */
const day = (order: string) => `(${order}.placed_at AT TIME ZONE 'UTC')::date`;

/** The rows before a statement count negatively, those after it positively. */
const signed = { INSERT: 'new', UPDATE: 'both', DELETE: 'old' } as const;
const rows = {
  new: 'SELECT 1 AS sign, n.* FROM new_rows n',
  old: 'SELECT -1 AS sign, o.* FROM old_rows o',
  both: 'SELECT -1 AS sign, o.* FROM old_rows o UNION ALL SELECT 1, n.* FROM new_rows n',
};

type Operation = keyof typeof signed;
const operations: readonly Operation[] = ['INSERT', 'UPDATE', 'DELETE'];

/** A deletion takes the figures from the living rows and adds them to those of removed ones. */
const placesOf = (operation: Operation) =>
  operation === 'DELETE' ? '(VALUES (false, 1), (true, -1))' : '(VALUES (false, 1))';

const orderDeltas = (operation: Operation) => `
  INSERT INTO order_delta (order_id, removed, day, user_id, currency, placed, completed, cancelled, gross, refunded)
  SELECT d.id, p.removed, d.day, d.customer_id, d.currency, p.sign * d.placed, p.sign * d.completed,
    p.sign * d.cancelled, p.sign * d.gross, p.sign * d.refunded
  FROM (
    SELECT r.id, ${day('r')} AS day, r.customer_id, r.currency, sum(r.sign) AS placed,
      sum(r.sign * (r.status = 'COMPLETED')::int) AS completed,
      sum(r.sign * (r.status = 'CANCELLED')::int) AS cancelled,
      sum(CASE WHEN r.paid_at IS NULL THEN 0 ELSE r.sign * r.total_amount END) AS gross,
      sum(CASE WHEN r.paid_at IS NULL THEN 0 ELSE r.sign * r.refunded_amount END) AS refunded
    FROM (${rows[signed[operation]]}) AS r
    GROUP BY 1, 2, 3, 4
  ) AS d CROSS JOIN ${placesOf(operation)} AS p (removed, sign)
  WHERE d.placed <> 0 OR d.completed <> 0 OR d.cancelled <> 0 OR d.gross <> 0 OR d.refunded <> 0;`;

/** Refunds and cancellations of orders change the figures of their lines. */
const linesOfOrders = `
  INSERT INTO line_delta (order_id, removed, day, user_id, listing_id, partner_id, currency, partner_orders, orders, units,
    gross, refunded, valid, redeemed)
  SELECT c.id, false, c.day, c.customer_id, f.listing_id, f.partner_id, f.currency, f.partner_orders, f.orders, f.units,
    f.gross, f.refunded, 0, 0
  FROM (
    SELECT n.id, ${day('n')} AS day, n.customer_id, o.status AS old_status, o.paid_at AS old_paid_at,
      o.refunded_amount AS old_refunded, n.status, n.paid_at, n.refunded_amount AS refunded,
      ARRAY(SELECT l FROM order_line l WHERE l.order_id = n.id) AS lines
    FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE (o.paid_at IS NULL) <> (n.paid_at IS NULL)
      OR n.paid_at IS NOT NULL AND (o.refunded_amount <> n.refunded_amount
        OR (o.status = 'CANCELLED') <> (n.status = 'CANCELLED'))
  ) AS c CROSS JOIN LATERAL line_changes(c.lines, c.old_status, c.old_paid_at, c.old_refunded,
    c.lines, c.status, c.paid_at, c.refunded) AS f;`;

/** The lines of an order before and after the statement. */
const linesOf: Readonly<Record<Operation, { changed: string; before: string; after: string }>> = {
  INSERT: {
    changed: 'new_rows',
    before: 'SELECT l FROM order_line l WHERE l.order_id = o.id AND l.id NOT IN (SELECT id FROM new_rows)',
    after: 'SELECT l FROM order_line l WHERE l.order_id = o.id',
  },
  UPDATE: {
    changed: 'new_rows',
    before: `SELECT l FROM order_line l WHERE l.order_id = o.id AND l.id NOT IN (SELECT id FROM new_rows)
      UNION ALL SELECT ROW(r.*)::order_line FROM old_rows r WHERE r.order_id = o.id`,
    after: 'SELECT l FROM order_line l WHERE l.order_id = o.id',
  },
  DELETE: {
    changed: 'old_rows',
    before: `SELECT l FROM order_line l WHERE l.order_id = o.id
      UNION ALL SELECT ROW(r.*)::order_line FROM old_rows r WHERE r.order_id = o.id`,
    after: 'SELECT l FROM order_line l WHERE l.order_id = o.id',
  },
};

const lineDeltas = (operation: Operation) => `
  INSERT INTO line_delta (order_id, removed, day, user_id, listing_id, partner_id, currency, partner_orders, orders, units,
    gross, refunded, valid, redeemed)
  SELECT c.id, p.removed, c.day, c.customer_id, f.listing_id, f.partner_id, f.currency, p.sign * f.partner_orders,
    p.sign * f.orders, p.sign * f.units, p.sign * f.gross, p.sign * f.refunded, 0, 0
  FROM (
    SELECT o.id, ${day('o')} AS day, o.customer_id, o.status, o.paid_at, o.refunded_amount AS refunded,
      ARRAY(${linesOf[operation].before}) AS before, ARRAY(${linesOf[operation].after}) AS after
    FROM customer_order o WHERE o.id IN (SELECT order_id FROM ${linesOf[operation].changed}) AND o.paid_at IS NOT NULL
  ) AS c
  CROSS JOIN LATERAL line_changes(c.before, c.status, c.paid_at, c.refunded, c.after, c.status, c.paid_at, c.refunded) AS f
  CROSS JOIN ${placesOf(operation)} AS p (removed, sign);`;

const tokenDeltas = (operation: Operation) => `
  INSERT INTO line_delta (order_id, removed, day, user_id, listing_id, partner_id, currency, partner_orders, orders, units,
    gross, refunded, valid, redeemed)
  SELECT d.order_id, p.removed, d.day, d.customer_id, d.listing_id, d.partner_id, d.currency, 0, 0, 0, 0, 0,
    p.sign * d.valid, p.sign * d.redeemed
  FROM (
    SELECT r.order_id, ${day('o')} AS day, o.customer_id, l.listing_id, l.partner_id, l.currency,
      sum(r.sign * (r.status <> 'REVOKED')::int) AS valid, sum(r.sign * (r.status = 'REDEEMED')::int) AS redeemed
    FROM (${rows[signed[operation]]}) AS r
    JOIN order_line l ON l.id = r.line_id
    JOIN customer_order o ON o.id = r.order_id
    GROUP BY 1, 2, 3, 4, 5, 6
  ) AS d CROSS JOIN ${placesOf(operation)} AS p (removed, sign)
  WHERE d.valid <> 0 OR d.redeemed <> 0;`;

/** The statements of a table's triggers. */
const tables: readonly { table: string; statements: (operation: Operation) => string }[] = [
  {
    table: 'customer_order',
    statements: (operation) => orderDeltas(operation) + (operation === 'UPDATE' ? linesOfOrders : ''),
  },
  { table: 'order_line', statements: lineDeltas },
  { table: 'purchase_token', statements: tokenDeltas },
];

const transitionTables: Readonly<Record<Operation, string>> = {
  INSERT: 'NEW TABLE AS new_rows',
  UPDATE: 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
  DELETE: 'OLD TABLE AS old_rows',
};

/** A checkout that has ended. */
const ended = (row: string) => `${row}.definition = 'checkout' AND ${row}.status IN ('COMPLETED', 'FAILED')`;

/**
 * Appends the deltas of statistics by triggers, in the transaction of the change: several statements of several versions
 * change orders, lines, tokens and sagas, and none of them can omit a figure. A transaction that changes an order's
 * lines holds the order's row lock, and changes the order in another statement: the triggers of one statement would see
 * both changes.
 */
export class StatisticsTriggers1796058100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A refund is that of canceled units first. The rest is divided in proportion to the amounts of the other units. Shares
    // are differences of rounded running totals, so that they add up to the refund.
    await runner.query(`
      CREATE FUNCTION line_figures(lines order_line[], status text, paid_at timestamptz, refund bigint)
      RETURNS TABLE (listing_id uuid, partner_id uuid, currency bpchar, partner_orders int, orders int, units int,
        gross bigint, refunded bigint)
      LANGUAGE sql IMMUTABLE AS $$
        SELECT g.listing_id, g.partner_id, g.currency,
          (row_number() OVER (PARTITION BY g.partner_id ORDER BY g.first) = 1
            AND sum(g.units) OVER (PARTITION BY g.partner_id) > 0)::int,
          (g.units > 0)::int, g.units::int, g.gross::bigint, g.refunded::bigint
        FROM (
          SELECT s.listing_id, s.partner_id, s.currency, min(s.position) AS first, sum(s.units) AS units,
            sum(s.amount) AS gross, sum(
              coalesce(div(least(refund, s.cancelled_of_all) * s.cancelled_so_far, nullif(s.cancelled_of_all, 0))
                - div(least(refund, s.cancelled_of_all) * (s.cancelled_so_far - s.cancelled), nullif(s.cancelled_of_all, 0)), 0)
              + coalesce(div(greatest(refund - s.cancelled_of_all, 0) * s.kept_so_far, nullif(s.kept_of_all, 0))
                - div(greatest(refund - s.cancelled_of_all, 0) * (s.kept_so_far - s.kept), nullif(s.kept_of_all, 0)), 0)
            ) AS refunded
          FROM (
            SELECT l.*, sum(l.cancelled) OVER () AS cancelled_of_all,
              sum(l.cancelled) OVER (ORDER BY l.position ROWS UNBOUNDED PRECEDING) AS cancelled_so_far,
              sum(l.kept) OVER () AS kept_of_all,
              sum(l.kept) OVER (ORDER BY l.position ROWS UNBOUNDED PRECEDING) AS kept_so_far
            FROM (
              SELECT u.listing_id, u.partner_id, u.currency, u.position, u.unit_amount * u.quantity AS amount,
                CASE WHEN status = 'CANCELLED' THEN 0 ELSE u.quantity - cardinality(u.cancelled_units) END AS units,
                u.unit_amount * cardinality(u.cancelled_units) AS cancelled,
                u.unit_amount * (u.quantity - cardinality(u.cancelled_units)) AS kept
              FROM unnest(lines) AS u
            ) AS l
          ) AS s
          WHERE paid_at IS NOT NULL
          GROUP BY 1, 2, 3
        ) AS g
      $$`);
    await runner.query(`
      CREATE FUNCTION line_changes(before order_line[], old_status text, old_paid_at timestamptz, old_refund bigint,
        after order_line[], new_status text, new_paid_at timestamptz, new_refund bigint)
      RETURNS TABLE (listing_id uuid, partner_id uuid, currency bpchar, partner_orders int, orders int, units int,
        gross bigint, refunded bigint)
      LANGUAGE sql IMMUTABLE AS $$
        SELECT f.listing_id, f.partner_id, f.currency, sum(f.sign * f.partner_orders)::int, sum(f.sign * f.orders)::int,
          sum(f.sign * f.units)::int, sum(f.sign * f.gross)::bigint, sum(f.sign * f.refunded)::bigint
        FROM (
          SELECT -1 AS sign, o.* FROM line_figures(before, old_status, old_paid_at, old_refund) o
          UNION ALL SELECT 1, n.* FROM line_figures(after, new_status, new_paid_at, new_refund) n
        ) AS f
        GROUP BY 1, 2, 3
        HAVING sum(f.sign * f.partner_orders) <> 0 OR sum(f.sign * f.orders) <> 0 OR sum(f.sign * f.units) <> 0
          OR sum(f.sign * f.gross) <> 0 OR sum(f.sign * f.refunded) <> 0
      $$`);
    for (const { table, statements } of tables) {
      for (const operation of operations) {
        const name = `${table}_${operation.toLowerCase()}_figures`;
        await runner.query(`
          CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            ${statements(operation)}
            RETURN NULL;
          END $$`);
        await runner.query(`
          CREATE TRIGGER ${name} AFTER ${operation} ON ${table}
          REFERENCING ${transitionTables[operation]} FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`);
      }
    }
    // Bucket b has durations above 1.02^(b-1) and up to 1.02^b milliseconds: the representative is at most 1 % off.
    await runner.query(`
      CREATE FUNCTION checkout_figures(s saga) RETURNS TABLE (day date, bucket int, step text, code text)
      LANGUAGE sql STABLE AS $$
        SELECT (s.started_at AT TIME ZONE 'UTC')::date,
          CASE s.status WHEN 'COMPLETED' THEN
            ceil(ln(greatest(extract(epoch FROM s.completed_at - s.started_at)::float8 * 1000, 1)) / ln(1.02::float8))::int
          END,
          CASE s.status WHEN 'FAILED' THEN coalesce((
            SELECT e->>'name' FROM json_array_elements(s.state->'steps') AS e WHERE e->>'error' IS NOT NULL LIMIT 1), '')
          END,
          CASE s.status WHEN 'FAILED' THEN coalesce(s.state->'failure'->>'code', 'CONFLICT') END
      $$`);
    await runner.query(`
      CREATE FUNCTION saga_figures() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          INSERT INTO checkout_delta (order_id, removed, day, bucket, step, code, checkouts)
          SELECT OLD.order_id, p.removed, f.day, f.bucket, f.step, f.code, p.sign
          FROM checkout_figures(OLD) AS f CROSS JOIN (VALUES (false, -1), (true, 1)) AS p (removed, sign);
        ELSE
          INSERT INTO checkout_delta (order_id, removed, day, bucket, step, code, checkouts)
          SELECT NEW.order_id, false, f.day, f.bucket, f.step, f.code, 1 FROM checkout_figures(NEW) AS f;
        END IF;
        RETURN NULL;
      END $$`);
    // Ended sagas do not change any more.
    await runner.query(`
      CREATE TRIGGER saga_ended_figures AFTER UPDATE OF status ON saga
      FOR EACH ROW WHEN (${ended('NEW')} AND OLD.status <> NEW.status) EXECUTE FUNCTION saga_figures()`);
    await runner.query(`
      CREATE TRIGGER saga_insert_figures AFTER INSERT ON saga
      FOR EACH ROW WHEN (${ended('NEW')}) EXECUTE FUNCTION saga_figures()`);
    await runner.query(`
      CREATE TRIGGER saga_delete_figures AFTER DELETE ON saga
      FOR EACH ROW WHEN (${ended('OLD')}) EXECUTE FUNCTION saga_figures()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const trigger of ['saga_delete_figures', 'saga_insert_figures', 'saga_ended_figures'])
      await runner.query(`DROP TRIGGER ${trigger} ON saga`);
    await runner.query('DROP FUNCTION saga_figures');
    await runner.query('DROP FUNCTION checkout_figures');
    for (const { table } of tables) {
      for (const operation of operations) {
        const name = `${table}_${operation.toLowerCase()}_figures`;
        await runner.query(`DROP TRIGGER ${name} ON ${table}`);
        await runner.query(`DROP FUNCTION ${name}`);
      }
    }
    await runner.query('DROP FUNCTION line_changes');
    await runner.query('DROP FUNCTION line_figures');
  }
}
