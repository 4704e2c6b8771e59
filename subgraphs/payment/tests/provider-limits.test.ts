import { verifyPayment } from '@souk/payment/domain/payment/provider-sync';
import type { PaymentServices } from '@souk/payment/domain/payment/payment-services';
import { deleteExpiredCardAttempts } from '@souk/payment/domain/provider/card-attempts';
import type { CardProvider } from '@souk/payment/domain/provider/card-provider';
import { confirmPayment } from '@souk/payment/domain/payment/confirmation';
import { entities, migrations } from '@souk/payment/database';
import { PaymentEntity } from '@souk/payment/entities/payment';
import { reconcile } from '@souk/payment/workers/reconciler';
import { Database } from '@souk/shared/db/database';
import type { Identity } from '@souk/shared/auth/identity';
import { openDataSource } from '@souk/shared/db/data-source';
import { Rejection } from '@souk/shared/errors';
import { timeoutHeader } from '@souk/shared/graph/request-work';
import { fromApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { TestPayment } from './support/payment-fixture.js';
import { PaymentFixture } from './support/payment-fixture.js';

const limits = { declinesPerBuyer: 3, declinesPerAddress: 5, verifyIntervalMs: 60_000 };
const declinedCard = 'pm_card_chargeDeclined';

let fixture: PaymentFixture;
/** Services of two processes that share the database and the provider only. */
let processes: [PaymentServices, PaymentServices];
let networks = 0;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  fixture = await PaymentFixture.open({ limits });
  processes = [await anotherProcess(), await anotherProcess()];
});
afterAll(async () => {
  for (const close of closing) await close();
  await fixture.close();
});

async function anotherProcess(): Promise<PaymentServices> {
  const source = await openDataSource({
    url: fixture.subgraph.databaseUrl,
    applicationName: 'test-payment-process',
    poolSize: 4,
    entities,
    migrations,
  });
  const { sender, log } = fixture.subgraph.dependencies;
  const database = new Database(source, sender.send, log);
  closing.push(() => database.close());
  return { ...fixture.services, database };
}

/** A network without earlier attempts. */
function newNetwork(): string {
  networks += 1;
  return `network-${networks}`;
}

async function waiting(buyer?: TestUser): Promise<{ payment: TestPayment; row: PaymentEntity }> {
  const payment = await fixture.pay(null, buyer ? { userId: buyer.userId } : {});
  const row = await fixture.services.database.reader.findOneByOrFail(PaymentEntity, {
    sagaId: payment.sagaId,
  });
  return { payment: buyer ? { ...payment, buyer } : payment, row };
}

/** Outcome of a confirmation: an error code or the status. */
async function confirm(
  services: PaymentServices,
  { payment, row }: { payment: TestPayment; row: PaymentEntity },
  { card = declinedCard, network = null }: { card?: string; network?: string | null } = {},
): Promise<string> {
  const caller: Identity = {
    userId: payment.buyer.userId,
    sessionId: payment.buyer.userId,
    roles: ['USER'],
    scopes: new Set(),
    mfaAt: null,
    expiresAt: new Date(Date.now() + 60_000),
  };
  try {
    const confirmation = { caller, network, paymentId: row.id, paymentMethod: card };
    return (await confirmPayment(services, confirmation)).status;
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
}

/** Number of charges that the provider attempted for these payments. */
async function triedAtProvider(rows: readonly PaymentEntity[]): Promise<number> {
  const intents = new Set(rows.map(({ providerPaymentId }) => providerPaymentId));
  const { charges } = await fixture.simulator();
  return charges.filter(({ payment_intent }) => intents.has(payment_intent)).length;
}

function count(codes: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(codes)].sort().map((code) => [code, codes.filter((c) => c === code).length]),
  );
}

