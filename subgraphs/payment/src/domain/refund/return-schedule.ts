import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { PaymentEntity } from '../../entities/payment.js';

// A payment whose checkout or order was cancelled, or that arrived too late, owes all that is left to its buyer. Its row
// stores the cause, and when the next refund is requested after one has failed.

/** Cause for which all that is left of a payment goes back. */
export type ReturnCause = NonNullable<PaymentEntity['returnCause']>;

const minuteMs = 60_000;
/** Delays after failed refunds of one cause, by their number. After the last, an administrator has to act. */
const delaysMs = [1, 1, 10, 60, 6 * 60, 24 * 60, 72 * 60].map((minutes) => minutes * minuteMs);

/** Stores that all that is left of payments goes back. The first cause remains. */
export async function markReturned(
  manager: EntityManager,
  payments: readonly PaymentEntity[],
  cause: ReturnCause,
): Promise<void> {
  const unmarked = payments.filter(({ returnCause }) => returnCause === null);
  if (unmarked.length === 0) return;
  const ids = unmarked.map(({ id }) => id);
  await manager.update(PaymentEntity, { id: In(ids), returnCause: IsNull() }, { returnCause: cause });
  for (const payment of unmarked) payment.returnCause = cause;
}

/** Time of the next refund after `failures` failed ones; null if there is none. */
export function nextReturnAt(failures: number, now: Date): Date | null {
  const delay = delaysMs[failures - 1];
  return delay === undefined ? null : new Date(now.getTime() + delay);
}

/** Schedules the next refund of a payment; null: none is scheduled. The caller holds the payment's lock. */
export async function scheduleReturn(
  manager: EntityManager,
  payment: PaymentEntity,
  at: Date | null,
): Promise<void> {
  payment.returnDueAt = at;
  await manager.update(PaymentEntity, { id: payment.id }, { returnDueAt: at });
}
