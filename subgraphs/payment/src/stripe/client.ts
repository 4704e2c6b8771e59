import Stripe from 'stripe';
import { CircuitBreaker } from '@souk/shared/async/circuit-breaker';
import { withRetries } from '@souk/shared/async/retry';
import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import { toProviderAmount } from '../domain/provider/card-currency.js';
import type {
  CardCharge,
  CardDispute,
  CardIntent,
  CardProvider,
  CardRefund,
  Decline,
  IntentPage,
  ListedIntent,
  ProviderEvent,
  RefundOrder,
  RefundOutcome,
} from '../domain/provider/card-provider.js';
import { codeOf, decideRetry, isReplay, isStoredFault, redactError, refusalOfRefund } from './errors.js';
import { parseEvent } from './event.js';
import { declineOf, disputeOf, intentOf, listedIntentOf, refundOf } from './objects.js';

/** Options of the Stripe client. */
export interface StripeOptions {
  secretKey: string;
  /** For Stripe.js in browsers. */
  publishableKey: string;
  /** Secrets that sign events; several during rotation. */
  webhookSecrets: readonly string[];
  /** Base URL of the API, e.g. http://127.0.0.1:4010 for the simulator; Stripe itself if omitted. */
  apiBase?: string | undefined;
  /** Timeout of one call, in milliseconds. */
  timeoutMs?: number;
}

const apiVersion = '2026-10-28.endive';
const defaultTimeoutMs = 8_000;
const retries = 2;
const retryPauseMs = 200;
/** Maximum number of keys per change: Stripe repeats a stored 500 for a key for a day. */
const maxKeys = 5;
/** Maximum age of a signature, as in Stripe's own libraries. */
const signatureToleranceSeconds = 300;
const unexpectedState = 'payment_intent_unexpected_state';

