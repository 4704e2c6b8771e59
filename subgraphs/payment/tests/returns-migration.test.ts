import { entities, migrations } from '@souk/payment/database';
import { Returns1765000000000 } from '@souk/payment/migrations/1765000000000-returns';
import { paymentEvents } from '@souk/shared/contracts/payment';
import { openDataSource } from '@souk/shared/db/data-source';
import type { Json } from '@souk/shared/errors';
import { readPayload } from '@souk/shared/event';
import { newId } from '@souk/shared/ids';
import type { DataSource } from 'typeorm';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';

// Payments of an older version whose refunds came to nothing, or that are disputed, before and after the migration.

const url = freshDatabaseUrl('returns');
const open = (list: typeof migrations): Promise<DataSource> =>
  openDataSource({ url, applicationName: 'test-returns', poolSize: 2, entities, migrations: list });

let source: DataSource;

/** Inserts a payment of 10.00 EUR that was paid. Returns its id. */
async function paid(): Promise<string> {
  const id = newId();
  await source.query(
    `INSERT INTO payment (id, saga_id, step, order_id, order_number, customer_id, method, provider, reference, amount,
       currency, confirm_attempts, expires_at, looked_at, created_at, status, refunded, succeeded_at)
     VALUES ($1, gen_random_uuid(), 'PROCESS_PAYMENT', gen_random_uuid(), 'S-TEST', gen_random_uuid(), 'CREDIT_CARD',
       'stripe', $2, 1000, 'EUR', 1, now(), now(), now(), 'SUCCEEDED', 0, now())`,
    [id, `PAY-${id}`],
  );
  await source.query(
    `INSERT INTO payment_event (id, payment_id, at, type, amount, source)
     VALUES (gen_random_uuid(), $1, now(), 'SUCCEEDED', 1000, 'saga')`,
    [id],
  );
  return id;
}

const refund = (paymentId: string, purpose: string, status: string): Promise<unknown> =>
  source.query(
    `INSERT INTO refund (id, payment_id, purpose, amount, reason, status, looked_at, created_at)
     VALUES ($1, $2, $3, 1000, 'A test.', $4, now(), now())`,
    [newId(), paymentId, purpose, status],
  );

it('requests failed returns again, and publishes what orders may not know', async () => {
  source = await open(migrations.slice(0, migrations.indexOf(Returns1765000000000)));
  const [failed, pending, byAdmin, lost, plain] = await Promise.all([paid(), paid(), paid(), paid(), paid()]);
  for (const purpose of ['cancel', 'cancel-2', 'cancel-3']) await refund(failed, purpose, 'FAILED');
  await refund(pending, 'revert', 'PENDING');
  await refund(byAdmin, `request-${newId()}`, 'FAILED');
  await source.query(
    `INSERT INTO dispute (id, payment_id, provider_dispute_id, amount, reason, status, withheld, created_at)
     VALUES (gen_random_uuid(), $1, 'dp_test', 400, 'fraudulent', 'lost', 400, now())`,
    [lost],
  );
  await source.destroy();
  source = await open(migrations);
  const rows: { id: string; return_cause: string | null; due: boolean }[] = await source.query(
    'SELECT id, return_cause, return_due_at IS NOT NULL AS due FROM payment',
  );
  const returnOf = (paymentId: string) => {
    const row = rows.find(({ id }) => id === paymentId);
    return [row?.return_cause, row?.due];
  };
  expect([failed, pending, byAdmin, lost, plain].map(returnOf)).toEqual([
    ['cancel', true],
    ['revert', false],
    [null, false],
    [null, false],
    [null, false],
  ]);
  const outbox: { body: Json }[] = await source.query(
    "SELECT body FROM outbox WHERE queue = 'order' AND name = 'paymentRefunded'",
  );
  const events = outbox.map(({ body }) => readPayload(paymentEvents.paymentRefunded, 1, body));
  expect(events.map(({ paymentId }) => paymentId).sort()).toEqual([failed, pending, byAdmin, lost].sort());
  expect(events.find(({ paymentId }) => paymentId === lost)).toMatchObject({
    refunded: { amount: 0, currency: 'EUR' },
    disputed: 0,
    chargedBack: 400,
    sentBack: null,
  });
  await source.destroy();
});
