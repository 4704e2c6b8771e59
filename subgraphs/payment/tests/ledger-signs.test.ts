import { entities, migrations } from '@souk/payment/database';
import { balancesOf } from '@souk/payment/domain/ledger/partner-balance';
import { LedgerSigns1764900000000 } from '@souk/payment/migrations/1764900000000-ledger-signs';
import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import type { DataSource } from 'typeorm';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';

// A database of an older version, whose ledger has the inverted signs, before and after the migration.

const url = freshDatabaseUrl('signs');
const open = (list: typeof migrations): Promise<DataSource> =>
  openDataSource({ url, applicationName: 'test-signs', poolSize: 2, entities, migrations: list });

const partner = newId();

/** Posts a transaction; its last entry balances the others. */
const post = (source: DataSource, kind: string, entries: readonly [string, number][]): Promise<void> =>
  source.transaction(async (manager) => {
    const id = newId();
    const sum = entries.reduce((total, [, amount]) => total + amount, 0);
    await manager.query('INSERT INTO ledger_transaction (id, at, kind) VALUES ($1, now(), $2)', [id, kind]);
    await manager.query(
      `INSERT INTO ledger_entry (id, transaction_id, at, kind, account, partner_id, amount, currency)
       SELECT uuidv7(), $1, now(), $2, e.account,
         CASE WHEN e.account IN ('partner_payable', 'platform_revenue') THEN $3::uuid END, e.amount, 'EUR'
       FROM unnest($4::text[], $5::bigint[]) AS e (account, amount)`,
      [
        id,
        kind,
        partner,
        [...entries.map(([account]) => account), 'provider_clearing'],
        [...entries.map(([, amount]) => amount), -sum],
      ],
    );
  });

const sale: [string, number][] = [
  ['partner_payable', -3_400],
  ['platform_revenue', -600],
];

let source: DataSource;

beforeAll(async () => {
  const older = await open(migrations.slice(0, migrations.indexOf(LedgerSigns1764900000000)));
  await post(older, 'SALE', sale);
  await post(older, 'PAYOUT', [['partner_payable', 1_000]]);
  await older.destroy();
  source = await open(migrations);
});
afterAll(() => source.destroy());

const amounts = async (): Promise<[string, number][]> => {
  const rows: { account: string; amount: string }[] = await source.query(
    'SELECT account, amount FROM ledger_entry ORDER BY kind, account',
  );
  return rows.map(({ account, amount }) => [account, Number(amount)]);
};

it('the migration inverts the entries, and the ledger stays append-only', async () => {
  expect(await amounts()).toEqual([
    ['partner_payable', -1_000],
    ['provider_clearing', 1_000],
    ['partner_payable', 3_400],
    ['platform_revenue', 600],
    ['provider_clearing', -4_000],
  ]);
  expect((await balancesOf(source.manager, [partner])).get(partner)).toEqual([
    { currency: 'EUR', gross: 4_000, commission: 600, refunded: 0, paidOut: 1_000, due: 2_400 },
  ]);
  await expect(source.query('UPDATE ledger_entry SET amount = 1')).rejects.toThrow('append-only');
});

it('the database rejects entries of a process of an older version', async () => {
  await expect(post(source, 'SALE', sale)).rejects.toThrow('ledger_entry_sign');
  const gains = [
    ['SALE', 'platform_revenue'],
    ['SALE', 'customer_funds'],
    ['REFUND_REVERSED', 'partner_payable'],
    ['DISPUTE_REVERSED', 'platform_revenue'],
    ['REFUND', 'refunds'],
  ] as const;
  for (const [kind, account] of gains) {
    await expect(post(source, kind, [[account, -5]])).rejects.toThrow('ledger_entry_sign');
    await post(source, kind, [[account, 5]]);
  }
  const gives = [
    ['REFUND', 'partner_payable'],
    ['REFUND', 'suspense'],
    ['DISPUTE', 'platform_revenue'],
    ['PAYOUT', 'partner_payable'],
    ['REFUND_SENT', 'refunds'],
  ] as const;
  for (const [kind, account] of gives) {
    await expect(post(source, kind, [[account, 5]])).rejects.toThrow('ledger_entry_sign');
    await post(source, kind, [[account, -5]]);
  }
});

it('the migration can be reverted', async () => {
  const runner = source.createQueryRunner();
  await new LedgerSigns1764900000000().down(runner);
  await runner.release();
  const rows: { sum: string }[] = await source.query(
    "SELECT sum(amount) FROM ledger_entry WHERE kind = 'PAYOUT' AND account = 'partner_payable'",
  );
  expect(Number(rows[0]?.sum)).toBe(1_005);
});
