import type { EntityManager } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import { holds } from '@souk/shared/auth/identity';
import { looksLikeCard } from '@souk/shared/card-number';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import type { PaymentMethod } from '../../entities/payment.js';
import { PaymentShareEntity } from '../../entities/payment-share.js';
import { PaymentEntity } from '../../entities/payment.js';
import type { CardCharge } from '../provider/card-provider.js';
import { lockPaymentsOfSagas } from '../locks.js';
import { isManual, manualDeadline } from './manual-terms.js';
import { commissionsOf } from '../ledger/partner-projection.js';
import { record } from '../ledger/payment-log.js';
import { isOpen } from '../payment-status.js';
import { newReference } from './payment-reference.js';
import type { SoldLine } from './sale-shares.js';
import { sharesOf } from './sale-shares.js';

/** A payment requested by a checkout. */
export interface PaymentRequest {
  sagaId: string;
  step: string;
  orderId: string;
  orderNumber: string;
  customerId: string;
  amount: Money;
  method: PaymentMethod;
  returnUrl: string | null;
  /** Whether the step confirms the payment with the payment method from the checkout. */
  confirmedAtOnce: boolean;
  /** Expiry of a card payment. */
  expiresAt: Date;
  /** Latest expiry of any payment method; null for no limit. */
  payBy: Date | null;
  /** Sold lines with their sellers. */
  lines: readonly SoldLine[];
}

/** Opens the payments of sagas or finds those that an earlier try has opened. Returns them locked, in order. */
export async function openPayments(
  manager: EntityManager,
  requests: readonly PaymentRequest[],
  now: Date,
): Promise<PaymentEntity[]> {
  const found = await lockPaymentsOfSagas(
    manager,
    requests.map(({ sagaId }) => sagaId),
  );
  const bySaga = new Map(found.map((payment) => [payment.sagaId, payment]));
  const opened = requests
    .filter(({ sagaId }) => !bySaga.has(sagaId))
    .map((request) => ({ payment: newPayment(manager, request, now), lines: request.lines }));
  await insertPayments(
    manager,
    opened.map(({ payment }) => payment),
  );
  await insertShares(manager, opened);
  await record(
    manager,
    opened.map(({ payment }) => ({
      payment,
      facts: [{ type: 'CREATED', amount: payment.amount }],
      source: { name: 'saga' },
    })),
    now,
  );
  for (const { payment } of opened) bySaga.set(payment.sagaId, payment);
  return requests.flatMap(({ sagaId }) => bySaga.get(sagaId) ?? []);
}

function newPayment(manager: EntityManager, request: PaymentRequest, now: Date): PaymentEntity {
  const { amount, confirmedAtOnce, lines: _, payBy, ...rest } = request;
  const { method } = request;
  return manager.create(PaymentEntity, {
    ...rest,
    ...amount,
    id: newId(),
    provider: isManual(method) ? 'manual' : 'stripe',
    expiresAt: earlier(isManual(method) ? manualDeadline(method, now) : request.expiresAt, payBy),
    reference: newReference(),
    providerPaymentId: null,
    confirmAttempts: confirmedAtOnce ? 1 : 0,
    revertingAt: null,
    returnCause: null,
    returnDueAt: null,
    lastSyncedAt: now,
    createdAt: now,
    status: 'PENDING',
    refunded: 0,
    requiredAction: null,
    failureCode: null,
    failureMessage: null,
    failureRef: null,
    succeededAt: null,
  });
}

function earlier(deadline: Date, limit: Date | null): Date {
  return limit !== null && limit < deadline ? limit : deadline;
}

async function insertPayments(manager: EntityManager, payments: readonly PaymentEntity[]): Promise<void> {
  if (payments.length > 0) await manager.insert(PaymentEntity, [...payments]);
}

/** Stores the sellers' shares at their current commissions. */
async function insertShares(
  manager: EntityManager,
  opened: readonly { payment: PaymentEntity; lines: readonly SoldLine[] }[],
): Promise<void> {
  const sellers = new Set(opened.flatMap(({ lines }) => lines.flatMap(({ partnerId }) => partnerId ?? [])));
  const rateOf = await commissionsOf(manager, [...sellers]);
  const shares = opened.flatMap(({ payment, lines }) =>
    sharesOf(payment.amount, lines, rateOf).map((share, position) => ({
      ...share,
      paymentId: payment.id,
      position,
    })),
  );
  if (shares.length > 0) await manager.insert(PaymentShareEntity, shares);
}

/** Whether the caller may see a payment: its customer and callers with the scope payments:manage may. */
export function isVisible(payment: PaymentEntity, caller: Identity | null): boolean {
  return payment.customerId === caller?.userId || holds(caller, 'payments:manage');
}

/** Returns the payment if the caller may see it; `paymentId` is null for an unknown id. @throws Rejection NOT_FOUND */
export async function findVisible(
  manager: EntityManager,
  caller: Identity,
  paymentId: string | null,
): Promise<PaymentEntity> {
  const payment = paymentId && (await manager.findOneBy(PaymentEntity, { id: paymentId }));
  if (payment && isVisible(payment, caller)) return payment;
  throw new Rejection('NOT_FOUND', 'There is no such payment.', { field: ['id'] });
}

/** Whether a payment waits for its customer: only then is a client secret useful. */
export function waitsForCustomer(payment: PaymentEntity, now: Date): boolean {
  return (
    isOpen(payment) &&
    payment.status !== 'PROCESSING' &&
    payment.providerPaymentId !== null &&
    payment.revertingAt === null &&
    payment.expiresAt > now
  );
}

/** Parameters of the payment's intent; all of them are immutable. */
export function chargeOf({ id: paymentId, orderNumber, amount, currency }: PaymentEntity): CardCharge {
  return { paymentId, orderNumber, amount, currency };
}

/** Whether a text has the form of a payment method id at the provider. */
export function isPaymentMethodToken(text: string): boolean {
  return /^pm_\w{1,200}$/.test(text) && !looksLikeCard(text);
}

/** Idempotency key of a confirmation. */
export function confirmationKey(payment: PaymentEntity, attempt: number): string {
  return `confirm-${payment.id}-${attempt}`;
}
