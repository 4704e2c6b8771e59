import type { Database } from '@souk/shared/db/database';
import { firstIdAt, madeAt } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';

const dayMs = 24 * 3_600_000;
/** Time after the end of a day before it is closed: entries get their ids from clocks that may differ. */
const graceMs = 3_600_000;
/** Days that one turn closes. The first turn after an update has all days since the first sale. */
const maxDays = 1_000;
/** In place of a partner, for the entries of the platform's own accounts. */
const platform = '00000000-0000-0000-0000-000000000000';
/** Accounts whose balance one turn compares with all their days. */
const maxSample = 100;
/** How long a close waits for transactions that write entries; it holds up later ones meanwhile. */
const lockTimeoutMs = 2_000;

/**
 * Closes the days (UTC) that are over: stores each day's turnover per account, partner, currency and kind, and adds it to
 * the balances. Days without entries have no rows. One process at a time closes a day, each in a transaction. Returns
 * the number of days with entries that it closed.
 */
export async function closeLedgerDays(database: Database, now: Date): Promise<number> {
  const end = startOfDay(now.getTime() - graceMs);
  for (let closed = 0; closed < maxDays; closed += 1) {
    if (!(await database.transact((manager) => closeNextDay(manager, end)))) return closed;
  }
  return maxDays;
}

/** Whether a day with entries was closed. */
async function closeNextDay(manager: EntityManager, end: Date): Promise<boolean> {
  const [close]: { before_id: string }[] = await manager.query(
    'SELECT before_id FROM ledger_close WHERE before_id < $1 FOR UPDATE SKIP LOCKED',
    [firstIdAt(end)],
  );
  if (!close) return false;
  await manager.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
  // Waits for the transactions that write entries, so that none of the day is missing. Readers go on.
  await manager.query('LOCK TABLE ledger_entry IN SHARE MODE');
  const [first]: { id: string }[] = await manager.query(
    'SELECT id FROM ledger_entry WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 1',
    [close.before_id, firstIdAt(end)],
  );
  const day = first && startOfDay(timeOf(first.id));
  const until = day ? new Date(day.getTime() + dayMs) : end;
  if (day) await storeDay(manager, day, [close.before_id, firstIdAt(until)]);
  await manager.query('UPDATE ledger_close SET closed_until = $1, before_id = $2', [
    dateOf(until),
    firstIdAt(until),
  ]);
  return day !== undefined;
}

async function storeDay(manager: EntityManager, day: Date, [from, to]: [string, string]): Promise<void> {
  await manager.query(
    `WITH closed AS (
       INSERT INTO ledger_day (day, account, partner_id, currency, kind, amount, entries)
       SELECT $1, account, coalesce(partner_id, $4), currency, kind, sum(amount), count(*) FROM ledger_entry
       WHERE id >= $2 AND id < $3 GROUP BY 2, 3, 4, 5
       RETURNING account, partner_id, currency, kind, amount)
     INSERT INTO ledger_balance AS b (account, partner_id, currency, kind, amount)
     SELECT account, partner_id, currency, kind, amount FROM closed
     ON CONFLICT ON CONSTRAINT ledger_balance_key DO UPDATE SET amount = b.amount + excluded.amount`,
    [dateOf(day), from, to, platform],
  );
}

/** A closed day, as `YYYY-MM-DD`, with what its entries and its stored turnover differ by, in minor units. */
export interface ClosedDayDifference {
  day: string;
  account: string;
  currency: string;
  stored: number;
  entries: number;
}

/**
 * Compares one closed day with its entries, and the balances of some of its accounts with the turnover of all their
 * days.
 * @param turn selects the day and the accounts: successive turns go through all of them
 */
export async function auditClosedDay(
  manager: EntityManager,
  turn: number,
  limit: number,
): Promise<ClosedDayDifference[]> {
  const [range]: { first: string | null; days: number | null }[] = await manager.query(
    `SELECT to_char(min(day), 'YYYY-MM-DD') AS first, max(day) - min(day) + 1 AS days FROM ledger_day`,
  );
  if (!range?.first || !range.days) return [];
  const start = new Date(Date.parse(range.first) + (turn % range.days) * dayMs);
  const [day, from, to] = [dateOf(start), firstIdAt(start), firstIdAt(new Date(start.getTime() + dayMs))];
  const rows: { account: string; currency: string; stored: string; entries: string }[] = await manager.query(
    `WITH entered AS (
       SELECT account, coalesce(partner_id, $4) AS partner_id, currency, kind, amount FROM ledger_entry
       WHERE id >= $2 AND id < $3),
     stored AS (SELECT account, partner_id, currency, kind, amount FROM ledger_day WHERE day = $1),
     sample AS (SELECT * FROM stored ORDER BY partner_id <> $4, md5(partner_id::text || $5) LIMIT $6)
     SELECT account, currency, coalesce(sum(stored), 0) AS stored, coalesce(sum(entered), 0) AS entries FROM (
       SELECT account, partner_id, currency, kind, amount AS stored, NULL::bigint AS entered FROM stored
       UNION ALL SELECT account, partner_id, currency, kind, NULL, amount FROM entered) AS compared
     GROUP BY account, partner_id, currency, kind HAVING coalesce(sum(stored), 0) <> coalesce(sum(entered), 0)
     UNION ALL
     SELECT s.account, s.currency, coalesce(b.amount, 0), d.amount
     FROM sample s
     LEFT JOIN ledger_balance b ON b.partner_id = s.partner_id AND b.currency = s.currency
       AND b.account = s.account AND b.kind = s.kind
     CROSS JOIN LATERAL (
       SELECT sum(d.amount) AS amount FROM ledger_day d
       WHERE d.partner_id = s.partner_id AND d.currency = s.currency AND d.account = s.account AND d.kind = s.kind) d
     WHERE b.amount IS DISTINCT FROM d.amount
     LIMIT $7`,
    [day, from, to, platform, String(turn), maxSample, Math.max(0, limit)],
  );
  return rows.map(({ stored, entries, ...row }) => ({
    ...row,
    day,
    stored: Number(stored),
    entries: Number(entries),
  }));
}

function timeOf(id: string): number {
  const at = madeAt(id);
  if (!at) throw new Error(`The id ${id} of a ledger entry has no time.`);
  return at.getTime();
}

function startOfDay(time: number): Date {
  return new Date(Math.floor(time / dayMs) * dayMs);
}

function dateOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
