import { eventsDelivered, gatewayRequests, subscriptionStarts } from '@souk/shared/telemetry';
import type { ServerResponse } from 'node:http';
import type { RequestOutcome, RequestScope } from '../types/request.js';
import type { TrustedDocuments } from '../access/trusted-documents.js';

/** Names that clients may make up; each is a set of series for as long as the process lives. */
const maxNames = 200;
const maxLength = 64;

/** How a subscription started. A silent start counts as begun. */
export type Start = 'begun' | 'refused' | 'failed' | 'gone';

type Series = ReturnType<typeof gatewayRequests.labels>;

/**
 * Measures requests by the name of their operation: of any number of names, those that are trusted and so many more.
 */
export class RequestMetrics {
  readonly #trusted: ReadonlySet<string>;
  readonly #names = new Set<string>();
  readonly #series = new Map<string, Series>();

  constructor(trusted: TrustedDocuments | null) {
    this.#trusted = new Set([...(trusted?.byId.values() ?? [])].flatMap(namesIn));
  }

  /** Measures an HTTP request from now to its end, unless it is a subscription. */
  measure(response: ServerResponse, scope: RequestScope): void {
    const begun = performance.now();
    // Not `once`, which allocates a wrapper that an open stream would hold.
    response.on('close', () => {
      if (!scope.isSubscription) this.observe(scope, httpOutcome(response, scope), begun);
    });
  }

  /** Records the outcome of a request that started at `begun` (`performance.now()`). */
  observe(scope: RequestScope, outcome: RequestOutcome, begun: number): void {
    this.#seriesOf(this.#labelOf(scope.operation), outcome).observe((performance.now() - begun) / 1_000);
  }

  /** Counts a subscription by how it began. */
  countStart(scope: RequestScope, outcome: Start): void {
    subscriptionStarts.inc({ operation: this.#labelOf(scope.operation), outcome });
  }

  /** Counts an event of a subscription. */
  countEvent(scope: RequestScope): void {
    eventsDelivered.labels(this.#labelOf(scope.operation)).inc();
  }

  #labelOf(operation: string | null): string {
    if (operation === null) return '(unnamed)';
    if (this.#trusted.has(operation) || this.#names.has(operation)) return operation;
    if (this.#names.size >= maxNames || operation.length > maxLength) return '(other)';
    this.#names.add(operation);
    return operation;
  }

  #seriesOf(operation: string, outcome: RequestOutcome): Series {
    const key = `${outcome} ${operation}`;
    let series = this.#series.get(key);
    if (!series) {
      series = gatewayRequests.labels(operation, outcome);
      this.#series.set(key, series);
    }
    return series;
  }
}

/** How a request over HTTP ended. */
export function httpOutcome(response: ServerResponse, { hasErrors, outcome }: RequestScope): RequestOutcome {
  const { statusCode, writableFinished } = response;
  if (!writableFinished) return 'gone';
  if (statusCode >= 500) return 'failed';
  if (statusCode >= 400) return 'refused';
  return outcome ?? (hasErrors ? 'errors' : 'answered');
}

function namesIn(document: string): string[] {
  return [...document.matchAll(/\b(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/g)].map(
    ([, name = '']) => name,
  );
}
