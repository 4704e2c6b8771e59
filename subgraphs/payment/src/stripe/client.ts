import Stripe from 'stripe';
import { Rejection, Unavailable } from '@souk/shared/errors';
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
import type { RetryDecision } from './resilient-client.js';
import { ResilientClient } from './resilient-client.js';
import { parseEvent } from './event.js';
import { declineOf, disputeOf, intentOf, listedIntentOf, refundOf } from './objects.js';

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
/** So old may a signature be, as Stripe's own libraries have it. */
const signatureToleranceSeconds = 300;
const unexpectedState = 'payment_intent_unexpected_state';

/** Card payments through Stripe. Nothing that Stripe throws leaves this class: it may hold client secrets. */
export class StripeCards implements CardProvider {
  readonly #stripe: Stripe;
  readonly #webhookSecrets: readonly string[];
  readonly #client = new ResilientClient({ decideRetry, retries, pauseMs: retryPauseMs });

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
        // Not in Stripe's words: they repeat what was sent, which may be anything.
        if (error.param === 'payment_method') {
          throw new Rejection('INVALID', 'There is no such payment method, or it cannot pay this.');
        }
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
          // A repeated answer tells how it stood then.
          return isReplay(made.lastResponse.headers) ? this.#stripe.refunds.retrieve(made.id) : made;
        },
        async () => ours(await this.listRefunds(intentId)),
      );
      return 'object' in refund ? refundOf(refund) : refund;
    } catch (error) {
      const reason = refusalOfRefund(error);
      if (reason === null) throw sealed(error);
      const made = await this.listRefunds(intentId);
      return ours(made) ?? { id: null, status: 'failed', failureReason: reason, instead: made };
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
      return listedIntentOf(await this.#client.call(call));
    } catch (error) {
      if (codeOf(error) === 'resource_missing') return null;
      throw sealed(error);
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
      throw sealed(error);
    }
  }

  async #read<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.#client.call(call);
    } catch (error) {
      throw sealed(error);
    }
  }

  /**
   * Makes a change under a key. Where Stripe has stored a 500 of its own under it, what was done is not known, and
   * the key is burnt: `find` looks whether it was done all the same, and if not the next key is taken. Whoever
   * repeats the change walks the same keys. Without `find` the change bears a second try: an intent is paid and
   * cancelled only once, whatever the key.
   */
  async #change<T, Found = never>(
    key: string,
    call: (options: { idempotencyKey: string }) => Promise<T>,
    find?: () => Promise<Found | null>,
  ): Promise<T | Found> {
    for (let number = 1; ; number += 1) {
      const idempotencyKey = number === 1 ? key : `${key}-${number}`;
      try {
        return await this.#client.call(() => call({ idempotencyKey }));
      } catch (error) {
        if (number >= maxKeys || !isStoredFault(error)) throw error;
      }
      const found = (await find?.()) ?? null;
      if (found !== null) return found;
    }
  }
}

/** @throws a plain error where `apiBase` is no http(s) origin. */
function addressOf(apiBase: string): { host: string; port: string; protocol: 'http' | 'https' } {
  const { hostname, port, protocol } = new URL(apiBase);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: port || (scheme === 'http' ? '80' : '443'), protocol: scheme };
}

function decideRetry(error: unknown): RetryDecision {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'retry';
  if (!(error instanceof Stripe.errors.StripeError)) return 'fail';
  const status = error.statusCode ?? 500;
  if (status === 429 || status === 409) return 'retry';
  if (status < 500) return 'reject';
  return isStoredFault(error) ? 'fail' : 'retry';
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

/** Why Stripe will not send money back, in words; null where the error is none of that. */
function refusalOfRefund(error: unknown): string | null {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return null;
  if (error.code === 'charge_disputed') return 'The payment is disputed.';
  // More than is left has no code at Stripe.
  return error.code === 'charge_already_refunded' || error.param === 'amount'
    ? 'Not that much is left to send back.'
    : null;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Stripe.errors.StripeError ? error.code : undefined;
}

/** An error without what Stripe hangs on it: the intent with its client secret, the card, the headers. */
function sealed(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const what = [error.type, error.statusCode, error.code, error.requestId].filter(Boolean).join(' ');
  if (decideRetry(error) === 'reject')
    return new Error(`Stripe refused a call: ${what}: ${withoutNumbers(error.message)}`);
  return new Unavailable(`The card provider does not answer as it should (${what}).`);
}

/** Stripe repeats in its messages what it was sent: nothing that could be a card's number goes on from there. */
function withoutNumbers(message: string): string {
  return message.replace(/\d[\d -]{10,}\d/g, '(number)');
}
