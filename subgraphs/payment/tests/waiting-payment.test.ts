import Stripe from 'stripe';
import { newId, toApiId } from '@souk/shared/ids';
import { countJobs } from '@souk/shared/queue/schedule';
import { reconcile } from '@souk/payment/workers/reconciler';
import { until } from '../../../tests/support/until.js';
import { PaymentFixture, webhookSecret } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterEach(() => fixture.control('/webhooks', { paused: false, duplicate: false }));
afterAll(() => fixture.close());

/** Opens a waiting payment; returns it with its id. */
async function waiting(token: string | null = null, expiresAt?: string) {
  const payment = await fixture.pay(token, expiresAt === undefined ? {} : { expiresAt });
  expect(payment.outcome.kind).toBe('waiting');
  const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
  return { payment, id: await fixture.idOf(payment), intent };
}

const verification = /* GraphQL */ `
  mutation ($id: ID!) {
    verifyPayment(id: $id) {
      replayed
      payment {
        status
      }
      userErrors {
        code
        field
      }
    }
  }
`;

describe('confirmPayment', () => {
  it('charges the card, and the checkout continues', async () => {
    const { payment, id } = await waiting();
    const { data } = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(data).toEqual({
      confirmPayment: {
        replayed: false,
        payment: { id, status: 'SUCCEEDED', failure: null },
        userErrors: [],
      },
    });
    expect(await fixture.untilAnswered(payment.sagaId)).toEqual({
      kind: 'done',
      output: { paymentId: (await fixture.row(payment.sagaId)).id },
    });
  });

  it('leaves a declined payment waiting for another attempt', async () => {
    const { payment, id } = await waiting();
    const declined = await fixture.confirm(payment, id, 'pm_card_chargeDeclinedInsufficientFunds');
    expect(declined.data).toMatchObject({
      confirmPayment: {
        payment: { status: 'PENDING', failure: { code: 'insufficient_funds' } },
        userErrors: [
          {
            __typename: 'PaymentDeclinedError',
            code: 'PAYMENT_DECLINED',
            declineCode: 'insufficient_funds',
            field: ['paymentMethodToken'],
          },
        ],
      },
    });
    expect(fixture.answers(payment.sagaId)).toEqual([]);
    const again = await fixture.confirm(payment, id, 'pm_card_chargeDeclined');
    expect(again.data).toMatchObject({
      confirmPayment: { userErrors: [{ declineCode: 'generic_decline' }] },
    });
    const paid = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(paid.data).toMatchObject({ confirmPayment: { payment: { status: 'SUCCEEDED' }, userErrors: [] } });
    expect((await fixture.untilAnswered(payment.sagaId)).kind).toBe('done');
    expect(await fixture.events(payment.sagaId)).toEqual([
      'CREATED',
      'ACTION_REQUIRED',
      'FAILED',
      'ACTION_REQUIRED',
      'FAILED',
      'ACTION_REQUIRED',
      'SUCCEEDED',
    ]);
  });

  it('may require authentication, which the webhook completes', async () => {
    const { payment, id, intent } = await waiting();
    const acting = await fixture.confirm(payment, id, 'pm_card_authenticationRequired');
    expect(acting.data).toMatchObject({
      confirmPayment: { payment: { status: 'REQUIRES_ACTION' }, userErrors: [] },
    });
    await fixture.control(`/payment_intents/${intent}/authenticate`);
    expect((await fixture.untilAnswered(payment.sagaId)).kind).toBe('done');
    const [row]: { source: string; provider_event_id: string }[] =
      await fixture.services.database.reader.query(
        `SELECT source, provider_event_id FROM payment_event e JOIN payment p ON p.id = e.payment_id
       WHERE p.saga_id = $1 AND e.type = 'SUCCEEDED'`,
        [payment.sagaId],
      );
    expect(row?.source).toBe('webhook');
    expect(row?.provider_event_id).toMatch(/^evt_/);
  });

  it('keeps waiting if authentication fails, and accepts another card', async () => {
    const { payment, id, intent } = await waiting('pm_card_authenticationRequired');
    await fixture.control(`/payment_intents/${intent}/authenticate`, { outcome: 'fail' });
    await fixture.untilStatus(payment.sagaId, 'PENDING');
    const paid = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(paid.data).toMatchObject({ confirmPayment: { payment: { status: 'SUCCEEDED' } } });
  });

  it('charges once with concurrent confirmations', async () => {
    const { payment, id } = await waiting();
    await Promise.all(
      ['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex', 'pm_card_visa'].map((token) =>
        fixture.confirm(payment, id, token),
      ),
    );
    expect((await fixture.untilAnswered(payment.sagaId)).kind).toBe('done');
    expect(await fixture.atProvider(id)).toMatchObject({ intents: ['succeeded'], charged: 1, refunded: 0 });
    expect((await fixture.events(payment.sagaId)).filter((type) => type === 'SUCCEEDED')).toHaveLength(1);
  });

  it('charges once if Stripe charges and returns a 500', async () => {
    const { payment, id } = await waiting();
    await fixture.control('/faults', { kind: 'error500_after', path: '/v1/payment_intents/*/confirm' });
    const { data } = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(data).toMatchObject({ confirmPayment: { payment: { status: 'SUCCEEDED' }, userErrors: [] } });
    expect((await fixture.untilAnswered(payment.sagaId)).kind).toBe('done');
    expect(await fixture.atProvider(id)).toMatchObject({ intents: ['succeeded'], charged: 1, refunded: 0 });
  });

  it.each([
    ['an unknown id', toApiId('payment', newId())],
    ['an id of another type', toApiId('order', newId())],
    ['no id at all', 'x'],
  ])('refuses %s', async (_what, id) => {
    const { payment } = await waiting();
    const { data } = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(data).toMatchObject({
      confirmPayment: { payment: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
    });
  });

  it('is allowed for the customer only', async () => {
    const { payment, id } = await waiting();
    const stranger = await fixture.confirm(payment, id, 'pm_card_visa', fixture.subgraph.user());
    expect(stranger.data).toMatchObject({
      confirmPayment: { payment: null, userErrors: [{ code: 'NOT_FOUND' }] },
    });
    const admin = await fixture.confirm(payment, id, 'pm_card_visa', fixture.subgraph.user(['ADMIN']));
    expect(admin.data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'NOT_OWNER' }] } });
    expect((await fixture.row(payment.sagaId)).status).toBe('PENDING');
  });

  it.each(['', 'visa', 'pm_', 'pm_card visa', 'pm_doesNotExist'])(
    'refuses the payment method %j and goes on waiting',
    async (token) => {
      const { payment, id } = await waiting();
      const { data } = await fixture.confirm(payment, id, token);
      expect(data).toMatchObject({
        confirmPayment: {
          payment: { status: 'PENDING' },
          userErrors: [{ code: 'INVALID', field: ['paymentMethodToken'] }],
        },
      });
    },
  );

  it('is rejected after the expiry, and after the payment', async () => {
    const late = await waiting(null, new Date(Date.now() - 1_000).toISOString());
    const expired = await fixture.confirm(late.payment, late.id, 'pm_card_visa');
    expect(expired.data).toMatchObject({ confirmPayment: { userErrors: [{ code: 'PAYMENT_EXPIRED' }] } });

    const paid = await fixture.pay('pm_card_visa');
    const again = await fixture.confirm(paid, await fixture.idOf(paid), 'pm_card_visa');
    expect(again.data).toMatchObject({
      confirmPayment: { payment: { status: 'SUCCEEDED' }, userErrors: [{ code: 'CONFLICT' }] },
    });
  });

  it('reports that Stripe is unavailable, and changes nothing', async () => {
    const { payment, id } = await waiting();
    await fixture.control('/faults', {
      kind: 'error500',
      before_execution: true,
      count: 3,
      path: '/v1/payment_intents/*/confirm',
    });
    const away = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(away.data).toMatchObject({
      confirmPayment: { payment: { status: 'PENDING' }, userErrors: [{ code: 'PROVIDER_UNAVAILABLE' }] },
    });
    const back = await fixture.confirm(payment, id, 'pm_card_visa');
    expect(back.data).toMatchObject({ confirmPayment: { payment: { status: 'SUCCEEDED' } } });
  });
});

