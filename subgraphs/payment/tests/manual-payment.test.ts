import { newId } from '@souk/shared/ids';
import { accountsOf, refund } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterAll(() => fixture.close());

const recording = /* GraphQL */ `
  mutation ($reference: String!, $amount: MoneyInput!, $key: String!) {
    recordPayment(reference: $reference, amount: $amount, idempotencyKey: $key) {
      replayed
      payment {
        status
        refunded {
          amount
        }
        instructions
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`;

type Method = 'BANK_TRANSFER' | 'E_WALLET' | 'VIRTUAL_ACCOUNT';

async function waiting(method: Method = 'BANK_TRANSFER') {
  const payment = await fixture.pay(null, { method });
  expect(payment.outcome.kind).toBe('waiting');
  const [row]: { reference: string; expires_at: Date; created_at: Date }[] =
    await fixture.services.database.reader.query('SELECT * FROM payment WHERE saga_id = $1', [
      payment.sagaId,
    ]);
  if (!row) throw new Error('There is no such payment.');
  return { ...payment, ...row, id: await fixture.idOf(payment) };
}

const record = async (
  reference: string,
  amount = 2_500,
  { currency = 'EUR', key = newId(), as = fixture.subgraph.user(['ADMIN']) } = {},
) => {
  const variables = { reference, amount: { amount, currency }, key };
  const { data, errors } = await fixture.subgraph.run(recording, variables, as);
  if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
  return (data as unknown as { recordPayment: Record<string, unknown> }).recordPayment;
};

