import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client as Connection } from 'pg';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import { subgraphNames } from '@souk/shared/message';
import { queryableOf, connect, databaseUrl } from '@souk/shared/postgres';
import type { PaymentInput } from '@souk/client/generated/operations';
import type { CheckoutState, TestClient } from '@souk/testing/test-client';
import { cardNumber, expectNothingThatPays, wholeDatabase } from '../../tests/support/card-secrets.js';
import { stockLicences } from '../../tests/support/shop.js';
import type { TestOffer } from '../../tests/support/shop.js';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import { clusterPassword } from '../src/postgres/cluster.js';
import { knownClusterDir } from '../src/postgres/cluster-location.js';
import { readPostmaster } from '../src/postgres/postmaster.js';

const command = path.join(__dirname, '..', 'dist', 'reconcile.js');

let souk: TestSouk;
let root: TestClient;
let offer: TestOffer;

beforeAll(async () => {
  souk = await startSouk({ demo: false, log: 'trace' });
  root = await souk.as('admin');
  offer = await stockLicences(root, null);
});
afterAll(async () => {
  await souk.stop();
});

/** `npm run payments:reconcile`, without the build. */
async function reconcile(
  dataDir: string,
  ...args: string[]
): Promise<{ code: number; out: string; errors: string }> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (texts.errors += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...texts };
}

const newBuyer = (): Promise<TestClient> => souk.newBuyer();

async function bought(buyer: TestClient, token?: string): Promise<CheckoutState> {
  return buyer.untilEnded(await buyer.buy([{ offerId: offer.offerId, quantity: 2 }], token));
}

/** A checkout that waits for its payment. */
async function waiting(
  buyer: TestClient,
  payment: PaymentInput,
): Promise<{ id: string; payment: ShownPayment }> {
  await buyer.addToCart({ offerId: offer.offerId, quantity: 2 });
  const id = await buyer.checkout({ payment });
  const { order } = await buyer.untilStatus(id, 'AWAITING_PAYMENT');
  const data = await root.run('query ($id: ID!) { payment(id: $id) { reference providerPaymentId } }', {
    id: order.payment?.id,
  });
  return { id, payment: (data as { payment: ShownPayment }).payment };
}

interface ShownPayment {
  reference: string;
  providerPaymentId: string;
}

