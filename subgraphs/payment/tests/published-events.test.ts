import { notImplemented } from '@souk/payment/resolvers/not-implemented';
import { paymentCommands, paymentEvents } from '@souk/shared/contracts/payment';
import type { PublishedEvent } from '@souk/shared/db/event-outbox';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { ExpectedEvent, MutationCase } from '../../../tests/support/published-events.js';
import { implementedMutations, PublishedEvents } from '../../../tests/support/published-events.js';
import { refund } from './support/ledger.js';
import type { TestPayment } from './support/payment-fixture.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;
let published: PublishedEvents;
let admin: TestUser;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
  admin = fixture.subgraph.user(['ADMIN']);
  published = new PublishedEvents();
});

afterEach(() => fixture.control('/webhooks', { paused: false }));

afterAll(async () => {
  published.stop();
  await fixture.close();
});

const by = ({ authorization, userId }: TestUser): Pick<MutationCase, 'authorization' | 'actorId'> => ({
  authorization,
  actorId: userId,
});

interface Opened extends TestPayment {
  /** TypeID. */
  id: string;
  uuid: string;
  reference: string;
}

async function opened(token: string | null, overrides = {}): Promise<Opened> {
  const payment = await fixture.pay(token, overrides);
  const [row]: { id: string; reference: string }[] = await fixture.services.database.reader.query(
    'SELECT id, reference FROM payment WHERE saga_id = $1',
    [payment.sagaId],
  );
  return { ...payment, id: toApiId('payment', row!.id), uuid: row!.id, reference: row!.reference };
}

const eur = (amount: number): { amount: number; currency: string } => ({ amount, currency: 'EUR' });

function paymentEvent(
  event: ExpectedEvent['event'],
  { uuid, orderId, buyer }: Opened,
  payload: object = {},
): ExpectedEvent {
  return {
    event,
    aggregate: uuid,
    payload: {
      paymentId: uuid,
      orderId,
      ...(event !== paymentEvents.paymentRefunded && { userId: buyer.userId }),
      ...payload,
    },
  };
}

