import type { EntityManager } from 'typeorm';

/** What the platform owes a partner in one currency, and how that comes about. Minor units; due may be negative. */
export interface Balance {
  currency: string;
  /** What buyers paid for what the partner sells. */
  gross: number;
  /** What the platform keeps of it, less what it gave back with refunds. */
  commission: number;
  /** What went back to buyers, or is on its way, or is held in disputes. */
  refunded: number;
  paidOut: number;
  /** gross - commission - refunded - paidOut: what the ledger holds for the partner. */
  due: number;
}

/** More than ISO 4217 has. */
const maxCurrencies = 200;

/** The balances of each of the partners, by currency. */
export async function balancesOf(
  manager: EntityManager,
  partnerIds: readonly string[],
): Promise<Map<string, Balance[]>> {
  const rows: (Record<Exclude<keyof Balance, 'currency'>, string> & { partner: string; currency: string })[] =
    await manager.query(
      `SELECT partner_id AS partner, currency,
         -coalesce(sum(amount) FILTER (WHERE kind = 'SALE'), 0) AS gross,
         -coalesce(sum(amount) FILTER (WHERE account = 'platform_revenue'), 0) AS commission,
         coalesce(sum(amount) FILTER (WHERE kind NOT IN ('SALE', 'PAYOUT')), 0) AS refunded,
         coalesce(sum(amount) FILTER (WHERE kind = 'PAYOUT'), 0) AS "paidOut",
         -coalesce(sum(amount) FILTER (WHERE account = 'partner_payable'), 0) AS due
       FROM ledger_entry WHERE partner_id = ANY($1)
       GROUP BY partner_id, currency ORDER BY partner_id, currency LIMIT $2`,
      [partnerIds, partnerIds.length * maxCurrencies],
    );
  const balances = new Map<string, Balance[]>(partnerIds.map((id) => [id, []]));
  for (const { partner, currency, ...sums } of rows) {
    const [gross, commission, refunded, paidOut, due] = [
      sums.gross,
      sums.commission,
      sums.refunded,
      sums.paidOut,
      sums.due,
    ].map(Number) as [number, number, number, number, number];
    balances.get(partner)?.push({ currency, gross, commission, refunded, paidOut, due });
  }
  return balances;
}
