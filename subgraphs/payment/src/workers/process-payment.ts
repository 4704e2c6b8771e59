import type { EntityManager } from 'typeorm';
import { looksLikeCard } from '@souk/shared/card-number';
import type { PayloadOf } from '@souk/shared/command';
import type { paymentCommands } from '@souk/shared/contracts/payment';
import { Rejection } from '@souk/shared/errors';
import type {
  BatchedCommand,
  ExternalBatchHandler,
  HandlerResult,
  PerformedCommand,
} from '@souk/shared/saga/handler';
import { rejected } from '@souk/shared/saga/handler-result';
import type { CardAttempt } from '../domain/provider/card-attempts.js';
import {
  admitCardAttempts,
  endCardAttempts,
  checkCardAttemptLimits,
  waitForAdmission,
} from '../domain/provider/card-attempts.js';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import type { CardPaymentResult } from '../domain/payment/card-payment.js';
import { payByCard, rejectedPayment } from '../domain/payment/card-payment.js';
import type { FailedPayment } from '../domain/payment/payment-failure.js';
import { failPayments } from '../domain/payment/payment-failure.js';
import type { ManualTerms } from '../domain/payment/manual-terms.js';
import { validateDeadlines } from '../domain/payment/payment-deadline.js';
import type { PaymentRequest } from '../domain/payment/payment.js';
import { isPaymentMethodToken, openPayments } from '../domain/payment/payment.js';
import { validateMethod } from '../domain/payment/payment-methods.js';
import { stepReplyOf, awaitTransfer, settleFree, settlePayments } from '../domain/payment/settlement.js';
import type { PaymentEntity } from '../entities/payment.js';

type ProcessPayment = (typeof paymentCommands)['processPayment'];
type Payload = PayloadOf<ProcessPayment>;

interface Prepared {
  payment: PaymentEntity;
  /** The step's card attempt; null if it makes none. */
  attempt: CardAttempt | null;
  /** Whether the attempt is admitted; false while the decision depends on pending attempts. */
  admitted: boolean;
}

/** Result of the payment at the provider. */
type ProviderResult =
  /** The amount is zero. */
  | { kind: 'free' }
  /** An administrator records the money when it arrives. */
  | { kind: 'manual' }
  | CardPaymentResult;

type Performed = PerformedCommand<ProcessPayment, Prepared, ProviderResult>;
type Reply = HandlerResult<{ paymentId: string }>;

/**
 * Step PROCESS_PAYMENT. It creates the intent first and confirms it second. The undo finds the intent by creating it
 * with the same key and cancels it, after which a delayed `perform` cannot confirm it.
 */
export function processPayment(
  services: PaymentServices,
): ExternalBatchHandler<ProcessPayment, Prepared, ProviderResult> {
  const { cards, clock, limits, manual } = services;
  return {
    prepareAll: async (manager, commands) => {
      const now = clock.now();
      const late = await validateDeadlines(manager, commands.map(requestOf), now);
      const overLimit = await rejectionsByLimit(manager, services, commands);
      const refusals = commands.map(
        (command, index) =>
          validatePayment(manual, command.payload) ?? late[index] ?? overLimit.get(command) ?? null,
      );
      const accepted = commands.filter((_command, index) => refusals[index] === null);
      const payments = await openPayments(manager, accepted.map(requestOf), now);
      const attempts = accepted.map(attemptOf);
      const tried = attempts.flatMap((attempt) => attempt ?? []);
      const admissions = await admitCardAttempts(manager, limits, tried, now);
      const admitted = new Set(tried.filter((_attempt, index) => admissions[index] === 'admitted'));
      return refusals.map((refusal) => {
        if (refusal) return refusal;
        const [payment, attempt] = [payments.shift(), attempts.shift() ?? null];
        if (!payment) throw new Error('A payment was not opened.');
        return { payment, attempt, admitted: attempt !== null && admitted.has(attempt) };
      });
    },

    perform: async ({ payment, attempt, admitted }, payload): Promise<ProviderResult> => {
      if (isFree(payload)) return { kind: 'free' };
      if (payment.provider === 'manual') return { kind: 'manual' };
      const admission = attempt === null || admitted ? 'admitted' : await admit(services, attempt);
      if (admission instanceof Rejection) return rejectedPayment(null, admission);
      // Rejections are results here: `perform` may throw faults only.
      return payByCard(cards, payment, payload.paymentMethodToken);
    },

    settleAll: async (manager, performed) => {
      const now = clock.now();
      const settled = await settleOpen(manager, performed, now);
      // Rejections are returned, not thrown, so that the payments and their logs are committed.
      const [first] = performed;
      if (first) await failPayments(manager, first.context.outbox, performed.flatMap(failureOf), now);
      await endCardAttempts(manager, performed.flatMap(endedAttemptOf));
      const answers: Reply[] = [];
      for (const { prepared, result, context } of performed) {
        const { id } = prepared.payment;
        switch (result.kind) {
          case 'failed':
            answers.push(rejected(result.failure.rejection));
            break;
          case 'free':
            await settleFree(manager, context.outbox, id, now);
            answers.push({ kind: 'done', output: { paymentId: id } });
            break;
          case 'manual':
            answers.push(replyOrWait(await awaitTransfer(manager, context.outbox, id, now)));
            break;
          case 'open':
            answers.push(replyOrWait(settled.get(id) ?? prepared.payment));
            break;
        }
      }
      return answers;
    },
  };
}