describe('verifyPayment', () => {
  it('settles a payment whose webhook was lost', async () => {
    await fixture.control('/webhooks', { paused: true });
    const { payment, id, intent } = await waiting();
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
    const { data } = await fixture.subgraph.run(verification, { id }, payment.buyer);
    expect(data).toEqual({
      verifyPayment: { replayed: false, payment: { status: 'SUCCEEDED' }, userErrors: [] },
    });
    expect((await fixture.untilAnswered(payment.sagaId)).kind).toBe('done');
  });

  it('is allowed for the customer and for payments:manage', async () => {
    const { payment, id } = await waiting();
    const stranger = await fixture.subgraph.run(verification, { id }, fixture.subgraph.user());
    expect(stranger.data).toMatchObject({
      verifyPayment: { payment: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
    });
    const admin = await fixture.subgraph.run(verification, { id }, fixture.subgraph.user(['ADMIN']));
    expect(admin.data).toMatchObject({ verifyPayment: { payment: { status: 'PENDING' }, userErrors: [] } });
    expect(fixture.answers(payment.sagaId)).toEqual([]);
  });
});

describe('the webhook', () => {
  function post(body: string, signature: string | null): Promise<Response> {
    return fetch(fixture.webhookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === null ? {} : { 'stripe-signature': signature }),
      },
      body,
    });
  }

  const sign = (payload: string, secret: string, timestamp?: number) =>
    new Stripe('sk_test_x').webhooks.generateTestHeaderString({
      payload,
      secret,
      ...(timestamp === undefined ? {} : { timestamp }),
    });

  const eventOf = (id: string, type: string, object: object) =>
    JSON.stringify({ id, object: 'event', type, created: 1_770_000_000, data: { object } });

  it('rejects an invalid signature', async () => {
    const id = `evt_${newId()}`;
    const body = eventOf(id, 'payment_intent.succeeded', { id: 'pi_x' });
    const old = Math.floor(Date.now() / 1_000) - 3_600;
    const signed = sign(body, webhookSecret);
    expect((await post(body, null)).status).toBe(400);
    expect((await post(body, 'nonsense')).status).toBe(400);
    expect((await post(body, sign(body, 'whsec_wrong'))).status).toBe(400);
    expect((await post(body.replace('pi_x', 'pi_y'), signed)).status).toBe(400);
    expect((await post(body, sign(body, webhookSecret, old))).status).toBe(400);
    expect((await post('', signed)).status).toBe(400);
    const stored: unknown[] = await fixture.services.database.reader.query(
      'SELECT 1 FROM provider_event WHERE id = $1',
      [id],
    );
    expect(stored).toEqual([]);
  });

  it('rejects a body that is too large', async () => {
    const body = 'x'.repeat(1_100_000);
    const response = await post(body, sign(body, webhookSecret));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ error: 'The event cannot be read.' });
  });

  it('accepts any of its secrets, and stores events of unknown types', async () => {
    const id = `evt_${newId()}`;
    const body = eventOf(id, 'customer.created', { id: 'cus_x' });
    expect((await post(body, sign(body, 'whsec_older'))).status).toBe(200);
    expect((await post(body, sign(body, webhookSecret))).status).toBe(200);
    const rows: object[] = await fixture.services.database.reader.query(
      'SELECT type, object_id FROM provider_event WHERE id = $1',
      [id],
    );
    expect(rows).toEqual([{ type: 'customer.created', object_id: 'cus_x' }]);
  });

  it('responds with 200 for an unknown payment', async () => {
    const body = eventOf(`evt_${newId()}`, 'payment_intent.succeeded', { id: 'pi_foreign', metadata: {} });
    expect((await post(body, sign(body, webhookSecret))).status).toBe(200);
  });

  it('handles duplicated and reordered events', async () => {
    await fixture.control('/webhooks', { duplicate: true });
    const { payment, id, intent } = await waiting();
    const bodies = [
      'payment_intent.succeeded',
      'payment_intent.requires_action',
      'payment_intent.canceled',
    ].map((type) => eventOf(`evt_${newId()}`, type, { id: intent, metadata: { payment: id } }));
    // The events contradict the payment's current state, so they have no effect.
    for (const body of [...bodies, ...bodies]) {
      expect((await post(body, sign(body, webhookSecret))).status).toBe(200);
    }
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_chargeDeclined' });
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
    await fixture.untilAnswered(payment.sagaId);
    await until('all events to arrive', async () => {
      const { jobs } = await pendingMessages();
      return jobs === 0;
    });
    expect((await fixture.events(payment.sagaId)).filter((type) => type === 'SUCCEEDED')).toHaveLength(1);
    expect(fixture.answers(payment.sagaId)).toHaveLength(1);
    expect(await fixture.atProvider(id)).toMatchObject({ intents: ['succeeded'], charged: 1, refunded: 0 });
  });

  async function pendingMessages(): Promise<{ jobs: number }> {
    return { jobs: await countJobs(fixture.subgraph.dependencies.queues.queue('payment')) };
  }
});

