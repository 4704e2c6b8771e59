import { runningQueries, deduplicatedQueries } from '@souk/shared/telemetry';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';

interface SharedRequest<Value> {
  result: Promise<Value>;
  cancellation: Cancellation;
  subscribers: number;
}

/** Runs identical concurrent queries of one caller once. */
export class RequestDeduplicator<Value> {
  #flights = new Map<string, SharedRequest<Value>>();

  /**
   * Joins the running request for `key`, or starts one. It is cancelled when its last subscriber leaves.
   */
  async join(
    key: string,
    own: Cancellation | null,
    start: (cancellation: Cancellation) => Promise<Value>,
  ): Promise<Value> {
    const underWay = this.#flights.get(key);
    if (underWay) deduplicatedQueries.inc();
    const flight = underWay ?? this.#begin(key, start);
    flight.subscribers += 1;
    const unhook = own?.onCancel(() => {
      flight.subscribers -= 1;
      if (flight.subscribers > 0) return;
      this.#end(key, flight);
      flight.cancellation.cancel(own.reason ?? new ClientGone());
    });
    try {
      return await flight.result;
    } finally {
      unhook?.();
    }
  }

  /** Later queries do not join requests that started before now: a mutation may have changed the response. */
  clear(): void {
    this.#flights = new Map();
  }

  #begin(key: string, start: (cancellation: Cancellation) => Promise<Value>): SharedRequest<Value> {
    const cancellation = new Cancellation();
    const flight: SharedRequest<Value> = { result: start(cancellation), cancellation, subscribers: 0 };
    this.#flights.set(key, flight);
    runningQueries.inc();
    const end = (): void => {
      runningQueries.dec();
      this.#end(key, flight);
    };
    flight.result.then(end, end);
    return flight;
  }

  #end(key: string, flight: SharedRequest<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
