import { newId } from '@souk/shared/ids';
import { accountsOf } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

// The checkout limits a payment's expiry: before the event begins, or while stock is scarce.

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterAll(() => fixture.close());

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const record = async (sagaId: string): Promise<Record<string, unknown>> => {
  const [row]: { reference: string }[] = await fixture.services.database.reader.query(
    'SELECT reference FROM payment WHERE saga_id = $1',
    [sagaId],
  );
  const { data } = await fixture.subgraph.run(
    `mutation ($reference: String!, $key: String!) {
      recordPayment(reference: $reference, amount: { amount: 2500, currency: "EUR" }, idempotencyKey: $key) {
        payment { status refunded { amount } } userErrors { code } } }`,
    { reference: row?.reference, key: newId() },
    fixture.subgraph.user(['ADMIN']),
  );
  return (data as unknown as { recordPayment: Record<string, unknown> }).recordPayment;
};

it.each(['BANK_TRANSFER', 'VIRTUAL_ACCOUNT'] as const)(
  '%s waits until then and no longer',
  async (method) => {
    const payBy = inMinutes(120);
    const { outcome } = await fixture.pay(null, { method, payBy });
    expect(outcome).toMatchObject({ kind: 'waiting', expiresAt: payBy });
  },
);

it('a method with an earlier deadline keeps it, and so does a card', async () => {
  const wallet = await fixture.pay(null, { method: 'E_WALLET', payBy: inMinutes(1_000) });
  const { expires_at: end } = (await fixture.row(wallet.sagaId)) as unknown as { expires_at: Date };
  expect(Math.round((end.getTime() - Date.now()) / 60_000)).toBe(60);
  const expiresAt = inMinutes(30);
  const card = await fixture.pay(null, { expiresAt, payBy: inMinutes(120) });
  expect(card.outcome).toMatchObject({ kind: 'waiting', expiresAt });
});

it.each([
  ['BANK_TRANSFER', 59],
  ['VIRTUAL_ACCOUNT', 14],
  ['E_WALLET', 4],
  ['CREDIT_CARD', -1],
] as const)('%s is rejected if %d minutes are left, and no payment is opened', async (method, minutes) => {
  const { sagaId, outcome } = await fixture.pay(null, { method, payBy: inMinutes(minutes) });
  expect(outcome).toMatchObject({
    kind: 'rejected',
    rejection: {
      code: 'PAYMENT_EXPIRED',
      message: expect.stringContaining('The payment deadline') as string,
    },
  });
  const rows: unknown[] = await fixture.services.database.reader.query(
    'SELECT FROM payment WHERE saga_id = $1',
    [sagaId],
  );
  expect(rows).toEqual([]);
});

it('a payment that an earlier try has opened continues', async () => {
  const sagaId = newId();
  const payload = fixture.payload(fixture.subgraph.user(), { method: 'E_WALLET', payBy: inMinutes(6) });
  await fixture.begin(payload, sagaId);
  await expect(fixture.begin({ ...payload, payBy: inMinutes(4) }, sagaId)).resolves.toBeDefined();
});

it('money recorded after the deadline is refunded, even if the checkout has not ended yet', async () => {
  const { sagaId } = await fixture.pay(null, { method: 'BANK_TRANSFER', payBy: inMinutes(90) });
  await fixture.services.database.reader.query(
    `UPDATE payment SET expires_at = now() - interval '1 second' WHERE saga_id = $1`,
    [sagaId],
  );
  expect(await record(sagaId)).toEqual({
    payment: { status: 'REFUNDED', refunded: { amount: 2_500 } },
    userErrors: [],
  });
  // The step has no reply: the checkout ends through its own timeout.
  expect(fixture.answers(sagaId)).toEqual([]);
  expect(await fixture.undo(sagaId)).toMatchObject({ kind: 'done', output: { refunded: true } });
  expect(await accountsOf(fixture, sagaId)).toEqual({});
});
