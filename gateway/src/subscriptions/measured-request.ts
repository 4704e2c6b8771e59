import { outcomeOf } from '../answer.js';
import type { Answer } from '../execution/answers.js';
import type { Outcome, RequestScope } from '../request.js';
import type { RequestMetrics } from '../request-metrics.js';
import { endTrace } from '../request-trace.js';

/** A request over a WebSocket that is no subscription, or not yet known to be one, as metrics and its trace see it. */
export class MeasuredRequest {
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
  end(answer: Answer): void {
    this.#note(this.#hasGone() ? 'gone' : outcomeOf(answer));
  }

  #note(outcome: Outcome): void {
    this.#metrics.observe(this.#scope, outcome, this.#begun);
    endTrace(this.#scope, outcome);
  }
}