async function withDatabase<T>(name: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const postmaster = await readPostmaster(await knownClusterDir(souk.dataDir));
  const password = encodeURIComponent(await clusterPassword(souk.dataDir));
  const server = `postgres://postgres:${password}@127.0.0.1:${postmaster?.port}`;
  const connection = await connect(databaseUrl(server, name));
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

const record = (reference: string): Promise<unknown> =>
  root.mutate(
    `mutation ($reference: String!, $amount: MoneyInput!, $key: String!) {
      recordPayment(reference: $reference, amount: $amount, idempotencyKey: $key) { payment { status } userErrors { code message } }
    }`,
    { reference, amount: { amount: 2_000, currency: 'EUR' }, key: crypto.randomUUID() },
  );

const refund = (paymentId: string | undefined, amount: number): Promise<unknown> =>
  root.mutate(
    `mutation ($input: RefundInput!) { refundPayment(input: $input) { refund { status } userErrors { code message } } }`,
    {
      input: {
        paymentId,
        amount: { amount, currency: 'EUR' },
        reason: 'It was late.',
        idempotencyKey: crypto.randomUUID(),
      },
    },
  );

const cancelOrder = (id: string, reason: string): Promise<unknown> =>
  root.run(
    `mutation ($id: ID!, $reason: String!, $key: String!) {
      cancelOrder(id: $id, reason: $reason, idempotencyKey: $key) { order { status } userErrors { code message } }
    }`,
    { id, reason, key: crypto.randomUUID() },
  );

describe('npm run payments:reconcile', () => {
  it('finds ledger, provider and orders in agreement after sales, declines, refunds and late payments', async () => {
    const buyer = await newBuyer();
    const sold = await bought(buyer);
    await refund(sold.order.payment?.id, 700);
    expect((await bought(buyer, 'pm_card_chargeDeclined')).status).toBe('FAILED');
    await cancelOrder((await bought(buyer)).order.id, 'Not needed.');
    const transfer = await waiting(buyer, { method: 'BANK_TRANSFER' });
    await record(transfer.payment.reference);
    await buyer.untilEnded(transfer.id);
    const late = await waiting(buyer, { method: 'E_WALLET' });
    await buyer.mutate(
      'mutation ($id: ID!) { cancelCheckout(id: $id) { checkout { id } userErrors { code message } } }',
      { id: late.id },
    );
    await buyer.untilEnded(late.id);
    await record(late.payment.reference);

    const { code, out, errors } = await reconcile(souk.dataDir);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toMatch(/: \d+ payments of the last 7 days, the ledger and the provider agree\.\n/);
    expect(out).toMatch(/\n\d+ orders: all agree with the ledger\.\n/);
    expect(out).toMatch(new RegExp(`Refunds to transfer manually[^]*${late.payment.reference} +€20\\.00`));
    expect(out).not.toContain(transfer.payment.reference);
  });

  it('repairs the effects of a lost webhook', async () => {
    const buyer = await newBuyer();
    const { id, payment } = await waiting(buyer, { method: 'CREDIT_CARD' });
    await souk.simulator.pauseWebhooks();
    try {
      await souk.simulator.confirm(payment.providerPaymentId);
      expect(await reconcile(souk.dataDir, '1')).toMatchObject({ code: 0 });
      expect((await buyer.untilEnded(id)).status).toBe('COMPLETED');
    } finally {
      await souk.simulator.resumeWebhooks();
    }
  });

  it('reports orders that differ from the ledger, and payments without an order', async () => {
    const buyer = await newBuyer();
    const [sold, lost] = [await bought(buyer), await bought(buyer)];
    await withDatabase('souk_order', (connection) =>
      connection.query('UPDATE customer_order SET refunded_amount = 300 WHERE number = $1', [
        sold.order.number,
      ]),
    );
    const missingOrder = newId();
    await withDatabase('souk_payment', (connection) =>
      connection.query('UPDATE payment SET order_id = $2 WHERE order_id = $1', [
        fromApiId('order', lost.order.id),
        missingOrder,
      ]),
    );
    const { code, out } = await reconcile(souk.dataDir);
    expect(code).toBe(1);
    expect(out).toMatch(/\n\d+ orders: 3 differences\.\n/);
    const paymentOf = ({ order }: CheckoutState): string => order.payment?.id ?? '';
    const took = 'its payment took 2000 EUR, sent 0 back';
    expect(out).toMatch(
      new RegExp(
        `${sold.order.number} +${paymentOf(sold)} +The order keeps 1700 EUR, 300 went back; ${took}\\.`,
      ),
    );
    expect(out).toMatch(
      new RegExp(
        `${toApiId('order', missingOrder)} +${paymentOf(lost)} +There is no such order, and ${took} for it\\.`,
      ),
    );
    expect(out).toMatch(
      new RegExp(`${lost.order.number} +- +The order keeps 2000 EUR, and has no payment\\.`),
    );
  });

  it.each([
    ['0', 'The number of days must be 1 to 3650.'],
    ['all', 'The number of days must be 1 to 3650.'],
  ])('refuses %s days', async (days, sentence) => {
    expect(await reconcile(souk.dataDir, days)).toEqual({ code: 2, out: '', errors: `${sentence}\n` });
  });

  it('reports that no Souk is running', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'souk-nothing-'));
    const { code, errors } = await reconcile(elsewhere);
    await rm(elsewhere, { recursive: true });
    expect({ code, errors }).toEqual({
      code: 2,
      errors: `No Souk is running on ${elsewhere}. Start it, or set DATABASE_URL.\n`,
    });
  });
});

describe('card data and provider secrets', () => {
  it('are in no database, queue or log', async () => {
    const buyer = await newBuyer();
    const { id } = await waiting(buyer, { method: 'CREDIT_CARD' });
    const data = await buyer.run(
      'query ($id: ID!) { checkout(id: $id) { order { payment { clientSecret } } } }',
      { id },
    );
    expect(data).toMatchObject({
      checkout: { order: { payment: { clientSecret: expect.stringMatching(/_secret_/) as string } } },
    });
    // Card numbers that buyers and administrators type into other fields.
    const typed = [cardNumber, `pm_${cardNumber}`];
    for (const token of typed) {
      const answer = await buyer.send(
        `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { checkout { id } userErrors { code } } }`,
        {
          input: {
            items: [{ offerId: offer.offerId }],
            idempotencyKey: crypto.randomUUID(),
            payment: { method: 'CREDIT_CARD', paymentMethodToken: token },
          },
        },
      );
      expect(answer.data).toMatchObject({ createOrder: { checkout: null } });
    }
    const sold = await bought(buyer);
    await cancelOrder(sold.order.id, `Send it to ${cardNumber}.`);
    for (const name of [...subgraphNames.map((subgraph) => `souk_${subgraph}`), 'souk_queue']) {
      const text = await withDatabase(name, (connection) => wholeDatabase(queryableOf(connection)));
      expect(text.length).toBeGreaterThan(100);
      expectNothingThatPays(name, text);
    }
    expect(souk.output()).toContain('"transactionId"');
    expectNothingThatPays('log', souk.output());
  });
});
