import { outcomeOf } from '../http/http-response.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import type { RequestOutcome, RequestScope } from '../types/request.js';
import type { RequestMetrics } from '../http/request-metrics.js';
import { endTrace } from '../http/request-trace.js';

/** Metrics and the trace of a WebSocket request that is not, or not yet known to be, a subscription. */
export class WebSocketRequestMetrics {
  readonly #metrics: RequestMetrics;
  readonly #scope: RequestScope;
  readonly #hasGone: () => boolean;
  readonly #begun = performance.now();

  /** Starts the measurement. `hasGone` returns whether the client has left. */
  constructor(metrics: RequestMetrics, scope: RequestScope, hasGone: () => boolean) {
    this.#metrics = metrics;
    this.#scope = scope;
    this.#hasGone = hasGone;
  }

  /** Runs a part of the request, and records a failure if it throws. */
  async attempt<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      this.#note('failed');
      throw error;
    }
  }

  /** Records the end. */
  end(answer: GraphQLResponse): void {
    this.#note(this.#hasGone() ? 'gone' : outcomeOf(answer));
  }

  #note(outcome: RequestOutcome): void {
    this.#metrics.observe(this.#scope, outcome, this.#begun);
    endTrace(this.#scope, outcome);
  }
}