/** One case for each implemented mutation. */
const cases: Record<string, () => Promise<MutationCase>> = {
  confirmPayment: async () => {
    // The webhook must not be first.
    await fixture.control('/webhooks', { paused: true });
    const payment = await opened(null);
    return {
      query: `mutation ($id: ID!) {
        confirmPayment(id: $id, paymentMethodToken: "pm_card_visa") { userErrors { code } } }`,
      variables: { id: payment.id },
      ...by(payment.buyer),
      publishes: () => [
        paymentEvent(paymentEvents.paymentSucceeded, payment, {
          amount: eur(2_500),
          method: 'CREDIT_CARD',
          status: 'SUCCEEDED',
        }),
      ],
      repeatChangesNothing: true,
    };
  },
  verifyPayment: async () => {
    await fixture.control('/webhooks', { paused: true });
    const payment = await opened('pm_card_authenticationRequired');
    const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
    await fixture.control(`/payment_intents/${intent}/authenticate`);
    return {
      query: 'mutation ($id: ID!) { verifyPayment(id: $id) { userErrors { code } } }',
      variables: { id: payment.id },
      ...by(admin),
      publishes: () => [paymentEvent(paymentEvents.paymentSucceeded, payment, { status: 'SUCCEEDED' })],
      audits: () => [
        {
          action: 'VERIFY_PAYMENT',
          targetId: payment.uuid,
          before: { status: 'REQUIRES_ACTION' },
          after: { status: 'SUCCEEDED' },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  recordPayment: async () => {
    const payment = await opened(null, { method: 'BANK_TRANSFER' });
    return {
      query: `mutation ($reference: String!, $amount: MoneyInput!, $key: String!) {
        recordPayment(reference: $reference, amount: $amount, idempotencyKey: $key) { userErrors { code } } }`,
      variables: { reference: payment.reference, amount: eur(2_500), key: newId() },
      ...by(admin),
      publishes: () => [
        paymentEvent(paymentEvents.paymentSucceeded, payment, {
          method: 'BANK_TRANSFER',
          status: 'SUCCEEDED',
        }),
      ],
      audits: () => [
        {
          action: 'RECORD_PAYMENT',
          targetId: payment.uuid,
          before: { status: 'PENDING' },
          after: { received: eur(2_500), reference: payment.reference, late: false },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  refundPayment: async () => {
    const payment = await opened('pm_card_visa');
    await fixture.control('/webhooks', { paused: true });
    const input = {
      paymentId: payment.id,
      amount: eur(700),
      reason: 'It was late.',
      idempotencyKey: newId(),
    };
    return {
      query: `mutation ($input: RefundInput!) {
        refundPayment(input: $input) { refund { id } userErrors { code } } }`,
      variables: { input },
      ...by(admin),
      publishes: ({ refund }) => [
        paymentEvent(paymentEvents.refundRequested, payment, {
          refundId: fromApiId('refund', (refund as { id: string }).id),
          refund: eur(700),
          reason: 'It was late.',
        }),
        paymentEvent(paymentEvents.paymentRefunded, payment, { refunded: eur(700), sentBack: 700 }),
      ],
      audits: ({ refund }) => [
        {
          action: 'REFUND_PAYMENT',
          targetId: payment.uuid,
          before: { refunded: eur(0), refundable: eur(2_500) },
          after: { refundId: (refund as { id: string }).id, refund: eur(700), reason: 'It was late.' },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  recordPayout: async () => {
    const partnerId = newId();
    await opened('pm_card_visa', { lines: [{ partnerId, amount: 2_500 }] });
    return {
      query: `mutation ($id: ID!, $amount: MoneyInput!, $key: String!) {
        recordPayout(partnerId: $id, amount: $amount, reference: "August", idempotencyKey: $key) {
          entry { id } userErrors { code } } }`,
      variables: { id: toApiId('partner', partnerId), amount: eur(900), key: newId() },
      ...by(admin),
      publishes: ({ entry }) => [
        {
          event: paymentEvents.payoutRecorded,
          aggregate: partnerId,
          payload: {
            partnerId,
            entryId: fromApiId('ledger', (entry as { id: string }).id),
            amount: eur(900),
            reference: 'August',
          },
        },
      ],
      audits: ({ entry }) => [
        {
          action: 'RECORD_PAYOUT',
          targetId: partnerId,
          before: null,
          after: { entryId: (entry as { id: string }).id, amount: eur(900), reference: 'August' },
        },
      ],
      repeatChangesNothing: true,
    };
  },
};

test('has a case for every implemented mutation', () => {
  expect(Object.keys(cases).sort()).toEqual(implementedMutations('payment', notImplemented));
});

test.each(Object.entries(cases))('%s publishes what it changes', async (name, prepare) => {
  await published.expectFrom(fixture.subgraph.app, name, await prepare());
});

test.each([
  ['pm_card_visa', {}],
  [null, { amount: eur(0) }],
])('a payment by the checkout itself (%s) succeeds with the buyer as the actor', async (token, overrides) => {
  const payment = await opened(token, overrides);
  const succeeded = await until('the event', () =>
    published.all.find(
      ({ event, aggregate }) => event.name === 'paymentSucceeded' && aggregate === payment.uuid,
    ),
  );
  expect(succeeded).toMatchObject({
    payload: { orderId: payment.orderId, userId: payment.buyer.userId },
    cause: { actorId: payment.buyer.userId, requestId: null },
  });
});

const eventOf = (uuid: string, name: string): Promise<PublishedEvent> =>
  until(`the event ${name}`, () =>
    published.all.find(({ event, aggregate }) => event.name === name && aggregate === uuid),
  );

test('payments and refunds of a saga have the actor and the request that started it', async () => {
  const [checkout, cancellation] = ['checkout', 'cancellation'].map((requestId) => ({
    actorId: newId(),
    requestId,
  }));
  const { subgraph } = fixture;
  const sagaId = newId();
  const payload = fixture.payload(subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
  const step = 'PROCESS_PAYMENT';
  await subgraph.command(paymentCommands.processPayment, payload, {
    sagaId,
    step,
    ...(checkout && { cause: checkout }),
  });
  const uuid = (await fixture.row(sagaId)).id;
  expect((await eventOf(uuid, 'paymentSucceeded')).cause).toMatchObject(checkout ?? {});
  const cancelled = { sagaId: newId(), step: 'REFUND', ...(cancellation && { cause: cancellation }) };
  await subgraph.command(paymentCommands.refundOrder, { checkoutId: sagaId }, cancelled);
  const requested = await eventOf(uuid, 'refundRequested');
  expect(requested).toMatchObject({
    payload: { refund: eur(2_500), reason: 'The order was cancelled.' },
    cause: cancellation,
  });
});

test('a refund that the bank cannot send is published', async () => {
  const payment = await opened('pm_card_visa');
  await refund(fixture, payment.id, { amount: 700 });
  const reference = await fixture.refundAtProvider(payment.id);
  await fixture.control(`/refunds/${reference}/settle`, { outcome: 'fail' });
  const { refundId } = (await eventOf(payment.uuid, 'refundRequested')).payload as { refundId: string };
  expect(await eventOf(payment.uuid, 'refundFailed')).toMatchObject({
    payload: { refundId, refund: eur(700), reason: expect.any(String) as string },
    cause: { actorId: null },
  });
});

test.each([
  ['won', 'WON', 'SUCCEEDED'],
  ['lost', 'LOST', 'DISPUTED'],
])('a dispute is published when it begins, and when it is %s', async (decision, outcome, status) => {
  const payment = await opened('pm_card_visa');
  const { provider_payment_id: intent } = await fixture.row(payment.sagaId);
  await fixture.control(`/payment_intents/${intent}/dispute`, { amount: 1_000, reason: 'duplicate' });
  const disputed = await eventOf(payment.uuid, 'disputeOpened');
  expect(disputed.payload).toMatchObject({
    orderId: payment.orderId,
    status: 'DISPUTED',
    disputed: eur(1_000),
    reason: 'duplicate',
  });
  const { disputes } = await fixture.simulator();
  const dispute = disputes.find(({ payment_intent: of }) => of === intent);
  await fixture.control(`/disputes/${dispute?.id ?? ''}/close`, { outcome: decision });
  const { disputeId } = disputed.payload as { disputeId: string };
  expect((await eventOf(payment.uuid, 'disputeClosed')).payload).toMatchObject({
    disputeId,
    outcome,
    status,
  });
});
