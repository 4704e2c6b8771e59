import type {
  Decision,
  DisputeRequest,
  FaultRequest,
  SettlementRequest,
  WebhookSettings,
} from 'souk-stripe-simulator/controls/bodies';
import type { Snapshot } from 'souk-stripe-simulator/controls/snapshot';
import type { Dispute, PaymentIntent, Refund } from 'souk-stripe-simulator/stripe-objects';

/** Names of test cards, for `paymentMethodToken`. More are listed in the README of souk-stripe-simulator. */
export const testCards = {
  succeeds: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  insufficientFunds: 'pm_card_chargeDeclinedInsufficientFunds',
  expired: 'pm_card_chargeDeclinedExpiredCard',
  authenticationRequired: 'pm_card_authenticationRequired',
  declinedAfterAuthentication: 'pm_card_threeDSecureRequiredChargeDeclined',
  disputed: 'pm_card_createDispute',
  refundFails: 'pm_card_refundFail',
  refundPends: 'pm_card_pendingRefund',
} as const;

/** Where a simulator can be reached. */
export interface SimulatorAddress {
  /** Stripe's API, without /v1: http://127.0.0.1:4010 */
  apiUrl: string;
  /** The controls: http://127.0.0.1:4000/_simulator */
  controlsUrl: string;
}

/** The simulator refused a call, for example because the card was declined. */
export class SimulatorRefused extends Error {
  readonly status: number;
  /** Stripe's error code; null if it has none. */
  readonly code: string | null;

  constructor(path: string, status: number, { code, message }: { code?: string; message?: string }) {
    super(`The simulator answered ${status} to ${path}: ${message ?? 'no message'}`);
    this.name = 'SimulatorRefused';
    this.status = status;
    this.code = code ?? null;
  }
}

const timeoutMs = 10_000;
const pageSize = 100;
const pathOfPaymentIntents = '/v1/payment_intents';
const pathOfRefunds = '/v1/refunds';

/** Controls of the Stripe simulator: plays the buyer and the bank, injects faults, reads what was charged. */
export class StripeSimulator {
  /** Stripe's API: the real client `stripe` can call it, with any key. */
  readonly apiUrl: string;
  readonly #controlsUrl: string;

  constructor({ apiUrl, controlsUrl }: SimulatorAddress) {
    this.apiUrl = apiUrl;
    this.#controlsUrl = controlsUrl;
  }

  /** Injects a fault into later calls: an error, a lost answer, a delay. */
  async injectFault(fault: FaultRequest): Promise<void> {
    await this.#control('/faults', fault);
  }

  /**
   * Makes the next call that creates or confirms a payment fail. The default is an error before anything happens, which
   * Souk retries; for a card that is declined use `testCards`.
   */
  failNextCharge(kind: FaultRequest['kind'] = 'error500'): Promise<void> {
    return this.injectFault({ kind, method: 'POST', path: pathOfPaymentIntents, before_execution: true });
  }

  /** Makes the next call that creates a refund fail. */
  failNextRefund(kind: FaultRequest['kind'] = 'error500'): Promise<void> {
    return this.injectFault({ kind, method: 'POST', path: pathOfRefunds, before_execution: true });
  }

  /** Delays the answers to the next calls that change something. */
  delayCalls(delayMs: number, count = 1): Promise<void> {
    return this.injectFault({ kind: 'slow', count, method: 'POST', delay_ms: delayMs });
  }

  /** Forgets faults that have not struck yet. */
  async clearFaults(): Promise<void> {
    await this.#send(`${this.#controlsUrl}/faults`, { method: 'DELETE' });
  }

  /** Changes how webhooks are sent: `paused` keeps them back until it is false again, `duplicate` sends each twice. */
  async setWebhooks(settings: WebhookSettings): Promise<void> {
    await this.#control('/webhooks', settings);
  }

  /** Keeps webhooks back. `setWebhooks({ paused: false })` sends them. */
  pauseWebhooks(): Promise<void> {
    return this.setWebhooks({ paused: true });
  }

