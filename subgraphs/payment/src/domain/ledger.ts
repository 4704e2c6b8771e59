import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { LedgerAccount, LedgerKind } from '../entities/ledger-entry.js';

/** What a transaction of the ledger is about. Ids are UUIDs. */
export interface Posting {
  kind: LedgerKind;
  at: Date;
  currency: string;
  paymentId?: string;
  refundId?: string | undefined;
  disputeId?: string | undefined;
  /** Of a payout: what the bank's statement shows. */
  reference?: string;
}

/** One side of it. Minor units: what the account receives is positive, what it gives negative. */
export interface Side {
  account: LedgerAccount;
  partnerId: string | null;
  amount: number;
}

/**
 * Writes a transaction with its entries; sides of nothing are left out. Returns the entries' ids in the order of the
 * sides that were written. The database refuses, at the commit, what does not add up to zero.
 */
export async function post(
  manager: EntityManager,
  posting: Posting,
  sides: readonly Side[],
): Promise<string[]> {
  const entries = sides.filter(({ amount }) => amount !== 0).map((side) => ({ ...side, id: newId() }));
  if (entries.length === 0) return [];
  const { kind, at, currency, paymentId, refundId, disputeId, reference } = posting;
  await manager.query(
    `WITH posted AS (
       INSERT INTO ledger_transaction (id, at, kind, payment_id, refund_id, dispute_id, reference)
       VALUES ($1, $2, $3, $4, $5, $6, $7))
     INSERT INTO ledger_entry
       (id, transaction_id, at, kind, account, partner_id, amount, currency, payment_id, refund_id, dispute_id)
     SELECT e.id, $1, $2, $3, e.account, e."partnerId", e.amount, $8, $4, $5, $6
     FROM jsonb_to_recordset($9::jsonb) AS e (id uuid, account text, "partnerId" uuid, amount bigint)`,
    [
      newId(),
      at,
      kind,
      paymentId ?? null,
      refundId ?? null,
      disputeId ?? null,
      reference ?? null,
      currency,
      JSON.stringify(entries),
    ],
  );
  return entries.map(({ id }) => id);
}

/** What accounts hold of one subject: a payment, a refund or a dispute. Sums that are not zero. */
export async function holdings(
  manager: EntityManager,
  by: { paymentId: string } | { refundId: string } | { disputeId: string },
): Promise<Side[]> {
  const [column, id] =
    'paymentId' in by
      ? (['payment_id', by.paymentId] as const)
      : 'refundId' in by
        ? (['refund_id', by.refundId] as const)
        : (['dispute_id', by.disputeId] as const);
  // Refunds and disputes belong to a payment, whose entries are indexed.
  const rows: { account: LedgerAccount; partner_id: string | null; amount: string }[] = await manager.query(
    `SELECT account, partner_id, sum(amount)::bigint AS amount FROM ledger_entry
     WHERE ${column === 'payment_id' ? 'payment_id = $1' : `transaction_id IN (SELECT id FROM ledger_transaction WHERE ${column} = $1)`}
     GROUP BY account, partner_id HAVING sum(amount) <> 0
     ORDER BY account, partner_id`,
    [id],
  );
  return rows.map(({ account, partner_id: partnerId, amount }) => ({
    account,
    partnerId,
    amount: Number(amount),
  }));
}
