import type { Faults } from '../http/faults.js';
import type { RecordKind } from '../state/records.js';
import type { Readable, Store } from '../state/store.js';
import type { PaymentIntent } from '../stripe-objects.js';
import type { WebhookDispatcher } from '../webhooks/dispatcher.js';

/** Charged and refunded totals in one currency, in minor units. */
export interface Totals {
  readonly charged: number;
  readonly refunded: number;
  readonly net: number;
}

/** The money that moved, by currency: what was captured, and the refunds that did not fail. */
export function totalsOf(store: Store): Record<string, Totals> {
  const totals: Record<string, Totals> = {};
  const add = (currency: string, charged: number, refunded: number) => {
    const held = totals[currency] ?? { charged: 0, refunded: 0, net: 0 };
    totals[currency] = {
      charged: held.charged + charged,
      refunded: held.refunded + refunded,
      net: held.net + charged - refunded,
    };
  };
  for (const charge of store.all('charge').oldestFirst()) {
    if (charge.captured) add(charge.currency, charge.amount_captured, 0);
  }
  for (const refund of store.all('refund').oldestFirst()) {
    if (refund.status === 'succeeded' || refund.status === 'pending') add(refund.currency, 0, refund.amount);
  }
  return totals;
}

/** The body of GET /_simulator/state: the newest `limit` objects of each kind, newest first, and the totals of all. */
export function snapshotOf(store: Store, dispatcher: WebhookDispatcher, faults: Faults, limit: number) {
  const { paused, duplicate } = store.webhookSetting();
  const counted: readonly RecordKind[] = ['payment_intent', 'charge', 'refund', 'dispute', 'event'];
  return {
    totals: totalsOf(store),
    counts: Object.fromEntries(counted.map((kind) => [kind, store.count(kind)])),
    webhooks: { url: dispatcher.url ?? null, paused, duplicate },
    faults: faults.waiting(),
    payment_intents: newest(store.all('payment_intent'), limit).map(({ intent }) => withoutSecret(intent)),
    charges: newest(store.all('charge'), limit),
    refunds: newest(store.all('refund'), limit),
    disputes: newest(store.all('dispute'), limit),
    events: newest(store.all('event'), limit).map(({ id, type, created, data }) => ({
      id,
      type,
      created,
      object: data.object.id,
    })),
    deliveries: newest(store.all('delivery'), limit).map(
      ({ id, state, attempts, nextAttemptAt, lastOutcome }) => ({
        event: id,
        state,
        attempts,
        next_attempt_at: state === 'pending' ? new Date(nextAttemptAt).toISOString() : null,
        last_outcome: lastOutcome,
      }),
    ),
  };
}

/** The body of GET /_simulator/state. */
export type Snapshot = ReturnType<typeof snapshotOf>;

function newest<T>(records: Readable<T>, limit: number): T[] {
  const found: T[] = [];
  for (const record of records.newestFirst()) {
    if (found.length >= limit) break;
    found.push(record);
  }
  return found;
}

/** The controls show no client secret: whoever holds it can pay. */
function withoutSecret({
  client_secret: _secret,
  ...intent
}: PaymentIntent): Omit<PaymentIntent, 'client_secret'> {
  return intent;
}
