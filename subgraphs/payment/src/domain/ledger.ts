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
  const [ids = []] = await postAll(manager, [{ posting, sides }]);
  return ids;
}

/** The same of many transactions, with one statement. */
export async function postAll(
  manager: EntityManager,
  postings: readonly { posting: Posting; sides: readonly Side[] }[],
): Promise<string[][]> {
  const written = postings.map(({ posting, sides }) => ({
    id: newId(),
    ...posting,
    entries: sides.filter(({ amount }) => amount !== 0).map((side) => ({ ...side, id: newId() })),
  }));
  const transactions = written.filter(({ entries }) => entries.length > 0);
  if (transactions.length > 0) {
    await manager.query(
      `WITH posted AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS t (id uuid, at timestamptz, kind text, currency text,
           "paymentId" uuid, "refundId" uuid, "disputeId" uuid, reference text, entries jsonb)),
       transaction AS (
         INSERT INTO ledger_transaction (id, at, kind, payment_id, refund_id, dispute_id, reference)
         SELECT id, at, kind, "paymentId", "refundId", "disputeId", reference FROM posted)
       INSERT INTO ledger_entry
         (id, transaction_id, at, kind, account, partner_id, amount, currency, payment_id, refund_id, dispute_id)
       SELECT e.id, t.id, t.at, t.kind, e.account, e."partnerId", e.amount, t.currency, t."paymentId", t."refundId",
         t."disputeId"
       FROM posted t CROSS JOIN LATERAL jsonb_to_recordset(t.entries)
         AS e (id uuid, account text, "partnerId" uuid, amount bigint)`,
      [JSON.stringify(transactions)],
    );
  }
  return written.map(({ entries }) => entries.map(({ id }) => id));
}

/** What accounts hold of a refund or of a dispute. Sums that are not zero. */
export async function holdings(
  manager: EntityManager,
  by: { refundId: string } | { disputeId: string },
): Promise<Side[]> {
  const [column, id] =
    'refundId' in by ? (['refund_id', by.refundId] as const) : (['dispute_id', by.disputeId] as const);
  // They belong to a payment, whose entries are indexed.
  const rows: SideRow[] = await manager.query(
    `SELECT account, partner_id, sum(amount)::bigint AS amount FROM ledger_entry
     WHERE transaction_id IN (SELECT id FROM ledger_transaction WHERE ${column} = $1)
     GROUP BY account, partner_id HAVING sum(amount) <> 0
     ORDER BY account, partner_id`,
    [id],
  );
  return rows.map(sideOf);
}

/** What accounts hold of each of these payments. Sums that are not zero. */
export async function holdingsOfPayments(
  manager: EntityManager,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, Side[]>> {
  const held = new Map<string, Side[]>(paymentIds.map((id) => [id, []]));
  const rows: (SideRow & { payment_id: string })[] = await manager.query(
    `SELECT payment_id, account, partner_id, sum(amount)::bigint AS amount FROM ledger_entry
     WHERE payment_id = ANY($1)
     GROUP BY payment_id, account, partner_id HAVING sum(amount) <> 0
     ORDER BY payment_id, account, partner_id`,
    [[...held.keys()]],
  );
  for (const row of rows) held.get(row.payment_id)?.push(sideOf(row));
  return held;
}

interface SideRow {
  account: LedgerAccount;
  partner_id: string | null;
  amount: string;
}

function sideOf({ account, partner_id: partnerId, amount }: SideRow): Side {
  return { account, partnerId, amount: Number(amount) };
}
