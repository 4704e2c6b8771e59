import { until } from '../../../tests/support/until.js';
import { accountsOf, refund, transactionsOf } from './support/ledger.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterAll(() => fixture.close());

async function disputed(token = 'pm_card_createDispute') {
  const payment = await fixture.pay(token);
  await until('the dispute', async () => (await disputesOf(payment.sagaId)).length === 1);
  const state = await fixture.simulator();
  const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
  const dispute = state.disputes.find(({ payment_intent: of }) => of === intent);
  return { ...payment, id: await fixture.idOf(payment), dispute: dispute?.id ?? '' };
}

async function disputesOf(sagaId: string): Promise<{ status: string; withheld: string }[]> {
  return fixture.services.database.reader.query(
    'SELECT d.status, d.withheld FROM dispute d JOIN payment p ON p.id = d.payment_id WHERE p.saga_id = $1',
    [sagaId],
  );
}

const untilDispute = (sagaId: string, status: string) =>
  until(`a dispute that is ${status}`, async () => (await disputesOf(sagaId))[0]?.status === status);

describe('disputes', () => {
  it('update the payment and the ledger, and appear in the API', async () => {
    const { id, sagaId, buyer } = await disputed();
    expect((await fixture.row(sagaId)).status).toBe('DISPUTED');
    expect(await accountsOf(fixture, sagaId)).toEqual({});
    expect(await transactionsOf(fixture, sagaId)).toEqual(['SALE', 'DISPUTE']);
    const { data } = await fixture.subgraph.run(
      '{ payment(id: "' +
        id +
        '") { status disputes { id amount { amount } reason status evidenceDueBy } } }',
      {},
      buyer,
    );
    expect(data).toEqual({
      payment: {
        status: 'DISPUTED',
        disputes: [
          {
            id: expect.stringMatching(/^dispute_/) as string,
            amount: { amount: 2_500 },
            reason: 'fraudulent',
            status: 'NEEDS_RESPONSE',
            evidenceDueBy: expect.anything() as Date,
          },
        ],
      },
    });
    expect((await refund(fixture, id)).userErrors).toMatchObject([{ code: 'NOT_REFUNDABLE' }]);
  });

  it('are read when their status is one that this version does not know', async () => {
    const { id, sagaId, buyer } = await disputed();
    await fixture.services.database.reader.query(
      `UPDATE dispute SET status = 'in_arbitration'
       WHERE payment_id = (SELECT id FROM payment WHERE saga_id = $1)`,
      [sagaId],
    );
    const { data, errors } = await fixture.subgraph.run(
      `{ payment(id: "${id}") { status disputes { status } } }`,
      {},
      buyer,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ payment: { status: 'DISPUTED', disputes: [{ status: 'OTHER' }] } });
  });

  it('return the withheld money when they are won', async () => {
    const { id, sagaId, dispute } = await disputed();
    await fixture.control(`/disputes/${dispute}/close`, { outcome: 'won' });
    await untilDispute(sagaId, 'won');
    expect((await fixture.row(sagaId)).status).toBe('SUCCEEDED');
    expect(await accountsOf(fixture, sagaId)).toEqual({ provider_clearing: -2_500, platform_revenue: 2_500 });
    expect((await fixture.events(sagaId)).slice(-2)).toEqual(['DISPUTE_OPENED', 'DISPUTE_WON']);
    expect(await refund(fixture, id)).toMatchObject({ refund: { status: 'SUCCEEDED' } });
  });

  it('withhold the money when they are lost', async () => {
    const { id, sagaId, dispute } = await disputed();
    await fixture.control(`/disputes/${dispute}/close`, { outcome: 'lost' });
    await untilDispute(sagaId, 'lost');
    expect((await fixture.row(sagaId)).status).toBe('DISPUTED');
    expect((await fixture.events(sagaId)).slice(-2)).toEqual(['DISPUTE_OPENED', 'DISPUTE_LOST']);
    expect(await accountsOf(fixture, sagaId)).toEqual({});
    expect((await refund(fixture, id)).userErrors).toMatchObject([{ code: 'NOT_REFUNDABLE' }]);
  });

  it('withhold only the disputed part', async () => {
    const payment = await fixture.pay('pm_card_visa');
    const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
    await fixture.control(`/payment_intents/${intent}/dispute`, { amount: 1_000, reason: 'duplicate' });
    await fixture.untilStatus(payment.sagaId, 'DISPUTED');
    expect(await accountsOf(fixture, payment.sagaId)).toEqual({
      provider_clearing: -1_500,
      platform_revenue: 1_500,
    });
  });

  it("of refunded money are the platform's loss, not the seller's", async () => {
    const payment = await fixture.pay('pm_card_visa');
    const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
    await refund(fixture, await fixture.idOf(payment), { amount: 1_000 });
    await fixture.control(`/payment_intents/${intent}/dispute`);
    await fixture.untilStatus(payment.sagaId, 'DISPUTED');
    expect(await accountsOf(fixture, payment.sagaId)).toEqual({
      provider_clearing: 1_000,
      platform_revenue: -1_000,
    });
  });

  it('withhold no money while they are inquiries', async () => {
    const { id, sagaId, dispute } = await disputed('pm_card_createDisputeInquiry');
    expect((await fixture.row(sagaId)).status).toBe('SUCCEEDED');
    expect(await disputesOf(sagaId)).toEqual([{ status: 'warning_needs_response', withheld: '0' }]);
    await refund(fixture, id, { amount: 500 });
    await fixture.control(`/disputes/${dispute}/close`, { outcome: 'won' });
    await untilDispute(sagaId, 'warning_closed');
    expect(await fixture.events(sagaId)).not.toContain('DISPUTE_OPENED');
  });

  it('are recorded once if events are duplicated and out of order', async () => {
    await fixture.control('/webhooks', { duplicate: true });
    const { sagaId, dispute } = await disputed();
    await fixture.control(`/disputes/${dispute}/close`, { outcome: 'won' });
    await untilDispute(sagaId, 'won');
    await fixture.control('/webhooks', { duplicate: false });
    expect((await fixture.events(sagaId)).filter((type) => type.startsWith('DISPUTE'))).toEqual([
      'DISPUTE_OPENED',
      'DISPUTE_WON',
    ]);
  });

  it('prevent the refund of a cancelled order', async () => {
    const { sagaId } = await disputed();
    // The bank withholds the money: nothing is left to refund, and the cancellation continues.
    expect(await fixture.undo(sagaId)).toMatchObject({ kind: 'done', output: { refunded: true } });
    expect(await fixture.events(sagaId)).not.toContain('REFUND_REQUESTED');
  });
});
