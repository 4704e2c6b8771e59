import { Collection } from './collection.js';
import { Journal } from './journal.js';
import { RECORD_KINDS, WEBHOOK_SETTING } from './records.js';
import type { Change, RecordKind, Records, WebhookSetting } from './records.js';

const DAY = 24 * 60 * 60 * 1000;
/** Stripe forgets a key after a day and an event after thirty. */
const KEY_LIFETIME = DAY;
const EVENT_LIFETIME = 30 * DAY;
/** Beyond this many, the oldest keys and the oldest events that need no delivery are forgotten earlier. */
const MAX_KEYS = 50_000;
const MAX_EVENTS = 50_000;
/** Dropping a single record costs as much as dropping many, so it is done in portions. */
const SLACK = 1.1;

/** A collection as those see it who may not change it. */
export type Readable<T> = Pick<Collection<T>, 'get' | 'newestFirst' | 'oldestFirst'>;

type Tables = { readonly [K in RecordKind]: Collection<Records[K]> };

/**
 * All that the simulator remembers, in memory and, with a journal, on disk. Records are read by kind and id and
 * changed by `commit` alone.
 */
export class Store {
  readonly #tables: Tables = {
    payment_intent: new Collection(),
    payment_method: new Collection(),
    charge: new Collection(),
    refund: new Collection(),
    dispute: new Collection(),
    event: new Collection(),
    delivery: new Collection(),
    key: new Collection(),
    setting: new Collection(),
  };
  #journal: Journal | null = null;
  readonly #listeners: ((changes: readonly Change[]) => void)[] = [];

  /** Rebuilds the state from the directory's journal; null keeps everything in memory only. */
  static async open(directory: string | null, log: (line: string) => void): Promise<Store> {
    const store = new Store();
    if (directory === null) return store;
    for await (const step of Journal.read(directory, log)) store.#apply(step);
    store.#forget(Date.now());
    store.#journal = Journal.compact(directory, store.#steps());
    return store;
  }

  get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
    return this.#tables[kind].get(id);
  }

  /** How many records there are of a kind. */
  count(kind: RecordKind): number {
    return this.#tables[kind].size;
  }

  /** The records of a kind, to read in order. */
  all<K extends RecordKind>(kind: K): Readable<Records[K]> {
    return this.#tables[kind];
  }

  /** The stored answer of an Idempotency-Key that has not expired. */
  liveKey(id: string): Records['key'] | undefined {
    const key = this.get('key', id);
    return key !== undefined && key.createdAt > Date.now() - KEY_LIFETIME ? key : undefined;
  }

  webhookSetting(): WebhookSetting {
    return this.get('setting', WEBHOOK_SETTING) ?? { id: WEBHOOK_SETTING, paused: false, duplicate: false };
  }

  /** Makes the changes lasting, all or none, and then visible. Throws where the journal cannot be written. */
  commit(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    this.#journal?.append(changes);
    this.#apply(changes);
    if (this.count('key') > MAX_KEYS * SLACK || this.count('event') > MAX_EVENTS * SLACK)
      this.#forget(Date.now());
    for (const listener of this.#listeners) listener(changes);
  }

  /** Calls the listener after every commit, with its changes. */
  onCommit(listener: (changes: readonly Change[]) => void): void {
    this.#listeners.push(listener);
  }

  close(): void {
    this.#journal?.close();
  }

  #apply(changes: readonly Change[]): void {
    for (const [kind, record] of changes) this.#set(kind, record);
  }

  #set<K extends RecordKind>(kind: K, record: Records[K]): void {
    this.#tables[kind].set(record.id, record);
  }

  #forget(now: number): void {
    let spare = this.count('key') - MAX_KEYS;
    this.#tables.key.dropOldest((key) => spare-- > 0 || key.createdAt <= now - KEY_LIFETIME);

    let surplus = this.count('event') - MAX_EVENTS;
    const dropped = new Set(
      this.#tables.event.dropOldest(
        ({ id, created }) =>
          this.get('delivery', id)?.state !== 'pending' &&
          (surplus-- > 0 || created * 1000 <= now - EVENT_LIFETIME),
      ),
    );
    this.#tables.delivery.dropOldest(({ id }) => dropped.has(id));
  }

  *#steps(): Generator<Change[]> {
    for (const kind of RECORD_KINDS) {
      for (const record of this.#tables[kind].oldestFirst()) yield [[kind, record] as Change];
    }
  }
}
