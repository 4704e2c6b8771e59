import { CircuitBreaker } from '@souk/shared/async/circuit-breaker';
import { withRetries } from '@souk/shared/async/retry';
import { ClientGone } from '@souk/shared/cancellation';
import type { Log } from '@souk/shared/log';
import { countLimit, subgraphCircuits, subgraphSeconds } from '@souk/shared/telemetry';
import { TimedOut } from './timed-out.js';
import type { SubgraphCall, SubgraphClient } from './subgraph-client.js';
import { InvalidSubgraphResponse } from './http-exchange.js';
import { checkHeaders, InvalidRequestHeader } from './subgraph-client.js';

/** Settings of a subgraph's bulkhead and circuit breaker. */
export interface ResilienceOptions {
  /** Calls of one subgraph under way at one time: those beyond are refused, so that a slow one holds no memory. */
  maxCalls: number;
  /** How long an open circuit rejects calls before a trial call. */
  resetTimeoutMs: number;
  /** Whether timeouts count as failures. In one process a timeout says nothing about a single subgraph. */
  countsLate: boolean;
}

/** Client error statuses that show trouble of the subgraph: 408 (too slow) and 429 (overloaded). */
const troubles: ReadonlySet<number> = new Set([408, 429]);

const connectionErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Adds a bulkhead, a circuit breaker, and one retry of queries whose connection broke. Calls that it refuses throw
 * Unavailable.
 */
export function resilientClient(
  link: SubgraphClient,
  { maxCalls, resetTimeoutMs, countsLate }: ResilienceOptions,
  log: Log,
): SubgraphClient {
  const circuit = subgraphCircuits.labels(link.name);
  const answered = subgraphSeconds.labels(link.name, 'answered');
  const failed = subgraphSeconds.labels(link.name, 'failed');
  circuit.set(0);
  // The link has a time limit of its own, and ends the call at it.
  const breaker = new CircuitBreaker({
    name: link.name,
    openMessage: 'The circuit is open.',
    minCalls: 20,
    failuresInARow: 5,
    maxCalls,
    resetTimeoutMs,
    isFailure: (error) => {
      // A page of a proxy says as little of the subgraph as no answer: a trial call has to get one.
      if (!countsLate && error instanceof TimedOut) return false;
      if (breaker.isTrying && !(error instanceof InvalidRequestHeader)) return true;
      return !(error instanceof ClientGone || isRefusal(error));
    },
    observer: {
      onSuccess: (latencyMs) => answered.observe(latencyMs / 1_000),
      onFailure: (latencyMs) => failed.observe(latencyMs / 1_000),
      onBusy: () => countLimit('subgraph_calls'),
      onOpen: () => {
        circuit.set(1);
        log.warn({ subgraph: link.name }, 'circuit opened');
      },
      onClose: () => {
        circuit.set(0);
        log.info({ subgraph: link.name }, 'circuit closed');
      },
    },
  });
  return {
    name: link.name,
    execute: async (call) => {
      if (!breaker.isTrying) return breaker.call(() => executeWithRetry(link, call));
      // A trial call shows how the subgraph is: it is one that can be sent, and its client's leaving does not end it.
      checkHeaders(call.headers);
      return breaker.call(() => executeWithRetry(link, { ...call, cancellation: null }));
    },
    // Open streams are no calls under way, and how they end says little: calls find out how the subgraph is.
    subscribe: (call) => (breaker.isOpen ? Promise.reject(breaker.openError()) : link.subscribe(call)),
    close: async () => {
      breaker.close();
      await link.close();
    },
  };
}

/** Whether the subgraph or a proxy refused this call, or it could not be sent. Other calls may succeed. */
function isRefusal(error: unknown): boolean {
  if (error instanceof InvalidRequestHeader) return true;
  if (!(error instanceof InvalidSubgraphResponse) || error.status === null) return false;
  return error.status >= 400 && error.status < 500 && !troubles.has(error.status);
}

function executeWithRetry(link: SubgraphClient, call: SubgraphCall): ReturnType<SubgraphClient['execute']> {
  let isRetry = false;
  const attempt = (): ReturnType<SubgraphClient['execute']> => {
    const sent = isRetry ? { ...call, isRetry } : call;
    isRetry = true;
    return link.execute(sent);
  };
  return withRetries(attempt, {
    retries: 1,
    // A mutation may have run although its answer was lost.
    isRetryable: (error) =>
      call.operation.isQuery && connectionErrors.has(codeOf(error) ?? '') && !call.cancellation?.reason,
  });
}

function codeOf(error: unknown): string | null {
  const { code } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
