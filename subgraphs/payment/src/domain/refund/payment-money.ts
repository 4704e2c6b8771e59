import type { EntityManager } from 'typeorm';
import type { PaymentMoney } from '@souk/shared/contracts/payment';
import { paymentEvents } from '@souk/shared/contracts/payment';
import type { Outbox } from '@souk/shared/db/outbox';
import type { PaymentEntity } from '../../entities/payment.js';

/** Reads the money of paid payments, by payment id. The caller holds the payments' locks. */
export async function readPaymentMoney(
  manager: EntityManager,
  payments: readonly PaymentEntity[],
): Promise<ReadonlyMap<string, PaymentMoney>> {
  if (payments.length === 0) return new Map();
  const rows: { id: string; disputed: string; lost: string; position: string }[] = await manager.query(
    `SELECT p.id, d.disputed, d.lost, (SELECT max(seq) FROM payment_event WHERE payment_id = p.id) AS position
     FROM unnest($1::uuid[]) AS p (id) CROSS JOIN LATERAL (
       SELECT coalesce(sum(withheld) FILTER (WHERE status <> 'lost'), 0) AS disputed,
         coalesce(sum(withheld) FILTER (WHERE status = 'lost'), 0) AS lost
       FROM dispute WHERE payment_id = p.id) d`,
    [payments.map(({ id }) => id)],
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    payments.flatMap(({ id, refunded: amount, currency }) => {
      const row = rowOf.get(id);
      if (!row) return [];
      const [disputed, chargedBack, position] = [
        Number(row.disputed),
        Number(row.lost),
        Number(row.position),
      ];
      return [[id, { refunded: { amount, currency }, disputed, chargedBack, position }] as const];
    }),
  );
}

/** A change of a payment's money. */
export interface MoneyChange {
  payment: PaymentEntity;
  /** Minor units of the refund that was just completed; null for other changes. */
  sentBack: number | null;
}

/** Publishes the money of payments to order. Every change of it is published, whatever its source. */
export async function publishPaymentMoney(
  manager: EntityManager,
  outbox: Outbox,
  changes: readonly MoneyChange[],
): Promise<void> {
  const moneyOf = await readPaymentMoney(
    manager,
    changes.map(({ payment }) => payment),
  );
  for (const { payment, sentBack } of changes) {
    const money = moneyOf.get(payment.id);
    if (!money) continue;
    const { id: paymentId, orderId } = payment;
    outbox.publish(paymentEvents.paymentRefunded, paymentId, { ...money, orderId, paymentId, sentBack });
  }
}
