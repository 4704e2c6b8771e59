import { runningQueries, deduplicatedQueries } from '@souk/shared/telemetry';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';

interface SharedRequest<Value> {
  result: Promise<Value>;
  cancellation: Cancellation;
  subscribers: number;
}

/** Runs identical concurrent queries of one caller once. */
export class RequestDeduplicator<Value> {
  #running = new Map<string, SharedRequest<Value>>();

  /**
   * Joins the running request for `key`, or starts one. It is cancelled when its last subscriber leaves.
   */
  async join(
    key: string,
    own: Cancellation | null,
    start: (cancellation: Cancellation) => Promise<Value>,
  ): Promise<Value> {
    const underWay = this.#running.get(key);
    if (underWay) deduplicatedQueries.inc();
    const shared = underWay ?? this.#begin(key, start);
    shared.subscribers += 1;
    const unhook = own?.onCancel(() => {
      shared.subscribers -= 1;
      if (shared.subscribers > 0) return;
      this.#end(key, shared);
      shared.cancellation.cancel(own.reason ?? new ClientGone());
    });
    try {
      return await shared.result;
    } finally {
      unhook?.();
    }
  }

  /** Later queries do not join requests that started before now: a mutation may have changed the response. */
  clear(): void {
    this.#running = new Map();
  }

  #begin(key: string, start: (cancellation: Cancellation) => Promise<Value>): SharedRequest<Value> {
    const cancellation = new Cancellation();
    const shared: SharedRequest<Value> = { result: start(cancellation), cancellation, subscribers: 0 };
    this.#running.set(key, shared);
    runningQueries.inc();
    const end = (): void => {
      runningQueries.dec();
      this.#end(key, shared);
    };
    shared.result.then(end, end);
    return shared;
  }

  #end(key: string, shared: SharedRequest<Value>): void {
    if (this.#running.get(key) === shared) this.#running.delete(key);
  }
}
