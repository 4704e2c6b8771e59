import { Unavailable } from '@souk/shared/errors';
import type { GraphErrorCode } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import { eventsOf } from '@souk/shared/graph/subscription';
import { MapAsyncIterator } from '@souk/shared/async/map-async-iterator';
import { openChild, spanIds, traceHeader } from '@souk/shared/tracing';
import type { FormattedExecutionResult } from 'graphql';
import { ClientGone } from '@souk/shared/cancellation';
import type { Cancellation } from '@souk/shared/cancellation';
import { TimedOut } from './timed-out.js';
import type { RefreshCookieExchange } from '../types/refresh-cookie.js';
import type { SubgraphOperation } from '../types/subgraph-operation.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { SubgraphClients } from './subgraph-clients.js';
import { requestIdHeader } from '../types/request.js';
import { withReportedErrors } from './subgraph-errors.js';
import type { SubgraphEvents } from './event-stream-exchange.js';

/** The caller of subgraphs. */
export interface Caller {
  /** The headers that subgraphs receive. */
  headers: Readonly<Record<string, string>>;
  /** `performance.now()` at which the answer is of no use any more. */
  deadline: number;
  cancellation: Cancellation | null;
  /** The names of subgraphs that did not answer are added here. */
  degraded: Set<string>;
  /** The refresh cookie of a mutation; null, or left out: none. */
  refreshCookie?: RefreshCookieExchange | null;
}

/** Calls subgraphs. */
export interface Subgraphs {
  /** Never rejects: an unavailable subgraph is an error of its part of the response. */
  fetch(operation: SubgraphOperation, variables: string, caller: Caller): Promise<FormattedExecutionResult>;
  /**
   * Opens a stream of events mapped by `map`. Never rejects: if the subgraph is or becomes unavailable, the last event
   * is an error.
   */
  subscribe<Value>(
    operation: SubgraphOperation,
    variables: string,
    caller: Omit<Caller, 'degraded' | 'refreshCookie'>,
    map: (event: FormattedExecutionResult) => Promise<Value>,
  ): Promise<AsyncIterator<Value, undefined>>;
}

/** Calls subgraphs through their clients, within `timeoutMs` and the rest of the request's time. */
export function createSubgraphs(links: Pick<SubgraphClients, 'get'>, timeoutMs: number, log: Log): Subgraphs {
  const clientFor = (
    operation: SubgraphOperation,
    deadline: number,
  ): { link: SubgraphClient; timeoutMs: number } => {
    const link = links.get(operation.subgraph);
    if (!link) throw new Error(`The subgraph ${operation.subgraph} has no client.`);
    const left = Math.floor(Math.min(timeoutMs, deadline - performance.now()));
    if (left <= 0) throw new TimedOut(timeoutMs);
    return { link, timeoutMs: left };
  };
  const failed = (
    error: unknown,
    { subgraph }: SubgraphOperation,
    { headers, degraded }: Pick<Caller, 'headers'> & Partial<Pick<Caller, 'degraded'>>,
  ): FormattedExecutionResult => {
    if (!(error instanceof ClientGone)) {
      degraded?.add(subgraph);
      const request = { requestId: headers[requestIdHeader], ...spanIds(headers[traceHeader]) };
      log.warn({ err: error, subgraph, ...request }, 'subgraph call failed');
    }
    return { errors: [awayError(error)] };
  };
  return {
    fetch: async (operation, variables, caller) => {
      const { deadline, cancellation } = caller;
      const span = openChild(operation.subgraph, { parent: caller.headers[traceHeader], kind: 'CLIENT' });
      const { traceparent } = span;
      const traced =
        traceparent === null ? caller.headers : { ...caller.headers, [traceHeader]: traceparent };
      const cookie = caller.refreshCookie?.concerns(operation) ? caller.refreshCookie : null;
      const headers = cookie ? cookie.headersWith(traced) : traced;
      try {
        const { link, timeoutMs: left } = clientFor(operation, deadline);
        const call = { operation, variables, headers, timeoutMs: left, cancellation };
        const result = withReportedErrors(await link.execute(call));
        cookie?.receive(result);
        return result;
      } catch (error) {
        span.fail(error);
        return failed(error, operation, caller);
      } finally {
        span.end();
      }
    },
    subscribe: async (operation, variables, { headers, deadline, cancellation }, map) => {
      const open = async (): Promise<SubgraphEvents> => {
        try {
          const { link, timeoutMs: left } = clientFor(operation, deadline);
          return await link.subscribe({ operation, variables, headers, timeoutMs: left, cancellation });
        } catch (error) {
          return eventsOf(failed(error, operation, { headers }));
        }
      };
      return new MapAsyncIterator(await open(), {
        map: (event) => map(withReportedErrors(event)),
        failed: (error) => map(failed(error, operation, { headers })),
      });
    },
  };
}

function awayError(error: unknown): { message: string; extensions: Record<string, unknown> } {
  const of = (code: GraphErrorCode, message: string, extensions: Record<string, unknown> = {}) => ({
    message,
    extensions: { code, ...extensions },
  });
  if (error instanceof TimedOut) return of('TIMEOUT', 'A part of the graph did not respond in time.');
  const message = 'A part of the graph is unavailable. Try again.';
  const retryAfter = error instanceof Unavailable ? error.retryAfter : null;
  return of('SERVICE_UNAVAILABLE', message, retryAfter === null ? {} : { retryAfter });
}
