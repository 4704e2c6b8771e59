import { failureOutcome } from '../http/http-response.js';
import type { GraphQLResponse, ResponseStream } from '../types/graphql-response.js';
import type { GatewayContext, RequestScope } from '../types/request.js';
import type { RequestMetrics, Start } from '../http/request-metrics.js';
import { endTrace } from '../http/request-trace.js';

/** A stream that has been silent for so long has begun: its subgraph would have refused it by then. */
const silenceMs = 1_000;

/**
 * Metrics and the trace of a subscription: its start, which the first response decides, and its events. The span covers
 * the start only, so that open streams hold no spans.
 */
export class SubscriptionMetrics {
  readonly #metrics: RequestMetrics;
  readonly #scope: RequestScope;
  #silence: NodeJS.Timeout | null = null;
  #hasBegun = false;

  private constructor(metrics: RequestMetrics, scope: RequestScope) {
    this.#metrics = metrics;
    this.#scope = scope;
  }

  /** Starts a subscription. Pass its responses to `observe`. @throws as `subscribe` does */
  static async begin(
    metrics: RequestMetrics,
    { scope, cancellation }: GatewayContext,
    subscribe: () => Promise<GraphQLResponse | ResponseStream>,
  ): Promise<{ begun: GraphQLResponse | ResponseStream; measured: SubscriptionMetrics }> {
    scope.isSubscription = true;
    try {
      const begun = await subscribe();
      const measured = new SubscriptionMetrics(metrics, scope);
      if (cancellation?.reason) measured.#note('gone');
      else measured.#waitForSilence();
      return { begun, measured };
    } catch (error) {
      new SubscriptionMetrics(metrics, scope).#note('failed');
      throw error;
    }
  }

  /** Records a response that is about to be sent. */
  observe({ data, errors }: GraphQLResponse): void {
    const isEvent = errors.length === 0 || !isEmpty(data);
    if (isEvent) this.#metrics.countEvent(this.#scope);
    if (!this.#hasBegun) this.#note(isEvent ? 'begun' : failureOutcome(errors));
  }

  #waitForSilence(): void {
    this.#silence = setTimeout(() => this.#note('begun'), silenceMs).unref();
  }

  #note(start: Start): void {
    this.#hasBegun = true;
    if (this.#silence) clearTimeout(this.#silence);
    this.#silence = null;
    this.#metrics.countStart(this.#scope, start);
    endTrace(this.#scope, start);
  }
}

/** Whether an answer has nothing in its only field. */
function isEmpty(data: string | null): boolean {
  return data === null || /^(?:null|\{"\w+":null\})$/.test(data);
}
