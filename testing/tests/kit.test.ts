import { ListingsDocument, LoginDocument } from '@souk/client/generated/operations';
import { Refused } from '@souk/client/souk-client';
import { isAlive } from '@souk/standalone/process-table';
import { stockLicences } from '../../tests/support/shop';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import { SimulatorRefused, testCards } from '@souk/testing/stripe-simulator';
import type { StreamTransport } from '@souk/testing/subscription';
import type { CheckoutState, TestClient } from '@souk/testing/test-client';
import { until } from '@souk/testing/until';

// Clients and controls of the kit, in a Souk whose card provider fails.

let souk: TestSouk;
let buyer: TestClient;
let offerId: string;

beforeAll(async () => {
  souk = await startSouk({ demo: false });
  ({ offerId } = await stockLicences(souk.admin, null));
  buyer = await souk.newBuyer();
});
afterAll(() => souk.stop());

/** The id of the PaymentIntent of a checkout. */
async function intentOf({ order }: CheckoutState): Promise<string> {
  const data = await buyer.run('query ($id: ID!) { payment(id: $id) { providerPaymentId } }', {
    id: order.payment?.id,
  });
  return (data as { payment: { providerPaymentId: string } }).payment.providerPaymentId;
}

async function sold(card?: string): Promise<CheckoutState> {
  return buyer.untilEnded(await buyer.buy([{ offerId }], card));
}

async function waiting(): Promise<{ id: string; intentId: string }> {
  const id = await buyer.buy([{ offerId }], testCards.authenticationRequired);
  return { id, intentId: await intentOf(await buyer.untilStatus(id, 'AWAITING_PAYMENT')) };
}

const untilPaymentIs = (id: string, status: string): Promise<boolean> =>
  until(`the payment is ${status}`, async () => {
    const { order } = await buyer.readCheckout(id);
    return order.payment?.status === status;
  });

describe('clients', () => {
  test('concurrent first requests share a sign-in, which is renewed before it expires', async () => {
    const admin = (await souk.as('admin')).email;
    expect(admin).toBe('admin@souk.test');
    const [first, second] = await Promise.all([1, 2].map(() => souk.admin.run('{ me { id } }')));
    expect(first).toEqual(second);
    const before = souk.admin.accessToken;
    const later = Date.now() + 14 * 60_000 + 45_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
    await souk.admin.run('{ me { id } }');
    clock.mockRestore();
    expect(souk.admin.accessToken).not.toBe(before);
  });

  test('use a given token until the next sign-in', async () => {
    const client = await souk.as('admin');
    client.useToken(null);
    await expect(client.run('{ systemSettings { key } }')).rejects.toThrow('UNAUTHENTICATED');
    await client.signIn();
    await expect(client.run('{ systemSettings { key } }')).resolves.toBeDefined();
  });

  test('throw refusals, and return whole responses', async () => {
    const wrong = { email: 'unknown@example.com', password: 'not a password of anybody' };
    const refused = souk.anonymous.mutate(LoginDocument, wrong);
    await expect(refused).rejects.toThrow(Refused);
    await expect(refused).rejects.toThrow('BAD_CREDENTIALS');
    await expect(souk.as('buyer')).rejects.toThrow('BAD_CREDENTIALS');
    await expect(souk.anonymous.signIn()).rejects.toThrow('has no credentials');
    const { status, data, errors } = await souk.anonymous.send(ListingsDocument, { first: 101 });
    expect([status, data?.listings, errors?.[0]?.extensions.code]).toEqual([
      200,
      undefined,
      'BAD_USER_INPUT',
    ]);
  });

  test.each<StreamTransport>(['SSE', 'WebSocket'])('follow a checkout: %s', async (transport) => {
    const id = await buyer.buy([{ offerId }]);
    const stream = buyer.subscribe(
      transport,
      'subscription ($id: ID!) { checkoutUpdated(id: $id) { status } }',
      { id },
    );
    const events = await stream.toEnd(60_000);
    expect(events.at(-1)?.data).toEqual({ checkoutUpdated: { status: 'COMPLETED' } });
    await expect(stream.atLeast(events.length)).resolves.toBe(events.at(-1));
    const statuses: unknown[] = [];
    const again = 'subscription ($id: ID!) { checkoutUpdated(id: $id) { status } }';
    for await (const data of buyer.follow(again, { id })) statuses.push(data);
    expect(statuses).toEqual([{ checkoutUpdated: { status: 'COMPLETED' } }]);
  });
});

