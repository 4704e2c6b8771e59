import { accountStates } from '@souk/shared/contracts/account';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId, toApiId } from '@souk/shared/ids';
import { until } from '../../../tests/support/until.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { accountsOf, refund, transactionsOf } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterAll(() => fixture.close());

interface Seller {
  partnerId: string;
  id: string;
  user: TestUser;
}

/** A verified partner whom payment has stored. */
async function seller(commissionBasisPoints: number | null = 1_000): Promise<Seller> {
  const partnerId = newId();
  const user = fixture.subgraph.user(['USER', 'PARTNER']);
  await tell(partnerId, user, commissionBasisPoints);
  return { partnerId, id: toApiId('partner', partnerId), user };
}

async function tell(partnerId: string, { userId }: TestUser, commission: number | null): Promise<void> {
  const at = new Date().toISOString();
  const item = { partnerId, userId, status: 'VERIFIED', commissionBasisPoints: commission, at };
  fixture.subgraph.states.put(accountStates.partners, partnerId, item);
  await until('the partner to be known', async () => {
    const rows: unknown[] = await fixture.services.database.reader.query(
      'SELECT 1 FROM partner WHERE id = $1 AND at = $2',
      [partnerId, at],
    );
    return rows.length > 0;
  });
}

/** A paid sale of lines: sellers' partner ids (null: the platform) and amounts. */
async function sale(lines: readonly [string | null, number][], token = 'pm_card_visa') {
  const total = lines.reduce((sum, [, amount]) => sum + amount, 0);
  const payment = await fixture.pay(token, {
    amount: { amount: total, currency: 'EUR' },
    lines: lines.map(([partnerId, amount]) => ({ partnerId, amount })),
  });
  expect(payment.outcome.kind).toBe('done');
  return { ...payment, id: await fixture.idOf(payment) };
}

const balanceFields =
  'currency gross { amount } commission { amount } refunded { amount } paidOut { amount } due { amount }';

/** A partner's balances and statement in the API. */
interface Statement {
  balances: { due: { amount: number } }[];
  statement: { nodes: { amount: { amount: number } }[] };
}

