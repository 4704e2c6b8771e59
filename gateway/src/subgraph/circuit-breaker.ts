import { Unavailable } from '@souk/shared/errors';
import type { Log } from '@souk/shared/log';
import { countLimit, subgraphCircuits, subgraphSeconds } from '@souk/shared/telemetry';
import CircuitBreaker from 'opossum';
import { ClientGone } from '@souk/shared/cancellation';
import { TimedOut } from './deadline.js';
import type { SubgraphClient } from './subgraph-client.js';
import { InvalidSubgraphResponse, InvalidRequestHeader } from './subgraph-client.js';

/** Settings of a subgraph's bulkhead and circuit breaker. */
export interface ResilienceOptions {
  /** Calls of one subgraph under way at one time: those beyond are refused, so that a slow one holds no memory. */
  maxCalls: number;
  /** How long an open circuit rejects calls before a trial call. */
  resetTimeoutMs: number;
  /** Whether timeouts count as failures. In one process a timeout says nothing about a single subgraph. */
  countsLate: boolean;
}

// Of the last ten seconds, once there were enough calls to judge by.
const window = {
  rollingCountTimeout: 10_000,
  rollingCountBuckets: 10,
  volumeThreshold: 20,
  errorThresholdPercentage: 50,
  // The metrics have latencies already. opossum would sort them every second.
  rollingPercentilesEnabled: false,
  enableSnapshots: false,
};

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
  const breaker = new CircuitBreaker(
    (call: Parameters<SubgraphClient['execute']>[0]) => withRetry(link, call),
    {
      ...window,
      name: link.name,
      // The link has a deadline of its own, and ends the call at it.
      timeout: false,
      capacity: maxCalls,
      resetTimeout: resetTimeoutMs,
      errorFilter: (error) =>
        error instanceof ClientGone || isRefusal(error) || (!countsLate && error instanceof TimedOut),
    },
  );
  const circuit = subgraphCircuits.labels(link.name);
  const answered = subgraphSeconds.labels(link.name, 'answered');
  const failed = subgraphSeconds.labels(link.name, 'failed');
  circuit.set(0);
  breaker.on('success', (_answer, latencyMs) => answered.observe(latencyMs / 1_000));
  breaker.on('failure', (_error, latencyMs) => failed.observe(latencyMs / 1_000));
  breaker.on('open', () => {
    circuit.set(1);
    log.warn({ subgraph: link.name }, 'circuit opened');
  });
  breaker.on('close', () => {
    circuit.set(0);
    log.info({ subgraph: link.name }, 'circuit closed');
  });
  return {
    name: link.name,
    execute: (call) =>
      breaker.fire(call).catch((error: unknown) => {
        if (codeOf(error) === 'EOPENBREAKER')
          throw new Unavailable('The circuit is open.', Math.ceil(resetTimeoutMs / 1_000));
        if (codeOf(error) === 'ESEMLOCKED') {
          countLimit('subgraph_calls');
          throw new Unavailable('Too many concurrent calls.', 1);
        }
        throw error;
      }),
    subscribe: (call) => {
      // Open streams are no calls under way, and how they end says little: calls find out how the subgraph is.
      if (breaker.opened) {
        return Promise.reject(new Unavailable('The circuit is open.', Math.ceil(resetTimeoutMs / 1_000)));
      }
      return link.subscribe(call);
    },
    close: async () => {
      breaker.shutdown();
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

function withRetry(
  link: SubgraphClient,
  call: Parameters<SubgraphClient['execute']>[0],
): ReturnType<SubgraphClient['execute']> {
  return link.execute(call).catch((error: unknown) => {
    // A mutation may have run although its answer was lost.
    if (!call.operation.isQuery || !connectionErrors.has(codeOf(error) ?? '') || call.cancellation?.reason)
      throw error;
    return link.execute(call);
  });
}

function codeOf(error: unknown): string | null {
  const { code } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
