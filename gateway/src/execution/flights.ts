import { queriesInFlight, deduplicatedQueries } from '@souk/shared/telemetry';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';

interface Flight<Value> {
  result: Promise<Value>;
  cancellation: Cancellation;
  riders: number;
}

/** Runs of the same query for the same caller that are under way at one time, shared. */
export class Flights<Value> {
  #flights = new Map<string, Flight<Value>>();

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
    flight.riders += 1;
    const unhook = own?.onCancel(() => {
      flight.riders -= 1;
      if (flight.riders > 0) return;
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

  #begin(key: string, start: (cancellation: Cancellation) => Promise<Value>): Flight<Value> {
    const cancellation = new Cancellation();
    const flight: Flight<Value> = { result: start(cancellation), cancellation, riders: 0 };
    this.#flights.set(key, flight);
    queriesInFlight.inc();
    const end = (): void => {
      queriesInFlight.dec();
      this.#end(key, flight);
    };
    flight.result.then(end, end);
    return flight;
  }

  #end(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