/** A partner's balances in the API, by currency. */
async function balances({ id, user }: Seller, as: TestUser = user) {
  const { data, errors } = await fixture.subgraph.run(
    `query ($id: ID!) { _entities(representations: [{ __typename: "Partner", id: $id }]) {
       ... on Partner { balances { ${balanceFields} } } } }`,
    { id },
    as,
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
  const [partner] = (
    data as unknown as {
      _entities: { balances: (Record<string, { amount: number }> & { currency: string })[] }[];
    }
  )._entities;
  return Object.fromEntries(
    (partner?.balances ?? []).map(({ currency, ...sums }) => [
      currency,
      Object.fromEntries(Object.entries(sums).map(([name, { amount }]) => [name, amount])),
    ]),
  );
}

const payout = async (
  { id }: Pick<Seller, 'id'>,
  amount: number,
  { key = newId(), currency = 'EUR', reference = 'SEPA-1', as = fixture.subgraph.user(['ADMIN']) } = {},
) => {
  const { data, errors } = await fixture.subgraph.run(
    `mutation ($id: ID!, $amount: MoneyInput!, $reference: String!, $key: String!) {
       recordPayout(partnerId: $id, amount: $amount, reference: $reference, idempotencyKey: $key) {
         replayed
         entry { id account partner { id } amount { amount currency } payment { id }
           transaction { account partner { id } amount { amount } } }
         userErrors { code field message } } }`,
    { id, amount: { amount, currency }, reference, key },
    as,
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
  return (data as unknown as { recordPayout: Record<string, unknown> }).recordPayout;
};

describe('the ledger', () => {
  it('books a sale among the sellers and the platform', async () => {
    const [a, b] = await Promise.all([seller(1_000), seller(1_250)]);
    const { sagaId } = await sale([
      [a.partnerId, 1_000],
      [null, 300],
      [b.partnerId, 999],
      [a.partnerId, 1],
    ]);
    expect(await accountsOf(fixture, sagaId)).toEqual({
      provider_clearing: -2_300,
      [`partner_payable:${a.partnerId}`]: 901,
      [`partner_payable:${b.partnerId}`]: 874,
      // 100.1 + 124.875 of commissions is 225, and 300 of its own.
      platform_revenue: 525,
    });
    expect(await balances(a)).toEqual({
      EUR: { gross: 1_001, commission: 100, refunded: 0, paidOut: 0, due: 901 },
    });
    expect(await balances(b)).toEqual({
      EUR: { gross: 999, commission: 125, refunded: 0, paidOut: 0, due: 874 },
    });
  });

  it('refunds commission in proportion, to the last cent', async () => {
    const [a, b] = await Promise.all([seller(1_000), seller(333)]);
    const { id, sagaId } = await sale([
      [a.partnerId, 1_001],
      [b.partnerId, 501],
      [null, 7],
    ]);
    for (const amount of [1, 333, 7, 500, 11]) {
      await refund(fixture, id, { amount });
      for (const partner of [a, b]) {
        const { EUR: euro } = await balances(partner);
        const { gross = 0, commission = 0, refunded = 0, due = 0 } = euro ?? {};
        expect(due).toBe(gross - commission - refunded);
        // Within a cent of the exact share after each refund.
        const rate = partner === a ? 0.1 : 0.0333;
        expect(Math.abs(commission - (gross - refunded) * rate)).toBeLessThan(2);
      }
    }
    await refund(fixture, id);
    expect(await accountsOf(fixture, sagaId)).toEqual({});
    expect(await balances(a)).toEqual({
      EUR: { gross: 1_001, commission: 0, refunded: 1_001, paidOut: 0, due: 0 },
    });
  });

  it('uses the commission rate at the time of the sale', async () => {
    const a = await seller(1_000);
    const { id } = await sale([[a.partnerId, 1_000]]);
    await tell(a.partnerId, a.user, 2_000);
    await refund(fixture, id, { amount: 500 });
    expect(await balances(a)).toEqual({
      EUR: { gross: 1_000, commission: 50, refunded: 500, paidOut: 0, due: 450 },
    });
    await sale([[a.partnerId, 1_000]]);
    expect(await balances(a)).toMatchObject({ EUR: { gross: 2_000, commission: 250 } });
  });

  it('deducts canceled units from their seller only', async () => {
    const [a, b] = [await seller(1_500), await seller(1_000)];
    const { sagaId } = await sale([
      [a.partnerId, 4_000],
      [b.partnerId, 1_000],
      [null, 500],
    ]);
    const cancelItems = (lines: { partnerId: string | null; amount: number }[]) =>
      fixture.subgraph.command(
        paymentCommands.refundItems,
        { checkoutId: sagaId, lines },
        { sagaId: newId(), step: 'REFUND' },
      );
    await cancelItems([
      { partnerId: a.partnerId, amount: 1_001 },
      { partnerId: null, amount: 500 },
    ]);
    expect(await accountsOf(fixture, sagaId)).toEqual({
      provider_clearing: -3_999,
      [`partner_payable:${a.partnerId}`]: 2_549,
      [`partner_payable:${b.partnerId}`]: 900,
      platform_revenue: 550,
    });
    // The seller holds less than that: the other sellers bear the rest.
    await cancelItems([{ partnerId: a.partnerId, amount: 3_499 }]);
    expect(await accountsOf(fixture, sagaId)).toEqual({
      provider_clearing: -500,
      [`partner_payable:${b.partnerId}`]: 450,
      platform_revenue: 50,
    });
    await cancelItems([{ partnerId: b.partnerId, amount: 500 }]);
    expect(await accountsOf(fixture, sagaId)).toEqual({});
  });

  it('reverses the postings of a failed refund', async () => {
    const a = await seller();
    const { id, sagaId } = await sale([[a.partnerId, 1_000]], 'pm_card_refundFail');
    const before = await accountsOf(fixture, sagaId);
    await refund(fixture, id, { amount: 600 });
    expect(await balances(a)).toMatchObject({ EUR: { refunded: 600, due: 360 } });
    await fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`);
    await fixture.untilStatus(sagaId, 'SUCCEEDED');
    expect(await accountsOf(fixture, sagaId)).toEqual(before);
    expect(await balances(a)).toMatchObject({ EUR: { commission: 100, refunded: 0, due: 900 } });
    expect(await transactionsOf(fixture, sagaId)).toEqual([
      'SALE',
      'REFUND',
      'REFUND_SENT',
      'REFUND_REVERSED',
    ]);
  });

  it('holds pending refunds on the refunds account', async () => {
    const a = await seller();
    const { id, sagaId } = await sale([[a.partnerId, 1_000]], 'pm_card_pendingRefund');
    await refund(fixture, id, { amount: 1_000 });
    expect(await accountsOf(fixture, sagaId)).toEqual({ provider_clearing: -1_000, refunds: 1_000 });
    expect((await payout(a, 1)).userErrors).toMatchObject([{ code: 'INSUFFICIENT_BALANCE' }]);
    await fixture.control(`/refunds/${await fixture.refundAtProvider(id)}/settle`);
    await fixture.untilStatus(sagaId, 'REFUNDED');
    expect(await accountsOf(fixture, sagaId)).toEqual({});
  });

  it('is rejected by the database if unbalanced, and is immutable', async () => {
    const { reader, source } = {
      reader: fixture.services.database.reader,
      source: fixture.services.database.source,
    };
    const insert = (manager: typeof reader, id: string, amounts: readonly [string, number][]) =>
      manager
        .query(`INSERT INTO ledger_transaction (id, at, kind) VALUES ($1, now(), 'PAYOUT')`, [id])
        .then(async () => {
          for (const [currency, amount] of amounts) {
            await manager.query(
              `INSERT INTO ledger_entry (id, transaction_id, at, kind, account, amount, currency)
               VALUES (uuidv7(), $1, now(), 'PAYOUT', 'bank', $2, $3)`,
              [id, amount, currency],
            );
          }
        });
    const attempt = (amounts: readonly [string, number][]) =>
      source.transaction((manager) => insert(manager, newId(), amounts));
    await expect(attempt([['EUR', 5]])).rejects.toThrow('does not add up to zero');
    await expect(
      attempt([
        ['EUR', 5],
        ['USD', -5],
      ]),
    ).rejects.toThrow('does not add up to zero');
    const id = newId();
    const balanced: [string, number][] = [
      ['EUR', 5],
      ['EUR', -5],
      ['USD', 1],
      ['USD', -1],
    ];
    await source.transaction((manager) => insert(manager, id, balanced));
    for (const change of [
      'UPDATE ledger_entry SET amount = 6 WHERE transaction_id = $1',
      'DELETE FROM ledger_entry WHERE transaction_id = $1',
      "UPDATE ledger_transaction SET kind = 'SALE' WHERE id = $1",
      'DELETE FROM ledger_transaction WHERE id = $1',
    ]) {
      await expect(reader.query(change, [id])).rejects.toThrow('append-only');
    }
    await expect(reader.query('TRUNCATE ledger_entry')).rejects.toThrow('append-only');
    // A later entry must not unbalance a balanced transaction.
    await expect(
      reader.query(
        `INSERT INTO ledger_entry (id, transaction_id, at, kind, account, amount, currency)
         VALUES (uuidv7(), $1, now(), 'PAYOUT', 'bank', 1, 'EUR')`,
        [id],
      ),
    ).rejects.toThrow('does not add up to zero');
  });
});

describe('the signs', () => {
  it('are positive for the account that gains: a sale of 40.00 at 15 %, a refund and a payout', async () => {
    const a = await seller(1_500);
    const { id, sagaId } = await sale([[a.partnerId, 4_000]]);
    expect(await accountsOf(fixture, sagaId)).toEqual({
      provider_clearing: -4_000,
      [`partner_payable:${a.partnerId}`]: 3_400,
      platform_revenue: 600,
    });
    await refund(fixture, id, { amount: 1_000 });
    await payout(a, 2_000);
    const { data } = await fixture.subgraph.run(
      `query ($id: ID!) { _entities(representations: [{ __typename: "Partner", id: $id }]) {
         ... on Partner { balances { due { amount } } statement { nodes { amount { amount } } } } } }`,
      { id: a.id },
      fixture.subgraph.user(['ADMIN']),
    );
    const [partner] = (data as unknown as { _entities: Statement[] })._entities;
    const amounts = partner?.statement.nodes.map(({ amount }) => amount.amount) ?? [];
    expect(amounts).toEqual([-2_000, -850, 3_400]);
    expect(partner?.balances[0]?.due.amount).toBe(550);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(550);
  });
});

describe('payouts', () => {
  it('never exceed the balance due, also under concurrency', async () => {
    const a = await seller();
    await sale([[a.partnerId, 1_000]]);
    const all = await Promise.all(Array.from({ length: 10 }, () => payout(a, 300)));
    const done = all.filter(({ entry }) => entry !== null);
    expect(done).toHaveLength(3);
    expect(done[0]).toMatchObject({
      replayed: false,
      entry: {
        account: 'PARTNER_PAYABLE',
        partner: { id: a.id },
        amount: { amount: -300, currency: 'EUR' },
        payment: null,
        transaction: [
          { account: 'PARTNER_PAYABLE', partner: { id: a.id }, amount: { amount: -300 } },
          { account: 'BANK', partner: null, amount: { amount: 300 } },
        ],
      },
    });
    expect(await balances(a)).toMatchObject({ EUR: { paidOut: 900, due: 0 } });
    expect((await payout(a, 1)).userErrors).toEqual([
      { code: 'INSUFFICIENT_BALANCE', field: ['amount', 'amount'], message: 'Due are €0.00.' },
    ]);
  });

  it('with the same key are booked once', async () => {
    const a = await seller();
    await sale([[a.partnerId, 1_000]]);
    const as = fixture.subgraph.user(['ADMIN']);
    const answers = await Promise.all(Array.from({ length: 4 }, () => payout(a, 400, { key: 'one', as })));
    expect(new Set(answers.map(({ entry }) => (entry as { id: string }).id)).size).toBe(1);
    expect((await payout(a, 401, { key: 'one', as })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_CONFLICT' },
    ]);
    expect(await balances(a)).toMatchObject({ EUR: { paidOut: 400, due: 500 } });
  });

  it('reject invalid input', async () => {
    const a = await seller();
    await sale([[a.partnerId, 1_000]]);
    const code = async (...of: Parameters<typeof payout>) =>
      ((await payout(...of)).userErrors as { code: string; field: string[] }[]).map(
        (error) => `${error.code} ${error.field.join('.')}`,
      );
    expect(await code({ id: toApiId('partner', newId()) }, 1)).toEqual(['NOT_FOUND partnerId']);
    expect(await code({ id: 'x' }, 1)).toEqual(['NOT_FOUND partnerId']);
    expect(await code(a, 0, { reference: '' })).toEqual(['INVALID amount.amount', 'INVALID reference']);
    expect(await code(a, 1, { currency: 'USD' })).toEqual(['INSUFFICIENT_BALANCE amount.amount']);
    await expect(payout(a, 1, { as: a.user })).rejects.toThrow('lacks a required scope');
  });

  it('may lead to a negative balance if the buyer is refunded later', async () => {
    const a = await seller();
    const { id } = await sale([[a.partnerId, 1_000]]);
    await payout(a, 900);
    await refund(fixture, id);
    expect(await balances(a)).toEqual({
      EUR: { gross: 1_000, commission: 0, refunded: 1_000, paidOut: 900, due: -900 },
    });
  });
});

describe('a statement', () => {
  const statement = async ({ id, user }: Seller, variables: object = {}, as: TestUser = user) => {
    const { data, errors } = await fixture.subgraph.run(
      `query ($id: ID!, $from: DateTime, $to: DateTime, $first: Int, $after: String) {
         _entities(representations: [{ __typename: "Partner", id: $id }]) { ... on Partner {
           statement(from: $from, to: $to, first: $first, after: $after) {
             totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor }
             nodes { account at amount { amount } payment { id } refund { id } } } } } }`,
      { id, ...variables },
      as,
    );
    if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
    const [partner] = (
      data as unknown as {
        _entities: {
          statement: {
            totalCount: number;
            pageInfo: { hasNextPage: boolean; endCursor: string };
            nodes: { account: string; at: Date; amount: { amount: number }; payment: object | null }[];
          };
        }[];
      }
    )._entities;
    if (!partner) throw new Error('The sale has no partner.');
    return partner.statement;
  };

  it('lists the entries of the account in pages, newest first', async () => {
    const a = await seller();
    const { id } = await sale([[a.partnerId, 1_000]]);
    await refund(fixture, id, { amount: 100 });
    await payout(a, 50);
    const all = await statement(a);
    expect(all).toMatchObject({ totalCount: 3, totalCountIsEstimate: false });
    expect(all.nodes.map(({ amount }) => amount.amount)).toEqual([-50, -90, 900]);
    // The seller may not see the buyer's payment; an administrator may.
    expect(all.nodes.map(({ payment }) => payment)).toEqual([null, null, null]);
    const admin = fixture.subgraph.user(['ADMIN']);
    expect((await statement(a, {}, admin)).nodes[2]?.payment).toEqual({ id });
    const first = await statement(a, { first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await statement(a, { first: 2, after: first.pageInfo.endCursor });
    expect(second.nodes.map(({ amount }) => amount.amount)).toEqual([900]);
    const sold = all.nodes[2]?.at;
    expect((await statement(a, { to: sold })).totalCount).toBe(0);
    expect((await statement(a, { from: sold })).totalCount).toBe(3);
    await expect(statement(a, { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' })).rejects.toThrow(
      'from: Must not be above to.',
    );
  });

  it('and balances are visible to the partner and payments:manage only', async () => {
    const [a, b] = await Promise.all([seller(), seller()]);
    await expect(balances(a, b.user)).rejects.toThrow('another partner');
    await expect(statement(a, {}, b.user)).rejects.toThrow('another partner');
    await expect(balances(a, fixture.subgraph.user())).rejects.toThrow('lacks a required scope');
    expect(await balances(a, fixture.subgraph.user(['ADMIN']))).toEqual({});
  });
});
