import type { Change, RecordKind, Records } from './records.js';
import type { Store } from './store.js';

/** The call that a transaction serves: its events name it as their origin. */
export interface Origin {
  /** Null where no call of the API caused it, but the buyer or the bank. */
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
  readonly apiVersion: string;
}

/** Changes that belong together: read through it, put into it, committed as one step or left. */
export class Transaction {
  readonly origin: Origin;
  /** True where events are to be sent to a webhook. */
  readonly delivers: boolean;
  readonly #store: Store;
  readonly #changes = new Map<string, Change>();

  constructor(store: Store, origin: Origin, delivers: boolean) {
    this.#store = store;
    this.origin = origin;
    this.delivers = delivers;
  }

  /** The record as this transaction sees it. */
  get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
    const change = this.#changes.get(`${kind} ${id}`);
    return change === undefined ? this.#store.get(kind, id) : (change[1] as Records[K]);
  }

  /** The newest record that fits, by a look at all of the kind: for kinds of which there are few. */
  find<K extends RecordKind>(kind: K, fits: (record: Records[K]) => boolean): Records[K] | undefined {
    for (const [changed, record] of [...this.#changes.values()].reverse()) {
      if (changed === kind && fits(record as Records[K])) return record as Records[K];
    }
    for (const { id } of this.#store.all(kind).newestFirst()) {
      const record = this.get(kind, id);
      if (record !== undefined && fits(record)) return record;
    }
    return undefined;
  }

  put<K extends RecordKind>(kind: K, record: Records[K]): void {
    this.#changes.set(`${kind} ${record.id}`, [kind, record] as unknown as Change);
  }

  commit(): void {
    this.#store.commit([...this.#changes.values()]);
  }
}

/** Now, in Stripe's unit: whole seconds since 1970. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}
