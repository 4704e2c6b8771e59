import { runningQueries, deduplicatedQueries } from '@souk/shared/telemetry';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';

interface InFlightRequest<Value> {
  result: Promise<Value>;
  cancellation: Cancellation;
  subscribers: number;
}

/** Runs of the same query for the same caller that are under way at one time, shared. */
export class InFlightRequests<Value> {
  #flights = new Map<string, InFlightRequest<Value>>();

  /**
   * Joins the run under way for `key`, or starts one. It is cancelled when the last of those who wait for it goes.
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

  /** Nobody joins what began before now: a mutation may have changed the answer. */
  clear(): void {
    this.#flights = new Map();
  }

  #begin(key: string, start: (cancellation: Cancellation) => Promise<Value>): InFlightRequest<Value> {
    const cancellation = new Cancellation();
    const flight: InFlightRequest<Value> = { result: start(cancellation), cancellation, subscribers: 0 };
    this.#flights.set(key, flight);
    runningQueries.inc();
    const end = (): void => {
      runningQueries.dec();
      this.#end(key, flight);
    };
    flight.result.then(end, end);
    return flight;
  }

  #end(key: string, flight: InFlightRequest<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
