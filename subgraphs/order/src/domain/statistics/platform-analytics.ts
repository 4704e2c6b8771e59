import type { EntityManager } from 'typeorm';
import { groupBy } from '@souk/shared/group-by';
import type { Money } from '@souk/shared/money';
import type { CurrencyRow } from './current-figures.js';
import { amountsOf, currentGeneration, requireCompleteFigures, totalOf } from './current-figures.js';
import type { DayRange } from './day-range.js';
import { addDays, blockColumns, blocksOf, dayOf, listDays, noEnd, noStart } from './day-range.js';

/** Figures about the orders of the platform in a range of days. */
export interface OrderTotals {
  orders: number;
  completedOrders: number;
  gross: Money[];
  refunded: Money[];
  /** Tokens that are not revoked. */
  validTokens: number;
  redeemed: number;
  /** The last days of the range, ascending, also those without an order. */
  byDay: DayTotals[];
}

/** Figures about the orders of one day. */
export interface DayTotals {
  /** YYYY-MM-DD. */
  date: string;
  orders: number;
  gross: Money[];
}

/** A listing with its sales. */
export interface ListingTotals {
  /** UUID. */
  listingId: string;
  units: number;
  gross: Money[];
}

/** Days that are listed at most. */
const mostDays = 366;

interface DayRow extends CurrencyRow {
  day: string;
  placed: string;
  completed: string;
  valid: string;
  redeemed: string;
}

/** SQL of `readOrderTotals`, exported for the query plan test. */
export const orderTotalsSql = `
  SELECT d.day::text, d.currency, sum(d.placed) AS placed, sum(d.completed) AS completed, sum(d.gross) AS gross,
    sum(d.refunded) AS refunded, sum(d.valid) AS valid, sum(d.redeemed) AS redeemed
  FROM (
    SELECT day, currency, placed, completed, gross, refunded, valid, redeemed FROM daily_orders
    WHERE generation = ${currentGeneration} AND day >= $1 AND day < $2
    UNION ALL
    SELECT day, currency, placed, completed, gross, refunded, 0, 0 FROM order_delta WHERE day >= $1 AND day < $2
    UNION ALL
    SELECT day, currency, 0, 0, 0, 0, valid, redeemed FROM line_delta
    WHERE day >= $1 AND day < $2 AND (valid <> 0 OR redeemed <> 0)
  ) AS d GROUP BY 1, 2 ORDER BY 1, 2`;

/** Reads the figures about orders of a range of days; `now` ends a range without an end. @throws Unavailable */
export async function readOrderTotals(
  manager: EntityManager,
  range: DayRange,
  now: Date,
): Promise<OrderTotals> {
  await requireCompleteFigures(manager);
  const rows: DayRow[] = await manager.query(orderTotalsSql, [range.from, range.to]);
  const byDay = groupBy(rows, ({ day }) => day);
  return {
    orders: totalOf(rows, 'placed'),
    completedOrders: totalOf(rows, 'completed'),
    ...amountsByCurrency(rows),
    validTokens: totalOf(rows, 'valid'),
    redeemed: totalOf(rows, 'redeemed'),
    byDay: shownDays(range, rows, now).map((date) => {
      const own = byDay.get(date) ?? [];
      return { date, orders: totalOf(own, 'placed'), gross: amountsOf(own, 'gross') };
    }),
  };
}

function amountsByCurrency(rows: readonly DayRow[]): { gross: Money[]; refunded: Money[] } {
  const sums = [...groupBy(rows, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => ({
      currency,
      gross: totalOf(own, 'gross').toString(),
      refunded: totalOf(own, 'refunded').toString(),
    }));
  return { gross: amountsOf(sums, 'gross'), refunded: amountsOf(sums, 'refunded') };
}

/** A range without bounds is shown from its first order until today. */
function shownDays({ from, to }: DayRange, rows: readonly DayRow[], now: Date): string[] {
  const tomorrow = addDays(dayOf(now), 1);
  const end = to === noEnd ? tomorrow : to;
  const first = rows[0]?.day ?? end;
  return listDays({ from: from === noStart ? first : from, to: end }, mostDays);
}

const soldInBlocks = `
  FROM unnest($1::int[], $2::date[]) AS b (days, day)
  JOIN listing_sales f ON f.generation = ${currentGeneration} AND f.days = b.days AND f.day = b.day`;

/** SQL of `readTopListings`, exported for the query plan test. Money is read of the first listings only. */
export const topListingsSql = `
  WITH top AS MATERIALIZED (
    SELECT s.listing_id, sum(s.units) AS units FROM (
      SELECT f.listing_id, f.units ${soldInBlocks}
      UNION ALL SELECT listing_id, units FROM line_delta WHERE day >= $3 AND day < $4
    ) AS s GROUP BY 1 HAVING sum(s.units) > 0 ORDER BY 2 DESC, 1 LIMIT $5
  )
  SELECT top.listing_id AS id, top.units, s.currency, sum(s.gross) AS gross, '0' AS refunded
  FROM top JOIN (
    SELECT f.listing_id, f.currency, f.gross ${soldInBlocks} JOIN top ON top.listing_id = f.listing_id
    UNION ALL SELECT listing_id, currency, gross FROM line_delta WHERE day >= $3 AND day < $4
  ) AS s ON s.listing_id = top.listing_id
  GROUP BY 1, 2, 3 ORDER BY 2 DESC, 1, 3`;

/** Reads the listings with the most units of a range of days, at most `limit`. @throws Unavailable */
export async function readTopListings(
  manager: EntityManager,
  range: DayRange,
  { limit, now }: { limit: number; now: Date },
): Promise<ListingTotals[]> {
  await requireCompleteFigures(manager);
  const rows: (CurrencyRow & { id: string; units: string })[] = await manager.query(topListingsSql, [
    ...blockColumns(blocksOf(range, now)),
    range.from,
    range.to,
    limit,
  ]);
  return [...groupBy(rows, ({ id }) => id)].map(([listingId, own]) => ({
    listingId,
    units: Number(own[0]?.units),
    gross: amountsOf(own, 'gross'),
  }));
}
