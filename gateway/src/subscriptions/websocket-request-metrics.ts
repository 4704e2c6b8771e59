import { outcomeOf } from '../http/http-response.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import type { RequestOutcome, RequestScope } from '../types/request.js';
import type { RequestMetrics } from '../http/request-metrics.js';
import { endTrace } from '../http/request-trace.js';

/** A request over a WebSocket that is no subscription, or not yet known to be one, as metrics and its trace see it. */
export class WebSocketRequestMetrics {
  readonly #metrics: RequestMetrics;
  readonly #scope: RequestScope;
  readonly #hasGone: () => boolean;
  readonly #begun = performance.now();

  /** Begins now. `hasGone`: whether nobody waits for the answer any more. */
  constructor(metrics: RequestMetrics, scope: RequestScope, hasGone: () => boolean) {
    this.#metrics = metrics;
    this.#scope = scope;
    this.#hasGone = hasGone;
  }

  /** Does a part of what it takes; where that throws, the request has failed. */
  async attempt<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      this.#note('failed');
      throw error;
    }
  }

  /** Notes its end. */
  end(answer: GraphQLResponse): void {
    this.#note(this.#hasGone() ? 'gone' : outcomeOf(answer));
  }

  #note(outcome: RequestOutcome): void {
    this.#metrics.observe(this.#scope, outcome, this.#begun);
    endTrace(this.#scope, outcome);
  }
}
