import Stripe from 'stripe';
import { Rejection, Unavailable } from '@souk/shared/errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type {
  CardCharge,
  CardIntent,
  CardProvider,
  CardRefund,
  Decline,
  IntentStatus,
  ProviderEvent,
} from '../domain/card-provider.js';
import type { Verdict } from './line.js';
import { ProviderLine } from './line.js';

/** The account at Stripe. */
export interface StripeOptions {
  secretKey: string;
  /** For Stripe.js in browsers. */
  publishableKey: string;
  /** Each signs events; several while one replaces another. */
  webhookSecrets: readonly string[];
  /** Where the API is, e.g. http://127.0.0.1:4010 for the simulator; Stripe itself when left out. */
  apiBase?: string | undefined;
  /** How long one call may take, in milliseconds. */
  timeoutMs?: number;
}

const apiVersion = '2026-10-28.endive';
const defaultTimeoutMs = 8_000;
const retries = 2;
const retryPauseMs = 200;
/** Stripe repeats a stored 500 for a key for a day: so many keys are tried one after another. */
const maxKeys = 5;
const unexpectedState = 'payment_intent_unexpected_state';

/** Card payments through Stripe. Nothing that Stripe throws leaves this class: it may hold client secrets. */
export class StripeCards implements CardProvider {
  readonly #stripe: Stripe;
  readonly #webhookSecrets: readonly string[];
  readonly #line = new ProviderLine({ judge, retries, pauseMs: retryPauseMs });

  constructor(options: StripeOptions) {
    this.#stripe = new Stripe(options.secretKey, {
      apiVersion,
      // Tried again here: with the breaker in view, and not after the first trouble that the client sees.
      maxNetworkRetries: 0,
      timeout: options.timeoutMs ?? defaultTimeoutMs,
      telemetry: false,
      ...(options.apiBase === undefined ? {} : addressOf(options.apiBase)),
    });
    this.#webhookSecrets = options.webhookSecrets;
  }

  async create({ paymentId, orderNumber, amount, currency }: CardCharge): Promise<CardIntent> {
    try {
      return intentOf(
        await this.#change(`create-${paymentId}`, (options) =>
          this.#stripe.paymentIntents.create(
            {
              amount,
              currency: currency.toLowerCase(),
              allowed_payment_method_types: ['card'],
              description: `Order ${orderNumber}`,
              metadata: { payment: toApiId('payment', paymentId), order: orderNumber },
            },
            options,
          ),
        ),
      );
    } catch (error) {
      if (
        error instanceof Stripe.errors.StripeInvalidRequestError &&
        (error.param === 'amount' || error.param === 'currency' || error.code === 'amount_too_small')
      ) {
        throw new Rejection('INVALID', error.message);
      }
      throw sealed(error);
    }
  }

  async confirm(
    intentId: string,
    { paymentMethod, returnUrl, key }: { paymentMethod: string; returnUrl: string | null; key: string },
  ): Promise<{ intent: CardIntent; decline: Decline | null }> {
    try {
      const intent = await this.#change(key, (options) =>
        this.#stripe.paymentIntents.confirm(
          intentId,
          { payment_method: paymentMethod, ...(returnUrl === null ? {} : { return_url: returnUrl }) },
          options,
        ),
      );
      return { intent: intentOf(intent), decline: null };
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError) {
        const intent = error.payment_intent ? intentOf(error.payment_intent) : await this.retrieve(intentId);
        return { intent, decline: declineOf(error) };
      }
      if (error instanceof Stripe.errors.StripeInvalidRequestError) {
        if (error.code === unexpectedState) return { intent: await this.retrieve(intentId), decline: null };
        if (error.param === 'payment_method') throw new Rejection('INVALID', error.message);
      }
      throw sealed(error);
    }
  }

  async retrieve(intentId: string): Promise<CardIntent> {
    return intentOf(await this.#read(() => this.#stripe.paymentIntents.retrieve(intentId)));
  }

  async cancel(intentId: string, key: string): Promise<CardIntent> {
    try {
      return intentOf(
        await this.#change(key, (options) =>
          this.#stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }, options),
        ),
      );
    } catch (error) {
      if (codeOf(error) === unexpectedState) return this.retrieve(intentId);
      throw sealed(error);
    }
  }

  async refund(
    intentId: string,
    { paymentId, purpose }: { paymentId: string; purpose: string },
  ): Promise<CardRefund | null> {
    const metadata = { payment: toApiId('payment', paymentId), purpose };
    try {
      const refund = await this.#change(`refund-${paymentId}-${purpose}`, (options) =>
        this.#stripe.refunds.create({ payment_intent: intentId, metadata }, options),
      );
      // A repeated answer tells how it stood then.
      return isReplay(refund.lastResponse.headers) ? await this.retrieveRefund(refund.id) : refundOf(refund);
    } catch (error) {
      if (codeOf(error) !== 'charge_already_refunded') throw sealed(error);
    }
    const made = await this.#read(() => this.#stripe.refunds.list({ payment_intent: intentId, limit: 100 }));
    return made.data.map(refundOf).find((refund) => refund.purpose === purpose) ?? null;
  }

  async retrieveRefund(refundId: string): Promise<CardRefund> {
    return refundOf(await this.#read(() => this.#stripe.refunds.retrieve(refundId)));
  }

  readEvent(body: Buffer, signature: string): ProviderEvent | null {
    for (const secret of this.#webhookSecrets) {
      try {
        return eventOf(this.#stripe.webhooks.constructEvent(body, signature, secret));
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw sealed(error);
      }
    }
    return null;
  }

  async #read<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.#line.call(call);
    } catch (error) {
      throw sealed(error);
    }
  }

  /**
   * Makes a change under a key. Where Stripe has stored a 500 of its own under it, what was done is not known, and
   * the key is burnt: the next one is taken. Whoever repeats the change walks the same keys. What is changed here
   * bears a second try: an intent is paid, cancelled and refunded in full only once, whatever the key.
   */
  async #change<T>(key: string, call: (options: { idempotencyKey: string }) => Promise<T>): Promise<T> {
    for (let number = 1; ; number += 1) {
      const idempotencyKey = number === 1 ? key : `${key}-${number}`;
      try {
        return await this.#line.call(() => call({ idempotencyKey }));
      } catch (error) {
        if (number >= maxKeys || !isStoredFault(error)) throw error;
      }
    }
  }
}