describe('declined cards', () => {
  it('are limited per buyer, also concurrently in two processes', async () => {
    const buyer = fixture.subgraph.user();
    const payments = [await waiting(buyer), await waiting(buyer), await waiting(buyer)];
    const codes = await Promise.all(
      Array.from({ length: 18 }, (_, index) =>
        confirm(processes[index % 2 === 0 ? 0 : 1], payments[index % 3]!),
      ),
    );
    expect(count(codes)).toEqual({ PAYMENT_DECLINED: 3, TOO_MANY_ATTEMPTS: 15 });
    expect(await triedAtProvider(payments.map(({ row }) => row))).toBe(3);
  });

  it('are limited per network, whoever the buyer is', async () => {
    const network = newNetwork();
    const payments = await Promise.all(Array.from({ length: 12 }, () => waiting()));
    const codes = await Promise.all(
      payments.map((payment, index) => confirm(processes[index % 2 === 0 ? 0 : 1], payment, { network })),
    );
    expect(count(codes)).toEqual({ PAYMENT_DECLINED: 5, TOO_MANY_ATTEMPTS: 7 });
    expect(await triedAtProvider(payments.map(({ row }) => row))).toBe(5);
    const stranger = await waiting();
    expect(await confirm(processes[0], stranger, { network: newNetwork() })).toBe('PAYMENT_DECLINED');
  });

  it('do not affect accepted cards, however many buyers pay concurrently from one network', async () => {
    const network = newNetwork();
    const payments = await Promise.all(Array.from({ length: 20 }, () => waiting()));
    const codes = await Promise.all(
      payments.map((payment, index) =>
        confirm(processes[index % 2 === 0 ? 0 : 1], payment, { network, card: 'pm_card_visa' }),
      ),
    );
    expect(count(codes)).toEqual({ SUCCEEDED: 20 });
  });

  it('are not reset by an accepted card, and expire after an hour', async () => {
    const [services] = processes;
    const network = newNetwork();
    for (let tries = 1; tries <= 5; tries += 1) {
      expect(await confirm(services, await waiting(), { network })).toBe('PAYMENT_DECLINED');
      if (tries < 5)
        expect(await confirm(services, await waiting(), { network, card: 'pm_card_visa' })).toBe('SUCCEEDED');
    }
    expect(await confirm(services, await waiting(), { network, card: 'pm_card_visa' })).toBe(
      'TOO_MANY_ATTEMPTS',
    );
    const { reader } = services.database;
    await reader.query("UPDATE card_attempt SET at = at - interval '61 minutes' WHERE network = $1", [
      network,
    ]);
    expect(await confirm(services, await waiting(), { network, card: 'pm_card_visa' })).toBe('SUCCEEDED');
    await deleteExpiredCardAttempts(reader, services.clock.now());
    expect(await reader.query('SELECT 1 FROM card_attempt WHERE network = $1', [network])).toEqual([]);
  });

  it('include cards that the provider does not know', async () => {
    const payment = await waiting();
    const codes: string[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      codes.push(await confirm(processes[0], payment, { card: 'pm_card_thereIsNone' }));
    }
    expect(codes).toEqual(['INVALID', 'INVALID', 'INVALID', 'TOO_MANY_ATTEMPTS']);
  });

  it('are reported with the time of the next attempt, by address of the request', async () => {
    const mutation = `mutation ($id: ID!) { confirmPayment(id: $id, paymentMethodToken: "${declinedCard}") {
      payment { status } userErrors { __typename code field ... on TooManyAttemptsError { retryAt } } } }`;
    const before = Date.now();
    const answers: unknown[] = [];
    for (let host = 1; host <= 6; host += 1) {
      const { payment } = await waiting();
      const { data } = await fixture.subgraph.app.execute({
        query: mutation,
        variables: { id: await fixture.idOf(payment) },
        headers: { authorization: payment.buyer.authorization, 'x-forwarded-for': `2001:db8:7:7:${host}::1` },
      });
      answers.push(data?.['confirmPayment']);
    }
    const retryAt: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(answers[4]).toMatchObject({ userErrors: [{ code: 'PAYMENT_DECLINED' }] });
    expect(answers[5]).toEqual({
      payment: { status: 'PENDING' },
      userErrors: [{ __typename: 'TooManyAttemptsError', code: 'TOO_MANY_ATTEMPTS', field: null, retryAt }],
    });
    const { userErrors } = answers[5] as { userErrors: [{ retryAt: string }] };
    const inMs = Date.parse(userErrors[0].retryAt) - before;
    expect(inMs).toBeGreaterThan(3_590_000);
    expect(inMs).toBeLessThan(3_660_000);
  });

  it('count even if the caller disconnects', async () => {
    const { payment } = await waiting();
    const id = await fixture.idOf(payment);
    await fixture.control('/faults', { kind: 'slow', path: '/v1/payment_intents/*/confirm', delay_ms: 900 });
    const { errors } = await fixture.subgraph.app.execute({
      query: `mutation { confirmPayment(id: "${id}", paymentMethodToken: "${declinedCard}") { payment { status } } }`,
      headers: { authorization: payment.buyer.authorization, [timeoutHeader]: '300' },
    });
    expect(errors?.[0]?.extensions?.['code']).toBe('TIMEOUT');
    await until('the decline to be counted', async () => {
      const rows: object[] = await fixture.services.database.reader.query(
        'SELECT 1 FROM card_attempt WHERE buyer_id = $1 AND declined',
        [payment.buyer.userId],
      );
      return rows.length === 1;
    });
    await fixture.clearFaults();
  });

  it('of checkouts compensate, without the provider or a payment, and count with those of confirmPayment', async () => {
    const clientNetwork = newNetwork();
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => fixture.pay(declinedCard, { clientNetwork })),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(
      outcomes.map(() => ({
        kind: 'rejected',
        rejection: expect.objectContaining({ code: 'PAYMENT_DECLINED' }) as object,
      })),
    );
    expect(await confirm(processes[0], await waiting(), { network: clientNetwork })).toBe('PAYMENT_DECLINED');
    const { outcome, sagaId } = await fixture.pay('pm_card_visa', { clientNetwork });
    expect(outcome).toEqual({
      kind: 'rejected',
      rejection: {
        code: 'TOO_MANY_ATTEMPTS',
        message: expect.stringContaining('Try again after') as string,
        field: null,
        typename: 'TooManyAttemptsError',
        details: { retryAt: expect.any(String) as string },
      },
    });
    await expect(fixture.row(sagaId)).rejects.toThrow('no such payment');
  });

  it('of concurrent checkouts are limited as strictly', async () => {
    const clientNetwork = newNetwork();
    const outcomes = await Promise.all(
      Array.from({ length: 15 }, () => fixture.pay(declinedCard, { clientNetwork })),
    );
    const codes = outcomes.map(({ outcome }) =>
      outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind,
    );
    expect(count(codes)).toEqual({ PAYMENT_DECLINED: 5, TOO_MANY_ATTEMPTS: 10 });
  });

  it('do not affect checkouts that wait for their buyer or use a manual method', async () => {
    const clientNetwork = newNetwork();
    await Promise.all(Array.from({ length: 5 }, () => fixture.pay(declinedCard, { clientNetwork })));
    expect((await fixture.pay(null, { clientNetwork })).outcome.kind).toBe('waiting');
    expect((await fixture.pay(null, { clientNetwork, method: 'BANK_TRANSFER' })).outcome.kind).toBe(
      'waiting',
    );
  });
});

