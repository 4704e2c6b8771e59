import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { LedgerAccount, LedgerKind } from '../../entities/ledger-entry.js';

/** Header of a ledger transaction. Ids are UUIDs. */
export interface LedgerTransaction {
  kind: LedgerKind;
  at: Date;
  currency: string;
  paymentId?: string;
  refundId?: string | undefined;
  disputeId?: string | undefined;
  /** Of a payout: the reference on the bank statement. */
  reference?: string;
}

/** One posting of a transaction, in minor units: positive for the account that gains, negative for the one that gives. */
export interface Posting {
  account: LedgerAccount;
  partnerId: string | null;
  amount: number;
}

/** A transaction with its postings. */
export interface JournalEntry {
  transaction: LedgerTransaction;
  postings: readonly Posting[];
}

/**
 * Writes transactions with their postings, in one statement; postings of zero are omitted. Returns, per transaction, the
 * entries' ids in the order of the written postings. At commit, the database rejects a transaction that does not balance.
 */
export async function postTransactions(
  manager: EntityManager,
  journalEntries: readonly JournalEntry[],
): Promise<string[][]> {
  const written = journalEntries.map(({ transaction, postings }) => ({
    id: newId(),
    ...transaction,
    entries: postings.filter(({ amount }) => amount !== 0).map((posting) => ({ ...posting, id: newId() })),
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

/** Non-zero account balances of a refund or a dispute. */
export async function balancesByAccount(
  manager: EntityManager,
  by: { refundId: string } | { disputeId: string },
): Promise<Posting[]> {
  const [column, id] =
    'refundId' in by ? (['refund_id', by.refundId] as const) : (['dispute_id', by.disputeId] as const);
  const rows: PostingRow[] = await manager.query(
    `SELECT account, partner_id, sum(amount)::bigint AS amount FROM ledger_entry
     WHERE transaction_id IN (SELECT id FROM ledger_transaction WHERE ${column} = $1)
     GROUP BY account, partner_id HAVING sum(amount) <> 0
     ORDER BY account, partner_id`,
    [id],
  );
  return rows.map(postingOf);
}

/** Non-zero account balances of each payment, by payment id. */
export async function balancesOfPayments(
  manager: EntityManager,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, Posting[]>> {
  const balances = new Map<string, Posting[]>(paymentIds.map((id) => [id, []]));
  const rows: (PostingRow & { payment_id: string })[] = await manager.query(
    `SELECT payment_id, account, partner_id, sum(amount)::bigint AS amount FROM ledger_entry
     WHERE payment_id = ANY($1)
     GROUP BY payment_id, account, partner_id HAVING sum(amount) <> 0
     ORDER BY payment_id, account, partner_id`,
    [[...balances.keys()]],
  );
  for (const row of rows) balances.get(row.payment_id)?.push(postingOf(row));
  return balances;
}

interface PostingRow {
  account: LedgerAccount;
  partner_id: string | null;
  amount: string;
}

function postingOf({ account, partner_id: partnerId, amount }: PostingRow): Posting {
  return { account, partnerId, amount: Number(amount) };
}
