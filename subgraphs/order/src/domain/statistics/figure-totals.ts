import { blockLengths, firstDay } from './day-range.js';

// How deltas are added to the figures: by the fold, whose deltas are those that triggers appended, and by a rebuild,
// which derives them from orders.

const sum = (columns: readonly string[]): string => columns.map((column) => `sum(${column})`).join(', ');
const add = (table: string, columns: readonly string[]): string =>
  columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(', ');

interface Target {
  table: string;
  key: readonly string[];
  figures: readonly string[];
  /** The deltas with the key, but for the generation, and the figures. */
  deltas: string;
}

const sales = ['orders', 'units', 'gross', 'refunded', 'valid', 'redeemed'];

/** Each delta counts for its day, and for the longer blocks that have it. */
const blocks = `(VALUES ${blockLengths.map((days) => `(${days})`).join(', ')}) AS b (days)`;
const blockDay = `DATE '${firstDay}' + (d.day - DATE '${firstDay}') / b.days * b.days`;

const targets: readonly Target[] = [
  {
    table: 'daily_orders',
    key: ['day', 'currency', 'removed'],
    figures: ['placed', 'completed', 'cancelled', 'gross', 'refunded', 'valid', 'redeemed'],
    deltas: `
      SELECT day, currency, removed, placed, completed, cancelled, gross, refunded, 0 AS valid, 0 AS redeemed
      FROM order_deltas
      UNION ALL SELECT day, currency, removed, 0, 0, 0, 0, 0, valid, redeemed FROM line_deltas`,
  },
  {
    table: 'partner_sales',
    key: ['partner_id', 'day', 'currency', 'removed'],
    figures: sales,
    deltas: `
      SELECT partner_id, day, currency, removed, partner_orders AS orders, units, gross, refunded, valid, redeemed
      FROM line_deltas WHERE partner_id IS NOT NULL`,
  },
  {
    table: 'listing_sales',
    key: ['days', 'day', 'listing_id', 'currency', 'removed'],
    figures: sales,
    deltas: `
      SELECT b.days, ${blockDay} AS day, d.listing_id, d.currency, d.removed, d.orders, d.units, d.gross, d.refunded,
        d.valid, d.redeemed
      FROM line_deltas d CROSS JOIN ${blocks}`,
  },
  {
    table: 'buyer_purchases',
    key: ['user_id', 'currency', 'removed'],
    figures: ['placed', 'completed', 'cancelled', 'units', 'gross', 'refunded'],
    deltas: `
      SELECT user_id, currency, removed, placed, completed, cancelled, 0 AS units, gross, refunded FROM order_deltas
      UNION ALL SELECT user_id, currency, removed, 0, 0, 0, units, 0, 0 FROM line_deltas WHERE units <> 0`,
  },
  {
    table: 'checkout_durations',
    key: ['days', 'day', 'bucket', 'removed'],
    figures: ['checkouts'],
    deltas: `
      SELECT b.days, ${blockDay} AS day, d.bucket, d.removed, d.checkouts
      FROM checkout_deltas d CROSS JOIN ${blocks} WHERE d.bucket IS NOT NULL`,
  },
  {
    table: 'checkout_failures',
    key: ['day', 'step', 'code', 'removed'],
    figures: ['checkouts'],
    deltas: 'SELECT day, step, code, removed, checkouts FROM checkout_deltas WHERE step IS NOT NULL',
  },
];

/** The tables of figures, each with a column `generation`. */
export const figureTables: readonly string[] = targets.map(({ table }) => table);

/** Columns of each table but for the generation. */
export const figureColumns: ReadonlyMap<string, readonly string[]> = new Map(
  targets.map(({ table, key, figures }) => [table, [...key, ...figures]]),
);

/**
 * The end of a statement that has the CTEs order_deltas, line_deltas and checkout_deltas, with the columns of the tables of
 * deltas: adds them to the figures of a generation.
 * @param generation SQL of the generation
 */
export function addDeltas(generation: string): string {
  return targets
    .map(
      ({ table, key, figures, deltas }) => `
  ${table}_added AS (
    INSERT INTO ${table} (generation, ${[...key, ...figures].join(', ')})
    SELECT ${generation}, ${key.join(', ')}, ${sum(figures)}
    FROM (${deltas}) AS deltas GROUP BY ${key.join(', ')} ORDER BY ${key.join(', ')}
    ON CONFLICT (generation, ${key.join(', ')}) DO UPDATE SET ${add(table, figures)})`,
    )
    .join(',');
}
