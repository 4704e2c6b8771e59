import type { EntityManager } from 'typeorm';
import { looksLikeCard } from '@souk/shared/card-number';
import type { PayloadOf } from '@souk/shared/command';
import type { paymentCommands } from '@souk/shared/contracts/payment';
import { Rejection } from '@souk/shared/errors';
import type { ExternalHandler, Handled } from '@souk/shared/saga/handler';
import type { CardDesk } from '../domain/card-desk.js';
import type { CardIntent, CardProvider } from '../domain/card-provider.js';
import { failPayment } from '../domain/failure.js';
import { chargeOf, confirmationKey, isPaymentMethodToken, openPayment } from '../domain/payment.js';
import { refusalOf } from '../domain/payment-methods.js';
import { cancelIntent } from '../domain/reversal.js';
import { answerOf, awaitTransfer, settleFree, settlePayment } from '../domain/settlement.js';
import type { PaymentEntity } from '../entities/payment.js';

type ProcessPayment = (typeof paymentCommands)['processPayment'];
type Payload = PayloadOf<ProcessPayment>;

/** The payment that was opened; or why none was. */
type Prepared = { payment: PaymentEntity } | { refusal: Rejection };

/** What became of it at the provider. */
type Result =
  | { kind: 'unopened'; refusal: Rejection }
  /** Nothing is to be paid. */
  | { kind: 'free'; payment: PaymentEntity }
  /** The money comes by itself, and a person records it. */
  | { kind: 'manual'; payment: PaymentEntity }
  | { kind: 'open'; payment: PaymentEntity; intent: CardIntent }
  /** Nothing can be charged any more. `intent` is null where there never was one. */
  | { kind: 'failed'; payment: PaymentEntity; intent: CardIntent | null; failure: Failure };

/** What the saga is told, and what the log says. */
interface Failure {
  rejection: Rejection;
  /** The provider's word for it, and its name for the attempt. */
  code: string;
  ref: string | null;
}

/**
 * Step PROCESS_PAYMENT. The intent is made first and confirmed second: so the undo finds it by making it again with
 * the same key; and once it has cancelled it, a `perform` that is late can no longer confirm it.
 */
export function processPayment({
  cards,
  clock,
  manual,
}: CardDesk): ExternalHandler<ProcessPayment, Prepared, Result> {
  return {
    prepare: async (manager, payload, { sagaId, step }) => {
      const refusal =
        (isFree(payload) ? null : refusalOf(manual, payload.method, payload.amount)) ??
        refusalOfUrl(payload.returnUrl) ??
        refusalOfToken(payload.paymentMethodToken);
      return refusal ? { refusal } : { payment: await open(manager, payload, { sagaId, step }, clock.now()) };
    },

    perform: (prepared, payload) =>
      'refusal' in prepared
        ? Promise.resolve({ kind: 'unopened', refusal: prepared.refusal })
        : isFree(payload)
          ? Promise.resolve({ kind: 'free', payment: prepared.payment })
          : prepared.payment.provider === 'manual'
            ? Promise.resolve({ kind: 'manual', payment: prepared.payment })
            : pay(cards, prepared.payment, payload.paymentMethodToken),

    settle: async (manager, result, _prepared, _payload, { outbox }) => {
      const now = clock.now();
      switch (result.kind) {
        case 'unopened':
          return rejected(result.refusal);
        case 'failed':
          // Returned, not thrown: the payment and its log stay.
          await failPayment(manager, result.payment.id, result, now);
          return rejected(result.failure.rejection);
        case 'free':
          await settleFree(manager, result.payment.id, now);
          return { kind: 'done', output: { paymentId: result.payment.id } };
        case 'manual':
          return answerOrWait(await awaitTransfer(manager, result.payment.id, now));
        case 'open': {
          const source = { name: 'saga' } as const;
          const { id } = result.payment;
          const payment = await settlePayment(manager, outbox, id, result.intent, source, now);
          return answerOrWait(payment);
        }
      }
    },
  };
}

/** What costs nothing is paid without the provider, whatever the method. */
function isFree({ amount }: Payload): boolean {
  return amount.amount === 0;
}

function open(
  manager: EntityManager,
  payload: Payload,
  saga: { sagaId: string; step: string },
  now: Date,
): Promise<PaymentEntity> {
  const request = {
    ...saga,
    orderId: payload.orderId,
    orderNumber: payload.orderNumber,
    customerId: payload.userId,
    amount: payload.amount,
    method: payload.method,
    returnUrl: payload.returnUrl,
    confirmedAtOnce: payload.paymentMethodToken !== null,
    expiresAt: new Date(payload.expiresAt),
    lines: payload.lines ?? [],
  };
  return openPayment(manager, request, now);
}

async function pay(
  cards: CardProvider,
  payment: PaymentEntity,
  paymentMethod: string | null,
): Promise<Result> {
  const made = await orRefusal(cards.create(chargeOf(payment)));
  if (made instanceof Rejection)
    return failed(payment, null, { rejection: made, code: made.code, ref: null });
  if (paymentMethod === null) return { kind: 'open', payment, intent: made };

  const { returnUrl } = payment;
  const key = confirmationKey(payment, 1);
  const confirmed = await orRefusal(cards.confirm(made.id, { paymentMethod, returnUrl, key }));
  if (confirmed instanceof Rejection) {
    return giveUp(cards, payment, made, { rejection: confirmed, code: confirmed.code, ref: null });
  }
  const { intent, decline } = confirmed;
  if (!decline) return { kind: 'open', payment, intent };
  const rejection = new Rejection('PAYMENT_DECLINED', decline.message);
  return giveUp(cards, payment, intent, { rejection, code: decline.code, ref: decline.ref });
}

/** Cancels the intent of a checkout that fails, so that nobody can pay it later. */
async function giveUp(
  cards: CardProvider,
  payment: PaymentEntity,
  intent: CardIntent,
  failure: Failure,
): Promise<Result> {
  const left = await cancelIntent(cards, payment, intent);
  if (left.status === 'succeeded') return { kind: 'open', payment, intent: left };
  if (left.status !== 'canceled')
    throw new Error(`A declined payment could not be cancelled: ${left.status}.`);
  return failed(payment, left, failure);
}

function answerOrWait(payment: PaymentEntity): Handled<{ paymentId: string }> {
  return (
    answerOf(payment) ?? {
      kind: 'waiting',
      output: { paymentId: payment.id },
      expiresAt: payment.expiresAt.toISOString(),
    }
  );
}

function failed(payment: PaymentEntity, intent: CardIntent | null, failure: Failure): Result {
  return { kind: 'failed', payment, intent, failure };
}

function rejected(refusal: Rejection): Handled<never> {
  return { kind: 'rejected', rejection: refusal.toData() };
}

/** What a call to the provider answered, or its refusal: `perform` may throw faults only. */
async function orRefusal<T>(call: Promise<T>): Promise<T | Rejection> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** Before anything is stored or sent: what was typed here may be a card's number. */
function refusalOfToken(token: string | null): Rejection | null {
  if (token === null || isPaymentMethodToken(token)) return null;
  return new Rejection('INVALID', 'A payment method begins with pm_.');
}

function refusalOfUrl(returnUrl: string | null): Rejection | null {
  if (returnUrl === null) return null;
  if (/^https?:\/\/[^\s\0]+$/.test(returnUrl) && !looksLikeCard(returnUrl)) return null;
  return new Rejection('INVALID', 'The return URL must be an http or https address without a card number.');
}