/** Card payments through Stripe. The class never rethrows Stripe's errors: they may contain client secrets. */
export class StripeCards implements CardProvider {
  readonly #stripe: Stripe;
  readonly #webhookSecrets: readonly string[];
  // Each call has Stripe's own time limit.
  readonly #breaker = new CircuitBreaker({
    name: 'stripe',
    openMessage: 'The card provider is unavailable.',
    minCalls: 20,
    resetTimeoutMs: 5_000,
    isFailure: (error) => decideRetry(error) !== 'reject',
  });

  constructor(options: StripeOptions) {
    this.#stripe = new Stripe(options.secretKey, {
      apiVersion,
      // withRetries retries instead, so that the circuit breaker counts each call.
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
              amount: toProviderAmount(amount, currency),
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
      throw redactError(error);
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
        // Stripe's message repeats the input, which may be sensitive.
        if (error.param === 'payment_method') {
          throw new Rejection(
            'INVALID',
            'The payment method does not exist or cannot be used for this payment.',
          );
        }
      }
      throw redactError(error);
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
      throw redactError(error);
    }
  }

  async refund(
    intentId: string,
    { paymentId, purpose, amount, currency }: RefundOrder,
  ): Promise<RefundOutcome> {
    const metadata = { payment: toApiId('payment', paymentId), purpose };
    const part = amount === null ? {} : { amount: toProviderAmount(amount, currency) };
    const ours = (made: readonly CardRefund[]) => made.find((refund) => refund.purpose === purpose) ?? null;
    try {
      const refund = await this.#change(
        `refund-${paymentId}-${purpose}`,
        async (options) => {
          const made = await this.#stripe.refunds.create(
            { payment_intent: intentId, metadata, ...part },
            options,
          );
          // A replayed response contains the state of the first call.
          return isReplay(made.lastResponse.headers) ? this.#stripe.refunds.retrieve(made.id) : made;
        },
        async () => ours(await this.listRefunds(intentId)),
      );
      return 'object' in refund ? refundOf(refund) : refund;
    } catch (error) {
      const refusal = refusalOfRefund(error);
      if (refusal === null) throw redactError(error);
      const made = await this.listRefunds(intentId);
      const disputes = refusal.disputed ? await this.listDisputes(intentId) : [];
      const { reason: failureReason } = refusal;
      return ours(made) ?? { id: null, status: 'failed', failureReason, instead: made, disputes };
    }
  }

  async retrieveRefund(refundId: string): Promise<CardRefund> {
    return refundOf(await this.#read(() => this.#stripe.refunds.retrieve(refundId)));
  }

  async listRefunds(intentId: string): Promise<CardRefund[]> {
    const page = await this.#read(() => this.#stripe.refunds.list({ payment_intent: intentId, limit: 100 }));
    return page.data.map(refundOf);
  }

  async retrieveDispute(disputeId: string): Promise<CardDispute> {
    return disputeOf(await this.#read(() => this.#stripe.disputes.retrieve(disputeId)));
  }

  async listDisputes(intentId: string): Promise<CardDispute[]> {
    const page = await this.#read(() => this.#stripe.disputes.list({ payment_intent: intentId, limit: 100 }));
    return page.data.map(disputeOf);
  }

  async listIntents(since: Date, after: string | null): Promise<IntentPage> {
    const page = await this.#read(() =>
      this.#stripe.paymentIntents.list({
        created: { gte: Math.floor(since.getTime() / 1_000) },
        limit: 100,
        expand: ['data.latest_charge'],
        ...(after === null ? {} : { starting_after: after }),
      }),
    );
    return {
      intents: page.data.map(listedIntentOf),
      next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
    };
  }

  async find(intentId: string): Promise<ListedIntent | null> {
    try {
      const call = () => this.#stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] });
      return listedIntentOf(await this.#call(call));
    } catch (error) {
      if (codeOf(error) === 'resource_missing') return null;
      throw redactError(error);
    }
  }

  readEvent(body: Buffer, signature: string): ProviderEvent | null {
    return this.#webhookSecrets.some((secret) => this.#isSigned(body, signature, secret))
      ? parseEvent(body)
      : null;
  }

  #isSigned(body: Buffer, signature: string, secret: string): boolean {
    const { signature: verifier } = this.#stripe.webhooks;
    if (!verifier) throw new Error('The Stripe client cannot verify signatures.');
    try {
      return verifier.verifyHeader(body, signature, secret, signatureToleranceSeconds);
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
      throw redactError(error);
    }
  }

  /** Makes a call with retries. @throws what the last attempt threw, or Unavailable while the circuit is open */
  #call<T>(call: () => Promise<T>): Promise<T> {
    return withRetries(() => this.#breaker.call(call), {
      retries,
      pauseMs: retryPauseMs,
      isRetryable: (error) => decideRetry(error) === 'retry',
    });
  }

  async #read<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.#call(call);
    } catch (error) {
      throw redactError(error);
    }
  }

  /**
   * Makes a change with an idempotency key. If Stripe stored a 500 under the key, the effect is unknown and the key is
   * unusable: `find` looks for the effect, and if there is none the next key is used. A repeat of the change uses the
   * same sequence of keys. Omit `find` if a second execution has no effect: an intent is paid and cancelled only once,
   * whatever the key.
   */
  async #change<T, Found = never>(
    key: string,
    call: (options: { idempotencyKey: string }) => Promise<T>,
    find?: () => Promise<Found | null>,
  ): Promise<T | Found> {
    for (let number = 1; ; number += 1) {
      const idempotencyKey = number === 1 ? key : `${key}-${number}`;
      try {
        return await this.#call(() => call({ idempotencyKey }));
      } catch (error) {
        if (number >= maxKeys || !isStoredFault(error)) throw error;
      }
      const found = (await find?.()) ?? null;
      if (found !== null) return found;
    }
  }
}

/** Splits the base URL into the options of the Stripe client. @throws TypeError if `apiBase` is not a URL */
function addressOf(apiBase: string): { host: string; port: string; protocol: 'http' | 'https' } {
  const { hostname, port, protocol } = new URL(apiBase);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: port || (scheme === 'http' ? '80' : '443'), protocol: scheme };
}