/** @throws a plain error where `apiBase` is no http(s) origin. */
function addressOf(apiBase: string): { host: string; port: string; protocol: 'http' | 'https' } {
  const { hostname, port, protocol } = new URL(apiBase);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: port || (scheme === 'http' ? '80' : '443'), protocol: scheme };
}

function judge(error: unknown): Verdict {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'passing';
  if (!(error instanceof Stripe.errors.StripeError)) return 'lasting';
  const status = error.statusCode ?? 500;
  if (status === 429 || status === 409) return 'passing';
  if (status < 500) return 'answer';
  return isStoredFault(error) ? 'lasting' : 'passing';
}

function isStoredFault(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeError &&
    (error.statusCode ?? 0) >= 500 &&
    isReplay(error.headers ?? {})
  );
}

function isReplay(headers: Record<string, string>): boolean {
  return headers['idempotent-replayed'] === 'true';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Stripe.errors.StripeError ? error.code : undefined;
}

/** An error without what Stripe hangs on it: the intent with its client secret, the card, the headers. */
function sealed(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const what = [error.type, error.statusCode, error.code, error.requestId].filter(Boolean).join(' ');
  if (judge(error) === 'answer') return new Error(`Stripe refused a call: ${what}: ${error.message}`);
  return new Unavailable(`The card provider does not answer as it should (${what}).`);
}

function intentOf(intent: Stripe.PaymentIntent): CardIntent {
  const failure = intent.last_payment_error;
  return {
    id: intent.id,
    status: statusOf(intent.status),
    amountReceived: intent.amount_received,
    clientSecret: intent.client_secret,
    paymentId: fromApiId('payment', intent.metadata['payment'] ?? ''),
    lastDecline: failure ? declineOf(failure) : null,
  };
}

const statuses: readonly string[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
] satisfies IntentStatus[];

function statusOf(status: string): IntentStatus {
  // A status that this version does not know: nothing may be concluded from it.
  if (!statuses.includes(status)) throw new Error(`Stripe shows the unknown status ${status}.`);
  return status as IntentStatus;
}

function declineOf(failure: {
  charge?: string;
  code?: string;
  decline_code?: string;
  message?: string;
}): Decline {
  const code = failure.decline_code ?? failure.code ?? 'declined';
  return {
    code,
    message: failure.message ?? 'The payment was declined.',
    ref: failure.charge ?? code,
  };
}

function refundOf(refund: Stripe.Refund): CardRefund {
  const status = refund.status ?? 'pending';
  return {
    id: refund.id,
    status:
      status === 'succeeded'
        ? 'succeeded'
        : status === 'failed' || status === 'canceled'
          ? 'failed'
          : 'pending',
    amount: refund.amount,
    paymentId: fromApiId('payment', refund.metadata?.['payment'] ?? ''),
    purpose: refund.metadata?.['purpose'] ?? null,
    failureReason: refund.failure_reason ?? null,
  };
}

function eventOf(event: Stripe.Event): ProviderEvent {
  const object = event.data.object as { id?: string; metadata?: Record<string, string> | null };
  return {
    id: event.id,
    type: event.type,
    at: new Date(event.created * 1_000),
    objectId: object.id ?? null,
    paymentId: fromApiId('payment', object.metadata?.['payment'] ?? ''),
  };
}