describe('settlement', () => {
  it('replies once if the buyer, the webhook, a verification and the reconciler settle concurrently', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => waiting()));
    const tomorrow = { now: () => new Date(Date.now() + 86_400_000) };
    await Promise.all(
      runs.flatMap(({ payment, id }) => [
        fixture.confirm(payment, id, 'pm_card_visa'),
        fixture.subgraph.run(verification, { id }, payment.buyer),
        fixture.subgraph.run(verification, { id }, fixture.subgraph.user(['ADMIN'])),
        reconcile({ ...fixture.services, clock: tomorrow }),
      ]),
    );
    for (const { payment } of runs) {
      await fixture.untilAnswered(payment.sagaId);
      await fixture.untilStatus(payment.sagaId, 'SUCCEEDED');
      expect(fixture.answers(payment.sagaId)).toHaveLength(1);
      expect((await fixture.events(payment.sagaId)).filter((type) => type === 'SUCCEEDED')).toHaveLength(1);
    }
  });
});

describe('the reconciler', () => {
  it('syncs payments that were last synced over a minute ago, and no others', async () => {
    await fixture.control('/webhooks', { paused: true });
    const { payment, intent } = await waiting();
    await fixture.control(`/payment_intents/${intent}/confirm`, { payment_method: 'pm_card_visa' });
    await reconcile(fixture.services);
    expect((await fixture.row(payment.sagaId)).status).toBe('PENDING');
    const later = { now: () => new Date(Date.now() + 61_000) };
    await reconcile({ ...fixture.services, clock: later });
    expect((await fixture.row(payment.sagaId)).status).toBe('SUCCEEDED');
    expect((await fixture.untilAnswered(payment.sagaId)).kind).toBe('done');
  });
});
