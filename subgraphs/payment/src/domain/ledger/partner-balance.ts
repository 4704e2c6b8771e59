import type { EntityManager } from 'typeorm';

/** A partner's balance in one currency, in minor units. `due` may be negative. */
export interface Balance {
  currency: string;
  /** Sales of the partner's goods, commission included. */
  gross: number;
  /** The platform's commission, net of refunded commission. */
  commission: number;
  /** Completed and pending refunds, and money withheld in disputes. */
  refunded: number;
  paidOut: number;
  /** gross - commission - refunded - paidOut: the balance of the partner's ledger account. */
  due: number;
}

/** Exceeds the number of ISO 4217 currencies. */
const maxCurrencies = 200;

/** Balances per currency, by partner id: those at the end of the last closed day, and the entries since. */
export async function balancesOf(
  manager: EntityManager,
  partnerIds: readonly string[],
): Promise<Map<string, Balance[]>> {
  const rows: (Record<Exclude<keyof Balance, 'currency'>, string> & { partner: string; currency: string })[] =
    await manager.query(
      `SELECT partner_id AS partner, currency,
         coalesce(sum(amount) FILTER (WHERE kind = 'SALE'), 0) AS gross,
         coalesce(sum(amount) FILTER (WHERE account = 'platform_revenue'), 0) AS commission,
         -coalesce(sum(amount) FILTER (WHERE kind NOT IN ('SALE', 'PAYOUT')), 0) AS refunded,
         -coalesce(sum(amount) FILTER (WHERE kind = 'PAYOUT'), 0) AS "paidOut",
         coalesce(sum(amount) FILTER (WHERE account = 'partner_payable'), 0) AS due
       FROM (
         SELECT partner_id, currency, account, kind, amount FROM ledger_balance WHERE partner_id = ANY($1)
         UNION ALL
         SELECT partner_id, currency, account, kind, amount FROM ledger_entry
         WHERE partner_id = ANY($1) AND id >= (SELECT before_id FROM ledger_close)) posted
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
