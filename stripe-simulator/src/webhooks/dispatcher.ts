import type { Change, DeliveryRecord } from '../state/records.js';
import type { Store } from '../state/store.js';
import { MAX_ATTEMPTS, pauseAfter } from './backoff.js';
import { eventView } from './event-view.js';
import { signatureHeader } from './signature.js';

const MAX_IN_FLIGHT = 8;
const TIMEOUT_MS = 5000;

export interface DispatcherOptions {
  readonly store: Store;
  readonly secret: string;
  readonly log: (line: string) => void;
}

/**
 * Sends events to the webhook's address until it responds 2xx: at least once each, roughly in order, several at
 * a time. Undelivered events are in the store, so that a restart continues where the last run ended.
 */
export class WebhookDispatcher {
  readonly #store: Store;
  readonly #secret: string;
  readonly #log: (line: string) => void;
  readonly #ready = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #sending = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #url: string | undefined;

  constructor({ store, secret, log }: DispatcherOptions) {
    this.#store = store;
    this.#secret = secret;
    this.#log = log;
    for (const delivery of store.all('delivery').oldestFirst()) this.#schedule(delivery);
    store.onCommit((changes) => this.#take(changes));
  }

  get url(): string | undefined {
    return this.#url;
  }

  /** The address to send to from now on; without one nothing is sent, and new events owe no delivery. */
  setUrl(url: string | undefined): void {
    this.#url = url;
    this.#pump();
  }

  /** Cuts what is being sent and sends nothing more; what was cut is sent again by the next run. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.#sending);
  }

  #take(changes: readonly Change[]): void {
    for (const [kind, record] of changes) {
      if (kind === 'delivery') this.#schedule(record);
    }
    this.#pump();
  }

  #schedule({ id, state, nextAttemptAt }: DeliveryRecord): void {
    if (state !== 'pending' || this.#closing.signal.aborted) return;
    const pause = nextAttemptAt - Date.now();
    if (pause <= 0) {
      this.#ready.add(id);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      this.#ready.add(id);
      this.#pump();
    }, pause);
    this.#timers.set(id, timer);
  }

  #pump(): void {
    const url = this.#url;
    const { paused, duplicate } = this.#store.webhookSetting();
    if (url === undefined || paused || this.#closing.signal.aborted) return;
    for (const id of this.#ready) {
      if (this.#sending.size >= MAX_IN_FLIGHT) return;
      this.#ready.delete(id);
      const sending: Promise<void> = this.#deliver(id, url, duplicate ? 2 : 1)
        .catch((error: unknown) => this.#log(`Webhook ${id} could not be recorded: ${String(error)}`))
        .finally(() => {
          this.#sending.delete(sending);
          this.#pump();
        });
      this.#sending.add(sending);
    }
  }

  async #deliver(id: string, url: string, copies: number): Promise<void> {
    const event = this.#store.get('event', id);
    const delivery = this.#store.get('delivery', id);
    if (event === undefined || delivery?.state !== 'pending') return;
    const body = JSON.stringify(eventView(event, delivery), null, 2);
    let { ok, outcome } = await this.#post(url, body);
    for (let copy = 1; copy < copies && ok; copy += 1) ({ ok, outcome } = await this.#post(url, body));
    if (this.#closing.signal.aborted) return;

    const attempts = delivery.attempts + 1;
    const state = ok ? 'delivered' : attempts < MAX_ATTEMPTS ? 'pending' : 'failed';
    const nextAttemptAt = Date.now() + pauseAfter(attempts);
    this.#store.commit([['delivery', { id, state, attempts, nextAttemptAt, lastOutcome: outcome }]]);
    if (!ok) this.#log(`Webhook ${event.type} ${id}, attempt ${attempts} of ${MAX_ATTEMPTS}: ${outcome}`);
  }

  async #post(url: string, body: string): Promise<{ ok: boolean; outcome: string }> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Stripe-Signature': signatureHeader(body, this.#secret, Math.floor(Date.now() / 1000)),
          'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body,
      });
      await response.body?.cancel();
      return { ok: response.ok, outcome: String(response.status) };
    } catch (error) {
      return { ok: false, outcome: reason(error) };
    }
  }
}

/** A short reason for a failed connection. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { cause } = error;
  if (!(cause instanceof Error)) return error.name;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