describe('verifyPayment', () => {
  const verification =
    'mutation ($id: ID!) { verifyPayment(id: $id) { payment { status } userErrors { code } } }';

  /** A process that counts its queries to the provider. */
  function counting(services: PaymentServices): { services: PaymentServices; queries: () => number } {
    let queries = 0;
    const cards = Object.create(services.cards) as CardProvider;
    cards.retrieve = (id) => {
      queries += 1;
      return services.cards.retrieve(id);
    };
    return { services: { ...services, cards }, queries: () => queries };
  }

  it('queries the provider once, however often and in whichever process it is called', async () => {
    const { row } = await waiting();
    const counted = processes.map(counting);
    const payments = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        verifyPayment(counted[index % 2]!.services, row, { name: 'buyer' }),
      ),
    );
    expect(payments.every(({ id, status }) => id === row.id && status === 'PENDING')).toBe(true);
    expect(counted.reduce((sum, { queries }) => sum + queries(), 0)).toBe(1);
    // Another payment causes another query.
    await verifyPayment(counted[0]!.services, (await waiting()).row, { name: 'buyer' });
    expect(counted.reduce((sum, { queries }) => sum + queries(), 0)).toBe(2);
  });

  it('queries again after the interval', async () => {
    const { row } = await waiting();
    const { services, queries } = counting({ ...processes[0], limits: { ...limits, verifyIntervalMs: 300 } });
    await until('a second query', async () => {
      await verifyPayment(services, row, { name: 'buyer' });
      return queries() === 2;
    });
  });

  it('waits for the next query if it is near, and shares it between waiting callers', async () => {
    const { payment, row } = await waiting();
    const counted = processes.map((services) =>
      counting({ ...services, limits: { ...limits, verifyIntervalMs: 1_500 } }),
    );
    await verifyPayment(counted[0]!.services, row, { name: 'buyer' });
    await fixture.control('/webhooks', { paused: true });
    await fixture.control(`/payment_intents/${row.providerPaymentId}/confirm`, {
      payment_method: 'pm_card_visa',
    });
    const payments = await Promise.all(
      Array.from({ length: 20 }, () => verifyPayment(counted[0]!.services, row, { name: 'buyer' })),
    );
    expect(new Set(payments.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
    expect(counted[0]!.queries()).toBe(2);
    // Callers do not wait for a settled payment.
    await verifyPayment(counted[1]!.services, row, { name: 'buyer' });
    expect(counted[1]!.queries()).toBe(0);
    expect((await fixture.row(payment.sagaId)).status).toBe('SUCCEEDED');
    await fixture.control('/webhooks', { paused: false });
  });

  it('returns the known state in between, and delays neither the webhook nor the reconciler', async () => {
    const { payment, row } = await waiting();
    const id = await fixture.idOf(payment);
    expect(fromApiId('payment', id)).toBe(row.id);
    const verify = () => fixture.subgraph.run(verification, { id }, payment.buyer);
    expect((await verify()).data).toEqual({
      verifyPayment: { payment: { status: 'PENDING' }, userErrors: [] },
    });
    await fixture.control('/webhooks', { paused: true });
    await fixture.control(`/payment_intents/${row.providerPaymentId}/confirm`, {
      payment_method: 'pm_card_visa',
    });
    expect(await verify()).toEqual({
      data: { verifyPayment: { payment: { status: 'PENDING' }, userErrors: [] } },
    });
    const later = { now: () => new Date(Date.now() + 61_000) };
    // The reconciler claims a bounded batch of waiting payments.
    await until('the reconciler to find the money', async () => {
      await reconcile({ ...processes[0], clock: later });
      return (await fixture.row(payment.sagaId)).status === 'SUCCEEDED';
    });
    await fixture.control('/webhooks', { paused: false });
  });
});
