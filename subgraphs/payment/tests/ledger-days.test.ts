import { balancesOf } from '@souk/payment/domain/ledger/partner-balance';
import { closeLedgerDays } from '@souk/payment/domain/ledger/day-close';
import { auditLedger } from '@souk/payment/domain/reconciliation/ledger-audit';
import { firstIdAt, newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { until } from '../../../tests/support/until.js';
import { disableReconciliation } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

// Days that are over by a clock of the test: the entries lie in the past of no process.

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let fixture: PaymentFixture;
/** The start of the first day of the next test. */
let start: number;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
  await disableReconciliation(fixture);
  start = Math.ceil(Date.now() / dayMs) * dayMs;
});
beforeEach(async () => {
  start += 10 * dayMs;
  await close(start);
});
afterAll(() => fixture.close());

const reader = () => fixture.services.database.reader;
const close = (at: number) => closeLedgerDays(fixture.services.database, new Date(at));

/** Books a sale of a partner at a time of day `day`: `amount` with 10 of commission. */
async function book(
  partnerId: string,
  { day, amount, currency = 'EUR' }: { day: number; amount: number; currency?: string },
  manager: EntityManager = reader(),
): Promise<void> {
  const at = new Date(start + day * dayMs + 5 * hourMs);
  await manager.query(
    `WITH transaction AS (
       INSERT INTO ledger_transaction (id, at, kind) VALUES ($1, $2, 'SALE') RETURNING id)
     INSERT INTO ledger_entry (id, transaction_id, at, kind, account, partner_id, amount, currency)
     SELECT e.id, t.id, $2, 'SALE', e.account, e.partner, e.amount, $3
     FROM transaction t, jsonb_to_recordset($4::jsonb) AS e (id uuid, account text, partner uuid, amount bigint)`,
    [
      newId(),
      at,
      currency,
      JSON.stringify(
        [
          { account: 'provider_clearing', partner: null, amount: -amount },
          { account: 'partner_payable', partner: partnerId, amount: amount - 10 },
          { account: 'platform_revenue', partner: partnerId, amount: 10 },
        ].map((posting) => ({ ...posting, id: firstIdAt(at).slice(0, -12) + newId().slice(-12) })),
      ),
    ],
  );
}

const dueOf = async (partnerId: string) =>
  Object.fromEntries(
    ((await balancesOf(reader(), [partnerId])).get(partnerId) ?? []).map(({ currency, gross, due }) => [
      currency,
      { gross, due },
    ]),
  );

const differences = async () => {
  const turns = await Promise.all(
    Array.from({ length: 70 }, (_, turn) => auditLedger(reader(), { since: new Date(start), turn }, 100)),
  );
  return [...new Set(turns.flat().map(({ message }) => message))];
};

/** Changes rows that the database protects, as an operator with a superuser's rights could. */
const tamper = (statement: string) =>
  fixture.services.database.source.transaction(async (manager) => {
    await manager.query('SET LOCAL session_replication_role = replica');
    await manager.query(statement);
  });

it('leaves balances as they are, and adds the entries after it', async () => {
  const [a, b] = [newId(), newId()];
  await book(a, { day: 0, amount: 1_000 });
  await book(a, { day: 0, amount: 500 });
  await book(a, { day: 3, amount: 200, currency: 'USD' });
  await book(b, { day: 3, amount: 70 });
  await book(a, { day: 4, amount: 30 });
  const before = { EUR: { gross: 1_530, due: 1_500 }, USD: { gross: 200, due: 190 } };
  await expect(dueOf(a)).resolves.toEqual(before);
  // Day 4 is over, but not for an hour yet.
  await expect(close(start + 5 * dayMs + hourMs / 2)).resolves.toBe(2);
  await expect(dueOf(a)).resolves.toEqual(before);
  await expect(dueOf(b)).resolves.toEqual({ EUR: { gross: 70, due: 60 } });
  await expect(close(start + 5 * dayMs + hourMs / 2)).resolves.toBe(0);
  await expect(close(start + 5 * dayMs + hourMs)).resolves.toBe(1);
  await book(a, { day: 5, amount: 11 });
  await expect(dueOf(a)).resolves.toMatchObject({ EUR: { gross: 1_541, due: 1_501 } });
  await expect(
    reader().query(
      `SELECT sum(amount)::int AS amount, sum(entries)::int AS entries, count(DISTINCT day)::int AS days
       FROM ledger_day WHERE partner_id = $1 AND currency = 'EUR'`,
      [a],
    ),
  ).resolves.toEqual([{ amount: 1_530, entries: 6, days: 2 }]);
  await expect(differences()).resolves.toEqual([]);
});

it('refuses an entry with an id of a closed day, so that no balance misses it', async () => {
  const partner = newId();
  await close(start + 2 * dayMs);
  await expect(book(partner, { day: 0, amount: 100 })).rejects.toThrow('has the id of a closed day');
  await expect(dueOf(partner)).resolves.toEqual({});
  await book(partner, { day: 2, amount: 100 });
  await expect(dueOf(partner)).resolves.toEqual({ EUR: { gross: 100, due: 90 } });
});

it('waits for a transaction that writes entries of the day', async () => {
  const partner = newId();
  const runner = fixture.services.database.source.createQueryRunner();
  await runner.startTransaction();
  await book(partner, { day: 0, amount: 100 }, runner.manager);
  const closing = close(start + 2 * dayMs);
  await until('the close to wait', async () => {
    const rows: unknown[] = await reader().query(
      `SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'ShareLock' AND relation = 'ledger_entry'::regclass
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows.length > 0;
  });
  await runner.commitTransaction();
  await runner.release();
  await expect(closing).resolves.toBe(1);
  await expect(dueOf(partner)).resolves.toEqual({ EUR: { gross: 100, due: 90 } });
});

it('is done once by concurrent processes', async () => {
  const partner = newId();
  for (let day = 0; day < 5; day += 1) await book(partner, { day, amount: 100 });
  const closed = await Promise.all(Array.from({ length: 4 }, () => close(start + 6 * dayMs)));
  await close(start + 6 * dayMs);
  expect(closed.reduce((sum, days) => sum + days, 0)).toBeLessThanOrEqual(5);
  await expect(dueOf(partner)).resolves.toEqual({ EUR: { gross: 500, due: 450 } });
  await expect(differences()).resolves.toEqual([]);
});

it('is compared with its entries by the reconciler', async () => {
  const partner = newId();
  await book(partner, { day: 0, amount: 100 });
  await close(start + 2 * dayMs);
  const [day] = [new Date(start).toISOString().slice(0, 10)];
  const ids = `id >= '${firstIdAt(new Date(start))}' AND id < '${firstIdAt(new Date(start + dayMs))}'`;
  await tamper(`UPDATE ledger_entry SET amount = 95 WHERE account = 'partner_payable' AND ${ids}`);
  await expect(differences()).resolves.toEqual([
    `The closed day ${day} has 90 EUR of partner_payable, its entries 95.`,
  ]);
  await tamper(`UPDATE ledger_entry SET amount = 90 WHERE account = 'partner_payable' AND ${ids}`);
  await reader().query(
    "UPDATE ledger_balance SET amount = 80 WHERE partner_id = $1 AND account = 'partner_payable'",
    [partner],
  );
  await expect(differences()).resolves.toEqual([
    'The ledger entries in EUR add up to -10 instead of 0.',
    `The closed day ${day} has 80 EUR of partner_payable, its entries 90.`,
  ]);
  await expect(tamper('DELETE FROM ledger_balance WHERE amount = 80')).resolves.toBeUndefined();
});