describe('the simulator', () => {
  test('fails a charge and a refund, which Souk repeats once', async () => {
    const before = (await souk.simulator.paymentIntents()).length;
    await souk.simulator.failNextCharge();
    const { status, id, order } = await sold();
    expect(status).toBe('COMPLETED');
    expect((await souk.simulator.paymentIntents()).length).toBe(before + 1);
    await souk.simulator.failNextRefund();
    await souk.admin.mutate(
      `mutation ($input: RefundInput!) { refundPayment(input: $input) { refund { id } userErrors { code message } } }`,
      { input: { paymentId: order.payment?.id, reason: 'Late.', idempotencyKey: crypto.randomUUID() } },
    );
    await untilPaymentIs(id, 'REFUNDED');
    expect((await souk.simulator.state()).faults).toEqual([]);
  });

  test('injects faults and forgets them', async () => {
    await souk.simulator.delayCalls(1_000, 2);
    await souk.simulator.injectFault({ kind: 'rate_limit', path: '/v1/refunds' });
    const { faults } = await souk.simulator.state();
    expect(faults.map(({ kind, count }) => [kind, count])).toEqual([
      ['slow', 2],
      ['rate_limit', 1],
    ]);
    await souk.simulator.clearFaults();
    expect((await souk.simulator.state()).faults).toEqual([]);
  });

  test('declines cards', async () => {
    expect((await sold(testCards.declined)).failure).toMatchObject({ code: 'PAYMENT_DECLINED' });
  });

  test('plays the buyer who authenticates, or fails to', async () => {
    const { id, intentId } = await waiting();
    await souk.simulator.authenticate(intentId);
    expect((await buyer.untilEnded(id)).status).toBe('COMPLETED');
    const other = await waiting();
    const declined = souk.simulator.confirm(other.intentId, testCards.insufficientFunds);
    await expect(declined).rejects.toThrow(SimulatorRefused);
    await expect(declined).rejects.toMatchObject({ status: 402, code: 'card_declined' });
  });

  test('sends webhooks late and twice', async () => {
    const { id, intentId } = await waiting();
    await souk.simulator.pauseWebhooks();
    await souk.simulator.setWebhooks({ duplicate: true });
    try {
      await souk.simulator.confirm(intentId);
      const { deliveries } = await souk.simulator.state();
      expect(deliveries.filter(({ state }) => state === 'pending')).not.toEqual([]);
      expect((await buyer.readCheckout(id)).status).toBe('AWAITING_PAYMENT');
    } finally {
      await souk.simulator.resumeWebhooks();
    }
    const { status, order } = await buyer.untilEnded(id);
    await souk.simulator.setWebhooks({ duplicate: false });
    expect([status, order.payment?.events.filter(({ type }) => type === 'SUCCEEDED').length]).toEqual([
      'COMPLETED',
      1,
    ]);
  });

  test("plays Stripe's dashboard and the bank: refunds and disputes", async () => {
    const first = await sold(testCards.refundPends);
    const refund = await souk.simulator.refund(await intentOf(first), 400);
    expect((await souk.simulator.refunds())[0]).toMatchObject({ id: refund.id, status: 'pending' });
    expect(await souk.simulator.settleRefund(refund.id)).toMatchObject({ status: 'succeeded' });
    await untilPaymentIs(first.id, 'PARTIALLY_REFUNDED');

    const second = await sold();
    const { id } = await souk.simulator.openDispute(await intentOf(second), { reason: 'duplicate' });
    await untilPaymentIs(second.id, 'DISPUTED');
    await souk.simulator.closeDispute(id, 'lost');
    await until('the order is charged back', async () => {
      const { order } = await buyer.readCheckout(second.id);
      return order.paymentStatus === 'CHARGED_BACK';
    });
  });

  test('counts the money', async () => {
    const { eur: before } = await souk.simulator.totals();
    const { order } = await sold();
    const { eur: after } = await souk.simulator.totals();
    expect((after?.charged ?? 0) - (before?.charged ?? 0)).toBe(order.total.amount);
  });
});

test('a crash keeps the data and the address', async () => {
  const { url, pid } = souk;
  await souk.kill();
  expect(await isAlive(pid)).toBe(false);
  await expect(buyer.run('{ me { id } }')).rejects.toThrow();
  await souk.restart();
  expect([souk.url, souk.pid === pid]).toEqual([url, false]);
  await expect(buyer.run('{ me { id } }')).resolves.toEqual({ me: { id: buyer.userId } });
  expect((await sold()).status).toBe('COMPLETED');
}, 240_000);
