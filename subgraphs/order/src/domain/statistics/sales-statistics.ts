import type { EntityManager } from 'typeorm';
import { groupBy } from '@souk/shared/group-by';
import type { Money } from '@souk/shared/money';
import type { CurrencyRow } from './current-figures.js';
import { amountsOf, currentGeneration, requireCompleteFigures, totalOf } from './current-figures.js';
import type { DayRange } from './day-range.js';

/** Figures about the sales of a listing or a partner. */
export interface SalesStatistics {
  orders: number;
  units: number;
  /** By currency. */
  gross: Money[];
  refunded: Money[];
  /** Tokens that are not revoked. */
  validTokens: number;
  redeemed: number;
}

/** The figures of a listing that was never sold. */
export const noSales: SalesStatistics = {
  orders: 0,
  units: 0,
  gross: [],
  refunded: [],
  validTokens: 0,
  redeemed: 0,
};

interface SalesRow extends CurrencyRow {
  id: string;
  orders: string;
  units: string;
  valid: string;
  redeemed: string;
}

const sums = `s.currency, sum(s.orders) AS orders, sum(s.units) AS units, sum(s.gross) AS gross, sum(s.refunded) AS refunded,
    sum(s.valid) AS valid, sum(s.redeemed) AS redeemed`;

/** SQL of `readPartnerSales`, exported for the query plan test. */
export const partnerSalesSql = `
  SELECT s.partner_id AS id, ${sums} FROM (
    SELECT partner_id, currency, orders, units, gross, refunded, valid, redeemed FROM partner_sales
    WHERE generation = ${currentGeneration} AND partner_id = ANY($1) AND day >= $2 AND day < $3
    UNION ALL
    SELECT partner_id, currency, partner_orders, units, gross, refunded, valid, redeemed FROM line_delta
    WHERE partner_id = ANY($1) AND day >= $2 AND day < $3
  ) AS s GROUP BY 1, 2 ORDER BY 2`;

/** SQL of `readListingSales`, exported for the query plan test. */
export const listingSalesSql = `
  SELECT s.listing_id AS id, ${sums} FROM (
    SELECT listing_id, currency, orders, units, gross, refunded, valid, redeemed FROM listing_sales
    WHERE generation = ${currentGeneration} AND listing_id = ANY($1) AND days = 256
    UNION ALL
    SELECT listing_id, currency, orders, units, gross, refunded, valid, redeemed FROM line_delta
    WHERE listing_id = ANY($1)
  ) AS s GROUP BY 1, 2 ORDER BY 2`;

/** Reads the sales of partners (UUIDs), by the days of the orders, in the order given. @throws Unavailable */
export async function readPartnerSales(
  manager: EntityManager,
  partnerIds: readonly string[],
  { from, to }: DayRange,
): Promise<SalesStatistics[]> {
  await requireCompleteFigures(manager);
  return inOrder(partnerIds, await manager.query(partnerSalesSql, [partnerIds, from, to]));
}

/** Reads all sales of listings (UUIDs), in the order given. @throws Unavailable */
export async function readListingSales(
  manager: EntityManager,
  listingIds: readonly string[],
): Promise<SalesStatistics[]> {
  await requireCompleteFigures(manager);
  return inOrder(listingIds, await manager.query(listingSalesSql, [listingIds]));
}

function inOrder(ids: readonly string[], rows: readonly SalesRow[]): SalesStatistics[] {
  const byId = groupBy(rows, ({ id }) => id);
  return ids.map((id) => {
    const own = byId.get(id) ?? [];
    return {
      orders: totalOf(own, 'orders'),
      units: totalOf(own, 'units'),
      gross: amountsOf(own, 'gross'),
      refunded: amountsOf(own, 'refunded'),
      validTokens: totalOf(own, 'valid'),
      redeemed: totalOf(own, 'redeemed'),
    };
  });
}
