import { gatewayRequests } from '@souk/shared/telemetry';
import type { ServerResponse } from 'node:http';
import type { Outcome, RequestScope } from './request.js';
import type { TrustedDocuments } from './trusted-documents.js';

/** Names that clients may make up; each is a set of series for as long as the process lives. */
const maxNames = 200;
const maxLength = 64;

type Series = ReturnType<typeof gatewayRequests.labels>;

/** Measures requests by the name of their operation: of any number of names, those that are trusted and so many more. */
export class RequestMetrics {
  readonly #trusted: ReadonlySet<string>;
  readonly #names = new Set<string>();
  readonly #series = new Map<string, Series>();

  constructor(trusted: TrustedDocuments | null) {
    this.#trusted = new Set([...(trusted?.byId.values() ?? [])].flatMap(namesIn));
  }

  /** Measures a request from now to its end. */
  measure(response: ServerResponse, scope: RequestScope): void {
    const begun = performance.now();
    response.once('close', () => {
      // A stream takes as long as its client listens.
      if (scope.isStream) return;
      this.#seriesOf(this.#labelOf(scope.operation), outcomeOf(response, scope)).observe(
        (performance.now() - begun) / 1_000,
      );
    });
  }

  #labelOf(operation: string | null): string {
    if (operation === null) return '(unnamed)';
    if (this.#trusted.has(operation) || this.#names.has(operation)) return operation;
    if (this.#names.size >= maxNames || operation.length > maxLength) return '(other)';
    this.#names.add(operation);
    return operation;
  }

  #seriesOf(operation: string, outcome: Outcome): Series {
    const key = `${outcome} ${operation}`;
    let series = this.#series.get(key);
    if (!series) {
      series = gatewayRequests.labels(operation, outcome);
      this.#series.set(key, series);
    }
    return series;
  }
}

function outcomeOf(response: ServerResponse, { hasErrors, outcome }: RequestScope): Outcome {
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
