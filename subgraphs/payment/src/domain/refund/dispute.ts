import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { newId } from '@souk/shared/ids';
import { DisputeEntity } from '../../entities/dispute.js';
import type { PaymentEntity } from '../../entities/payment.js';
import type { CardDispute } from '../provider/card-provider.js';
import type { Fact, Source } from '../ledger/payment-log.js';
import { publishFacts } from '../ledger/payment-facts.js';
import { record } from '../ledger/payment-log.js';
import { publishPaymentMoney } from './payment-money.js';
import { scheduleReturn } from './return-schedule.js';

/** A payment with a dispute at the provider. */
export interface ProviderDispute {
  payment: PaymentEntity;
  snapshot: CardDispute;
}

/**
 * Records a dispute at the provider in its row, and new facts about its money in the payment's log. An inquiry
 * withholds no money; a dispute withholds it unless it is won. Order learns of every change. The payment is paid, and the caller holds its lock.
 * @throws Error if the currency differs from the payment's
 */
export async function recordDispute(
  manager: EntityManager,
  outbox: Outbox,
  { payment, snapshot }: ProviderDispute,
  source: Source,
  now: Date,
): Promise<void> {
  if (snapshot.currency !== payment.currency)
    throw new Error(`Dispute ${snapshot.id} is in ${snapshot.currency}.`);
  const found = await manager.findOneBy(DisputeEntity, { providerDisputeId: snapshot.id });
  const before = found ?? (await insertDispute(manager, payment, snapshot, now));
  const withheld = isWithheld(snapshot) ? before.amount : 0;
  await manager.update(
    DisputeEntity,
    { id: before.id },
    { status: snapshot.status, reason: snapshot.reason, evidenceDueBy: snapshot.evidenceDueBy, withheld },
  );
  const facts = newFacts(before, withheld, snapshot, found?.status ?? null);
  if (facts.length === 0) return;
  const entries = [{ payment, facts, source }];
  await record(manager, entries, now);
  publishFacts(outbox, entries);
  await publishPaymentMoney(manager, outbox, [{ payment, sentBack: null }]);
  // The bank has returned money that belongs to the buyer.
  if (withheld < before.withheld && payment.returnCause !== null) await scheduleReturn(manager, payment, now);
}

async function insertDispute(
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

/** Facts that are not in the log yet. A dispute may already be closed when it is first recorded. */
function newFacts(
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

/** Whether the bank withholds the money. */
function isWithheld({ status }: CardDispute): boolean {
  return status !== 'won' && status !== 'prevented' && !status.startsWith('warning_');
}