  /** Sends webhooks, also those that were kept back. */
  resumeWebhooks(): Promise<void> {
    return this.setWebhooks({ paused: false });
  }

  /** Plays the buyer who completes, or fails, the authentication of a card. @throws SimulatorRefused */
  async authenticate(paymentIntentId: string, outcome: Decision = 'succeed'): Promise<void> {
    await this.#control(`/payment_intents/${paymentIntentId}/authenticate`, { outcome });
  }

  /** Plays the buyer who pays on the provider's page. @throws SimulatorRefused if the card is declined */
  async confirm(paymentIntentId: string, card: string = testCards.succeeds): Promise<void> {
    await this.#control(`/payment_intents/${paymentIntentId}/confirm`, { payment_method: card });
  }

  /** Plays the bank that decides a payment in the status `processing`. */
  async settle(paymentIntentId: string, outcome: Decision = 'succeed'): Promise<void> {
    await this.#control(`/payment_intents/${paymentIntentId}/settle`, { outcome });
  }

  /** Refunds on Stripe's dashboard, all that is left or an amount in minor units. */
  async refund(paymentIntentId: string, amount?: number): Promise<Refund> {
    const body = amount === undefined ? {} : { amount };
    return (await this.#control(`/payment_intents/${paymentIntentId}/refund`, body)) as Refund;
  }

  /** Plays the bank that completes or rejects a refund. */
  async settleRefund(refundId: string, settlement: SettlementRequest = {}): Promise<Refund> {
    return (await this.#control(`/refunds/${refundId}/settle`, settlement)) as Refund;
  }

  /** Plays a buyer who disputes a charge at their bank. */
  async openDispute(paymentIntentId: string, dispute: DisputeRequest = {}): Promise<Dispute> {
    return (await this.#control(`/payment_intents/${paymentIntentId}/dispute`, dispute)) as Dispute;
  }

  /** Plays the bank that decides a dispute, for the seller or against. */
  async closeDispute(disputeId: string, outcome: 'won' | 'lost'): Promise<Dispute> {
    return (await this.#control(`/disputes/${disputeId}/close`, { outcome })) as Dispute;
  }

  /** The newest objects of each kind, at most 1,000, webhooks and faults, and the totals of all. */
  async state(limit = pageSize): Promise<Snapshot> {
    return (await this.#send(`${this.#controlsUrl}/state?limit=${limit}`, {})) as Snapshot;
  }

  /** Charged and refunded amounts in minor units, by currency in lower case. */
  async totals(): Promise<Snapshot['totals']> {
    return (await this.state(1)).totals;
  }

  /** All PaymentIntents, newest first. */
  paymentIntents(): Promise<PaymentIntent[]> {
    return this.#list<PaymentIntent>(pathOfPaymentIntents);
  }

  /** All refunds, newest first. */
  refunds(): Promise<Refund[]> {
    return this.#list<Refund>(pathOfRefunds);
  }

  /** Calls Stripe's API as another program with the same account would. Returns the answer. @throws SimulatorRefused */
  call(path: string, parameters: Record<string, string>): Promise<unknown> {
    return this.#send(`${this.apiUrl}${path}`, { method: 'POST', body: new URLSearchParams(parameters) });
  }

  async #list<T extends { id: string }>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (let more = true; more;) {
      const after = found.at(-1);
      const query = `limit=${pageSize}${after ? `&starting_after=${after.id}` : ''}`;
      const page = (await this.#send(`${this.apiUrl}${path}?${query}`, {})) as {
        data: T[];
        has_more: boolean;
      };
      found.push(...page.data);
      more = page.has_more;
    }
    return found;
  }

  #control(path: string, body: object): Promise<unknown> {
    return this.#send(`${this.#controlsUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #send(url: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(url, {
      ...init,
      // The simulator accepts any key.
      headers: {
        authorization: 'Bearer sk_test_any',
        ...(init.headers as Record<string, string> | undefined),
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return response.json();
    const { error } = (await response.json().catch(() => ({}))) as {
      error?: { code?: string; message?: string };
    };
    throw new SimulatorRefused(new URL(url).pathname, response.status, error ?? {});
  }
}