describe('a manual payment', () => {
  it.each([
    ['BANK_TRANSFER', 4_320, /^Transfer €25\.00 to the test bank account XX00 and quote PAY-\w{10}\. /],
    ['VIRTUAL_ACCOUNT', 1_440, /^Pay €25\.00 into the virtual account PAY-\w{10} at the Test Bank\. /],
    ['E_WALLET', 60, /^Send €25\.00 to the wallet @souk-test with the note PAY-\w{10}\. /],
  ] as const)('%s waits %d minutes, and says what to do', async (method, minutes, instructions) => {
    const {
      id,
      buyer,
      outcome,
      expires_at: expiresAt,
      created_at: createdAt,
      sagaId,
    } = await waiting(method);
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(minutes * 60_000);
    expect(outcome).toMatchObject({ kind: 'waiting', expiresAt: expiresAt.toISOString() });
    const { data } = await fixture.subgraph.run(
      '{ payment(id: "' + id + '") { status provider method instructions clientSecret providerPaymentId } }',
      {},
      buyer,
    );
    expect(data).toEqual({
      payment: {
        status: 'PENDING',
        provider: 'MANUAL',
        method,
        instructions: expect.stringMatching(instructions) as string,
        clientSecret: null,
        providerPaymentId: null,
      },
    });
    expect(await fixture.events(sagaId)).toEqual(['CREATED', 'ACTION_REQUIRED']);
    const { data: confirmed } = await fixture.confirm(
      { sagaId, buyer, outcome, orderId: '' },
      id,
      'pm_card_visa',
    );
    expect(confirmed).toMatchObject({ confirmPayment: { userErrors: [{ code: 'CONFLICT' }] } });
  });

  it('is paid once its money is recorded, and the checkout continues', async () => {
    const { reference, sagaId } = await waiting();
    expect(await record(reference)).toEqual({
      replayed: false,
      payment: { status: 'SUCCEEDED', refunded: { amount: 0 }, instructions: null },
      userErrors: [],
    });
    expect((await fixture.untilAnswered(sagaId)).kind).toBe('done');
    expect(await accountsOf(fixture, sagaId)).toEqual({ bank: -2_500, platform_revenue: 2_500 });
  });

  it('is recorded once, with one key or with many concurrent keys', async () => {
    const { reference, sagaId } = await waiting();
    const as = fixture.subgraph.user(['ADMIN']);
    const same = await Promise.all(
      Array.from({ length: 4 }, () => record(reference, 2_500, { key: 'k', as })),
    );
    expect(same.filter(({ replayed }) => replayed === true)).toHaveLength(3);
    expect(await record(reference)).toMatchObject({
      userErrors: [{ code: 'CONFLICT', field: ['reference'] }],
    });
    expect(await record(reference, 2_400, { key: 'k', as })).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }],
    });
    const other = await waiting();
    const many = await Promise.all(Array.from({ length: 8 }, () => record(other.reference)));
    expect(many.filter(({ userErrors }) => (userErrors as unknown[]).length === 0)).toHaveLength(1);
    for (const saga of [sagaId, other.sagaId]) {
      expect((await fixture.events(saga)).filter((type) => type === 'SUCCEEDED')).toHaveLength(1);
      await fixture.untilAnswered(saga);
      expect(fixture.answers(saga)).toHaveLength(1);
    }
  });

  it('is rejected with the difference if the amount differs', async () => {
    const { reference, sagaId } = await waiting();
    expect(await record(reference, 2_000)).toMatchObject({
      payment: null,
      userErrors: [
        {
          code: 'AMOUNT_MISMATCH',
          message: 'The payment amount is €25.00; €20.00 is €5.00 less.',
          field: ['amount', 'amount'],
        },
      ],
    });
    expect(await record(reference, 2_501)).toMatchObject({
      userErrors: [{ code: 'AMOUNT_MISMATCH', message: expect.stringMatching(/€0\.01 more/) as string }],
    });
    expect(await record(reference, 2_500, { currency: 'USD' })).toMatchObject({
      userErrors: [{ code: 'AMOUNT_MISMATCH', field: ['amount', 'currency'] }],
    });
    expect(await record(reference, -1)).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
    expect(await record('PAY-0000000000')).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['reference'] }],
    });
    await expect(record(reference, 2_500, { as: fixture.subgraph.user() })).rejects.toThrow(
      'lacks a required scope',
    );
    expect((await fixture.row(sagaId)).status).toBe('PENDING');
  });

  it('that has ended is recorded and refunded automatically', async () => {
    const { reference, sagaId } = await waiting();
    expect(await fixture.undo(sagaId)).toEqual({ kind: 'done', output: { refunded: false } });
    expect((await fixture.row(sagaId)).status).toBe('CANCELLED');
    expect(await record(reference)).toMatchObject({
      payment: { status: 'REFUNDED', refunded: { amount: 2_500 } },
      userErrors: [],
    });
    expect(await fixture.events(sagaId)).toEqual([
      'CREATED',
      'ACTION_REQUIRED',
      'CANCELLED',
      'SUCCEEDED',
      'REFUND_REQUESTED',
      'REFUNDED',
    ]);
    expect(await accountsOf(fixture, sagaId)).toEqual({});
  });

  it.each(['BANK_TRANSFER', 'VIRTUAL_ACCOUNT', 'E_WALLET'] as const)(
    '%s expires where its deadline passes, and money that comes then is sent back',
    async (method) => {
      const { reference, sagaId } = await waiting(method);
      await fixture.services.database.reader.query(
        `UPDATE payment SET expires_at = created_at - interval '1 minute' WHERE saga_id = $1`,
        [sagaId],
      );
      // The checkout compensates when its wait times out.
      expect(await fixture.undo(sagaId)).toEqual({ kind: 'done', output: { refunded: false } });
      expect((await fixture.row(sagaId)).status).toBe('EXPIRED');
      expect(await record(reference)).toMatchObject({ payment: { status: 'REFUNDED', instructions: null } });
      expect(await accountsOf(fixture, sagaId)).toEqual({});
    },
  );

  it('either succeeds or is refunded if the money and the undo arrive concurrently', async () => {
    for (let run = 0; run < 6; run += 1) {
      const { reference, sagaId } = await waiting();
      const [undone, recorded] = await Promise.all([fixture.undo(sagaId), record(reference)]);
      expect(undone.kind).toBe('done');
      expect(recorded['userErrors']).toEqual([]);
      // The undo ran first and found no money, or after the money and refunded it.
      expect((await fixture.row(sagaId)).status).toBe('REFUNDED');
      expect(await accountsOf(fixture, sagaId)).toEqual({});
    }
  });

  it('is refunded like any other', async () => {
    const { reference, id, sagaId } = await waiting();
    await record(reference);
    expect(await refund(fixture, id, { amount: 700 })).toMatchObject({
      refund: { status: 'SUCCEEDED', providerRefundId: null, payment: { status: 'PARTIALLY_REFUNDED' } },
    });
    expect(await accountsOf(fixture, sagaId)).toEqual({ bank: -1_800, platform_revenue: 1_800 });
    expect(await fixture.undo(sagaId)).toMatchObject({ kind: 'done', output: { refunded: true } });
    expect(await accountsOf(fixture, sagaId)).toEqual({});
  });

  it('rejects recording a card payment', async () => {
    const payment = await fixture.pay(null);
    const [row]: { reference: string }[] = await fixture.services.database.reader.query(
      'SELECT reference FROM payment WHERE saga_id = $1',
      [payment.sagaId],
    );
    expect(await record(row?.reference ?? '')).toMatchObject({ userErrors: [{ code: 'CONFLICT' }] });
  });
});
