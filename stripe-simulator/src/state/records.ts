import type {
  Charge,
  Dispute,
  PaymentIntent,
  PaymentMethod,
  Refund,
  StripeEvent,
} from '../stripe-objects.js';

/** A PaymentIntent and what Stripe knows of it beside what it shows. */
export interface IntentRecord {
  readonly id: string;
  readonly intent: PaymentIntent;
  /** True once the buyer has authenticated the present payment method. */
  readonly authenticated: boolean;
}

/** A payment method and the test payment method that it was made from. */
export interface MethodRecord {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly testName: string;
}

/** The way of one event (same id) to the webhook's address. Times are milliseconds since 1970. */
export interface DeliveryRecord {
  readonly id: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextAttemptAt: number;
  /** How the last attempt ended: an HTTP status or an error's code; null before the first. */
  readonly lastOutcome: string | null;
}

/** The stored answer to a call with an Idempotency-Key (the id). */
export interface KeyRecord {
  readonly id: string;
  /** Digest of the method, the path and the parameters. */
  readonly fingerprint: string;
  readonly requestId: string;
  readonly createdAt: number;
  readonly answer: Answer;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The webhook settings made by the controls: a single record with the id `webhooks`. */
export interface WebhookSetting {
  readonly id: typeof WEBHOOK_SETTING;
  readonly paused: boolean;
  readonly duplicate: boolean;
}

export const WEBHOOK_SETTING = 'webhooks';

/** Everything the simulator remembers. Adding a kind here and in RECORD_KINDS is all that a new one takes. */
export interface Records {
  payment_intent: IntentRecord;
  payment_method: MethodRecord;
  charge: Charge;
  refund: Refund;
  dispute: Dispute;
  event: StripeEvent;
  delivery: DeliveryRecord;
  key: KeyRecord;
  setting: WebhookSetting;
}

export type RecordKind = keyof Records;

/** In the order in which a compacted journal holds them. */
export const RECORD_KINDS = [
  'payment_method',
  'payment_intent',
  'charge',
  'refund',
  'dispute',
  'event',
  'delivery',
  'key',
  'setting',
] as const satisfies readonly RecordKind[];

/** One record as it is from now on. */
export type Change = { [K in RecordKind]: readonly [K, Records[K]] }[RecordKind];
