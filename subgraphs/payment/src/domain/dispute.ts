import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import { DisputeEntity } from '../entities/dispute.js';
import type { PaymentEntity } from '../entities/payment.js';
import type { CardDispute } from './card-provider.js';
import type { Fact, Source } from './payment-log.js';
import { record } from './payment-log.js';

/**
 * Records a dispute as the provider shows it: its row, and in the payment's log what is new of the money. An inquiry of
 * the bank takes no money and marks nothing; a dispute takes it until it is won. The payment is paid, and the caller
 * holds its lock. @throws Error for another currency than the payment's
 */
export async function recordDispute(
  manager: EntityManager,
  payment: PaymentEntity,
  shown: CardDispute,
  source: Source,
  now: Date,
): Promise<void> {
  if (shown.currency !== payment.currency) throw new Error(`Dispute ${shown.id} is in ${shown.currency}.`);
  const found = await manager.findOneBy(DisputeEntity, { providerDisputeId: shown.id });
  const before = found ?? (await open(manager, payment, shown, now));
  const withheld = isWithheld(shown) ? before.amount : 0;
  await manager.update(
    DisputeEntity,
    { id: before.id },
    { status: shown.status, reason: shown.reason, evidenceDueBy: shown.evidenceDueBy, withheld },
  );
  await record(manager, payment, news(before, withheld, shown, found?.status ?? null), source, now);
}

async function open(
  manager: EntityManager,
  payment: PaymentEntity,
  { id: providerDisputeId, amount, reason, status, evidenceDueBy }: CardDispute,
  now: Date,
): Promise<DisputeEntity> {
  const dispute = manager.create(DisputeEntity, {
    id: newId(),
    paymentId: payment.id,
    providerDisputeId,
    amount,
    reason,
    status,
    withheld: 0,
    evidenceDueBy,
    createdAt: now,
  });
  await manager.insert(DisputeEntity, dispute);
  return dispute;
}

/** What the log does not hold yet. A dispute may be over before it is heard of. */
function news(
  before: DisputeEntity,
  withheld: number,
  { id: providerRef, status, reason }: CardDispute,
  statusBefore: string | null,
): Fact[] {
  const fact = { amount: before.amount, disputeId: before.id, providerRef };
  const facts: Fact[] = [];
  if (withheld > before.withheld) facts.push({ ...fact, type: 'DISPUTE_OPENED', message: reason });
  if (withheld < before.withheld) facts.push({ ...fact, type: 'DISPUTE_WON' });
  if (status === 'lost' && statusBefore !== 'lost') facts.push({ ...fact, type: 'DISPUTE_LOST' });
  return facts;
}

/** Whether the bank has the money. */
function isWithheld({ status }: CardDispute): boolean {
  return status !== 'won' && status !== 'prevented' && !status.startsWith('warning_');
}
