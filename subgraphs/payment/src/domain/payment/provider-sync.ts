import type { EntityManager } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { PaymentEntity } from '../../entities/payment.js';
import { RefundEntity } from '../../entities/refund.js';
import type { CardDispute, CardProvider, CardRefund } from '../provider/card-provider.js';
import { lockPaymentsById } from '../locks.js';
import type { PaymentServices } from './payment-services.js';
import type { Source } from '../ledger/payment-log.js';
import { isOpen, isPaid } from '../payment-status.js';
import { recordDispute } from '../refund/dispute.js';
import { refundAtProvider } from '../refund/refund.js';
import { recordProviderRefund, settleRefunds } from '../refund/refund-settlement.js';
import { settlePayments } from './settlement.js';

/** Retrieves a payment's intent from the provider and settles the payment. @throws Unavailable */
export async function syncPayment(
  { database, cards, clock }: PaymentServices,
  payment: PaymentEntity,
  source: Source,
  intentId = payment.providerPaymentId,
): Promise<PaymentEntity> {
  // The step has not created the intent yet.
  if (intentId === null) return payment;
  const intent = await cards.retrieve(intentId);
  const snapshot = { paymentId: payment.id, intent, source };
  const settled = await database.transact(async (manager, outbox) => {
    const paymentOf = await settlePayments(manager, outbox, [snapshot], clock.now());
    // Every change publishes an event.
    if (source.name === 'admin' && outbox.events.length > 0)
      recordAction(outbox, 'VERIFY_PAYMENT', payment.id, {
        before: { status: payment.status },
        after: { status: paymentOf(payment.id).status },
      });
    return paymentOf;
  });
  return settled(payment.id);
}

/** Callers wait no longer than this for the next verification of a payment. */
const maxVerificationWaitMs = 3_000;

/** Verifications that wait for their turn, by payment: callers in one process share one. */
const waitingVerifications = new WeakMap<CardProvider, Map<string, Promise<PaymentEntity>>>();

/**
 * Queries the provider for a payment's state, for its buyer or an administrator, and settles the payment. The provider
 * is queried at most once per `limits.verifyIntervalMs`, across processes. A caller that comes earlier waits for the
 * next turn where that is near, so that its response is fresh; else it receives the known state.
 * @throws Unavailable
 */
export async function verifyPayment(
  services: PaymentServices,
  payment: PaymentEntity,
  source: Source,
): Promise<PaymentEntity> {
  const { isClaimed, waitMs } = await claimVerification(services, payment.id);
  if (isClaimed) return syncPayment(services, payment, source);
  const known = await services.database.reader.findOneByOrFail(PaymentEntity, { id: payment.id });
  if (!isOpen(known) || waitMs > maxVerificationWaitMs) return known;
  const waiting = waitingVerifications.get(services.cards) ?? new Map<string, Promise<PaymentEntity>>();
  waitingVerifications.set(services.cards, waiting);
  const shared = waiting.get(payment.id);
  if (shared) return shared;
  const verification = verifyLater(services, payment, source, waitMs).finally(() =>
    waiting.delete(payment.id),
  );
  waiting.set(payment.id, verification);
  return verification;
}

async function verifyLater(
  services: PaymentServices,
  payment: PaymentEntity,
  source: Source,
  waitMs: number,
): Promise<PaymentEntity> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs)));
  // Another process may have taken the turn.
  const { isClaimed } = await claimVerification(services, payment.id);
  if (isClaimed) return syncPayment(services, payment, source);
  return services.database.reader.findOneByOrFail(PaymentEntity, { id: payment.id });
}

/** Takes the turn to query the provider about a payment where it is free, else states how long it is taken. */
async function claimVerification(
  { database, clock, limits }: PaymentServices,
  paymentId: string,
): Promise<{ isClaimed: boolean; waitMs: number }> {
  const now = clock.now();
  const rows: { claimed: boolean; verified_at: Date | null }[] = await database.reader.query(
    `WITH claim AS (
       UPDATE payment SET verified_at = $2 WHERE id = $1 AND (verified_at IS NULL OR verified_at <= $3) RETURNING id
     ) SELECT EXISTS (SELECT FROM claim) AS claimed, verified_at FROM payment WHERE id = $1`,
    [paymentId, now, new Date(now.getTime() - limits.verifyIntervalMs)],
  );
  const [row] = rows;
  const takenUntil = (row?.verified_at?.getTime() ?? now.getTime()) + limits.verifyIntervalMs;
  return { isClaimed: row?.claimed ?? false, waitMs: takenUntil - now.getTime() };
}

/**
 * Creates a requested refund at the provider or retrieves its state, and settles it. Returns it. @throws Unavailable
 */
export async function syncRefund(
  { database, cards, clock }: PaymentServices,
  refundId: string,
  source: Source,
): Promise<RefundEntity> {
  const refund = await database.reader.findOneByOrFail(RefundEntity, { id: refundId });
  // A failed refund is final; another refund may have replaced it.
  if (refund.status === 'FAILED') return refund;
  const payment = await database.reader.findOneByOrFail(PaymentEntity, { id: refund.paymentId });
  const outcome = await refundAtProvider(cards, payment, refund);
  return database.transact(async (manager, outbox) => {
    const paymentOf = await lockPaymentsById(manager, [refund.paymentId]);
    const present = await manager.findOneByOrFail(RefundEntity, { id: refundId });
    const snapshot = { payment: paymentOf(refund.paymentId), refund: present, outcome };
    await settleRefunds(manager, outbox, [snapshot], source, clock.now());
    return present;
  });
}

/** Records the provider's refunds of an intent. @throws Unavailable */
export function recordRefunds(
  services: PaymentServices,
  intentId: string,
  refunds: readonly CardRefund[],
  source: Source,
): Promise<void> {
  return withPaidPayment(services, intentId, source, async (manager, outbox, payment, now) => {
    for (const snapshot of refunds) {
      await recordProviderRefund(manager, outbox, { payment, snapshot }, source, now);
    }
  });
}

/** Records the provider's disputes of an intent. @throws Unavailable */
export function recordDisputes(
  services: PaymentServices,
  intentId: string,
  disputes: readonly CardDispute[],
  source: Source,
): Promise<void> {
  return withPaidPayment(services, intentId, source, async (manager, outbox, payment, now) => {
    for (const snapshot of disputes) {
      await recordDispute(manager, outbox, { payment, snapshot }, source, now);
    }
  });
}

/** Runs `work` with the locked, paid payment of an intent; does nothing if the intent belongs to no payment. */
async function withPaidPayment(
  services: PaymentServices,
  intentId: string,
  source: Source,
  work: (manager: EntityManager, outbox: Outbox, payment: PaymentEntity, now: Date) => Promise<void>,
): Promise<void> {
  const { database, cards, clock } = services;
  let payment = await database.reader.findOneBy(PaymentEntity, { providerPaymentId: intentId });
  if (!payment || !isPaid(payment)) {
    // Events about refunds and disputes may arrive before the event about the payment.
    const { paymentId } = await cards.retrieve(intentId);
    payment ??= paymentId === null ? null : await database.reader.findOneBy(PaymentEntity, { id: paymentId });
    if (!payment) return;
    payment = await syncPayment(services, payment, source, intentId);
    if (!isPaid(payment)) throw new Error(`${intentId} has refunds or disputes but is not paid.`);
  }
  const { id } = payment;
  await database.transact(async (manager, outbox) => {
    const paymentOf = await lockPaymentsById(manager, [id]);
    await work(manager, outbox, paymentOf(id), clock.now());
  });
}