/** Settles payments with an open intent in one batch. Returns them by id. */
async function settleOpen(
  manager: EntityManager,
  performed: readonly Performed[],
  now: Date,
): Promise<ReadonlyMap<string, PaymentEntity>> {
  const snapshots = performed.flatMap(({ prepared: { payment }, result }) =>
    result.kind === 'open'
      ? [{ paymentId: payment.id, intent: result.intent, source: { name: 'saga' } as const }]
      : [],
  );
  const [first] = performed;
  if (snapshots.length === 0 || !first) return new Map();
  const settled = await settlePayments(manager, first.context.outbox, snapshots, now);
  return new Map(snapshots.map(({ paymentId }) => [paymentId, settled(paymentId)]));
}

function failureOf({ prepared: { payment }, result }: Performed): FailedPayment[] {
  if (result.kind !== 'failed') return [];
  const { intent, failure } = result;
  return [{ paymentId: payment.id, intent, failure }];
}

/** The card attempt of a command; repeats of the command have the same attempt id. */
function attemptOf({ payload, context: { sagaId } }: BatchedCommand<ProcessPayment>): CardAttempt | null {
  const { method, paymentMethodToken, userId, clientNetwork } = payload;
  if (isFree(payload) || method !== 'CREDIT_CARD' || paymentMethodToken === null) return null;
  return { id: sagaId, buyerId: userId, network: clientNetwork ?? null };
}

function endedAttemptOf({ prepared: { attempt }, result }: Performed): { id: string; declined: boolean }[] {
  return attempt ? [{ id: attempt.id, declined: result.kind === 'failed' && result.declined }] : [];
}

/** Rejections of commands whose buyer or network has too many declined cards. No payment is opened for them. */
async function rejectionsByLimit(
  manager: EntityManager,
  { limits, clock }: PaymentServices,
  commands: readonly BatchedCommand<ProcessPayment>[],
): Promise<ReadonlyMap<BatchedCommand<ProcessPayment>, Rejection>> {
  const tried = commands.flatMap((command) => {
    const attempt = attemptOf(command);
    return attempt ? [{ command, attempt }] : [];
  });
  const refusals = await checkCardAttemptLimits(
    manager,
    limits,
    tried.map(({ attempt }) => attempt),
    clock.now(),
  );
  return new Map(
    tried.flatMap(({ command }, index) => {
      const refusal = refusals[index];
      return refusal ? [[command, refusal] as const] : [];
    }),
  );
}

/** Waits until the attempt is admitted or rejected. */
async function admit(
  { database, limits, clock }: PaymentServices,
  attempt: CardAttempt,
): Promise<'admitted' | Rejection> {
  return waitForAdmission(() =>
    database.transact(async (manager) => {
      const [admission = 'busy'] = await admitCardAttempts(manager, limits, [attempt], clock.now());
      return admission;
    }),
  );
}

/** Validates a payment before anything is stored or sent. */
function validatePayment(manual: ManualTerms, payload: Payload): Rejection | null {
  return (
    (isFree(payload) ? null : validateMethod(manual, payload.method, payload.amount)) ??
    validateReturnUrl(payload.returnUrl) ??
    validatePaymentMethodToken(payload.paymentMethodToken)
  );
}

/** Whether the amount is zero: such payments need no provider, whatever the method. */
function isFree({ amount }: Payload): boolean {
  return amount.amount === 0;
}

function requestOf({ payload, context: { sagaId, step } }: BatchedCommand<ProcessPayment>): PaymentRequest {
  return {
    sagaId,
    step,
    orderId: payload.orderId,
    orderNumber: payload.orderNumber,
    customerId: payload.userId,
    amount: payload.amount,
    method: payload.method,
    returnUrl: payload.returnUrl,
    confirmedAtOnce: payload.paymentMethodToken !== null,
    expiresAt: new Date(payload.expiresAt),
    payBy: payload.payBy ? new Date(payload.payBy) : null,
    lines: payload.lines ?? [],
  };
}

function replyOrWait(payment: PaymentEntity): Reply {
  return (
    stepReplyOf(payment) ?? {
      kind: 'waiting',
      output: { paymentId: payment.id },
      expiresAt: payment.expiresAt.toISOString(),
    }
  );
}

/** The token may be a mistyped card number, so the message does not repeat it. */
function validatePaymentMethodToken(token: string | null): Rejection | null {
  if (token === null || isPaymentMethodToken(token)) return null;
  return new Rejection('INVALID', 'The payment method must be an id that begins with pm_.');
}

function validateReturnUrl(returnUrl: string | null): Rejection | null {
  if (returnUrl === null) return null;
  if (/^https?:\/\/\S+$/.test(returnUrl) && !looksLikeCard(returnUrl)) return null;
  return new Rejection('INVALID', 'The return URL must be an http or https URL without a card number.');
}
