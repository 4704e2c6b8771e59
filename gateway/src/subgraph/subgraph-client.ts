import type { Deadline } from '@souk/shared/async/deadline';
import { withDeadline } from '@souk/shared/async/deadline';
import { messageOf } from '@souk/shared/errors';
import { eventStreamType } from '@souk/shared/graph/event-stream';
import { readinessHeader } from '@souk/shared/graph/readiness';
import { timeoutHeader } from '@souk/shared/graph/request-work';
import type { SubgraphExecutor, SubgraphSubscriber } from '@souk/shared/graph/server';
import { eventsOf } from '@souk/shared/graph/subscription';
import type { FormattedExecutionResult } from 'graphql';
import type { Dispatcher } from 'undici';
import { Agent, Pool } from 'undici';
import type { Cancellation } from '@souk/shared/cancellation';
import { TimedOut } from './timed-out.js';
import { requestIdHeader, withSecret } from '../types/request.js';
import type { SubgraphEvents } from './event-stream-exchange.js';
import { EventStreamExchange } from './event-stream-exchange.js';
import { HttpExchange, maxAnswerBytes, resultOf } from './http-exchange.js';
import type { SubgraphTarget } from './subgraph-target.js';
import { flatHeaders, redirectedTarget, targetOf } from './subgraph-target.js';
import type { SubgraphOperation } from '../types/subgraph-operation.js';

/** One call of a subgraph. */
export interface SubgraphCall {
  operation: SubgraphOperation;
  /** A JSON object. */
  variables: string;
  headers: Readonly<Record<string, string>>;
  /** The rest of the request's time, at most the timeout of the subgraph. */
  timeoutMs: number;
  cancellation: Cancellation | null;
  /** Whether the connection of the same call has broken: it is sent over a new one. */
  isRetry?: boolean;
}

/** Calls a subgraph, over HTTP or as functions in this process. */
export interface SubgraphClient {
  name: string;
  /** @throws TimedOut, connection errors, and the reason of a cancellation. */
  execute(call: SubgraphCall): Promise<FormattedExecutionResult>;
  /**
   * Opens a stream within the call's timeout; its events have no timeout. The stream throws the error that breaks it.
   * @throws as `execute`
   */
  subscribe(call: SubgraphCall): Promise<SubgraphEvents>;
  close(): Promise<void>;
}

/** A header has characters that HTTP does not allow. */
export class InvalidRequestHeader extends Error {}

// Undici marks a connection as lost when it refuses such a header. After enough of them it sends nothing more.
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** @throws InvalidRequestHeader where a header cannot be sent */
export function checkHeaders(headers: SubgraphCall['headers']): void {
  for (const name in headers)
    if (unsendable.test(headers[name] ?? ''))
      throw new InvalidRequestHeader(`The header ${name} cannot be sent.`);
}

const streamSettings: Pool.Options = {
  connections: null,
  connect: { timeout: 3_000 },
  headersTimeout: 0,
  // Subgraphs send keep-alive comments, so a silent stream is broken.
  bodyTimeout: 60_000,
};

const settings = {
  connections: 64,
  connect: { timeout: 3_000 },
  // The call has one timeout for the whole exchange.
  headersTimeout: 0,
  bodyTimeout: 0,
  maxResponseSize: maxAnswerBytes,
} satisfies Pool.Options;

/** One request, for a target and for those that it redirects to. */
interface Sending {
  dispatcher: () => Dispatcher;
  headersFor: (target: SubgraphTarget) => string[];
  body: string;
  /** Whether the connection closes after it. */
  reset?: boolean;
}

/** Calls a subgraph at `url`, over pooled connections. */
export function httpSubgraphClient(name: string, url: string): SubgraphClient {
  const target = targetOf(url);
  const pool = new Pool(target.origin, settings);
  // Opened when they are needed. Each stream has a connection for as long as it is open.
  let streams: Pool | null = null;
  let fresh: Pool | null = null;
  let others: Agent | null = null;
  // The calls of a request have the same headers.
  const known = new WeakMap<SubgraphCall['headers'], readonly string[]>();
  const headersOf = (headers: SubgraphCall['headers'], to: SubgraphTarget): readonly string[] => {
    const found = to === target ? known.get(headers) : undefined;
    if (found) return found;
    checkHeaders(headers);
    const flat = [
      'content-type',
      'application/json',
      'accept',
      'application/json',
      ...flatHeaders(headers, to),
    ];
    if (to === target) known.set(headers, flat);
    return flat;
  };
  const dispatch = (
    to: SubgraphTarget,
    sending: Sending,
    exchange: HttpExchange | EventStreamExchange,
  ): void => {
    exchange.follow = (location) => {
      const next = redirectedTarget(to, location);
      if (next) dispatch(next, sending, exchange);
      return next !== null;
    };
    const { origin, path } = to;
    const dispatcher = origin === target.origin ? sending.dispatcher() : (others ??= new Agent(settings));
    const { body, reset = false } = sending;
    dispatcher.dispatch(
      { origin, path, method: 'POST', headers: sending.headersFor(to), body, reset },
      exchange,
    );
  };
  return {
    name,
    execute: ({ operation, variables, headers, timeoutMs, cancellation, isRetry = false }) =>
      new Promise((resolve, reject) => {
        const sending: Sending = {
          // Where one kept connection was dead the others may be, too.
          dispatcher: () => (isRetry ? (fresh ??= new Pool(target.origin, settings)) : pool),
          headersFor: (to) => [...headersOf(headers, to), timeoutHeader, String(timeoutMs)],
          body: `${operation.bodyStart}${variables}}`,
          reset: isRetry,
        };
        // Before there is a timer.
        headersOf(headers, target);
        dispatch(target, sending, new HttpExchange(resolve, reject, timeoutMs, cancellation));
      }),
    subscribe: async ({ operation, variables, headers, timeoutMs, cancellation }) => {
      checkHeaders(headers);
      const exchange = new EventStreamExchange(timeoutMs, cancellation);
      const accepting = { ...headers, 'content-type': 'application/json', accept: eventStreamType };
      const sending: Sending = {
        dispatcher: () => (streams ??= new Pool(target.origin, streamSettings)),
        headersFor: (to) => flatHeaders(accepting, to),
        body: `${operation.bodyStart}${variables}}`,
      };
      dispatch(target, sending, exchange);
      return exchange.opened;
    },
    close: async () => {
      await Promise.all([pool.destroy(), streams?.destroy(), fresh?.destroy(), others?.destroy()]);
    },
  };
}

/** Calls a subgraph in this process. */
export function localSubgraphClient(
  name: string,
  execute: SubgraphExecutor,
  subscribe: SubgraphSubscriber | null,
): SubgraphClient {
  return {
    name,
    execute: async ({ operation, variables, headers, timeoutMs, cancellation }) => {
      const { query, operationName } = operation;
      const running = execute({
        query,
        operationName,
        variables: JSON.parse(variables) as Record<string, unknown>,
        headers: { ...headers, [timeoutHeader]: String(timeoutMs) },
        cancellation,
      });
      return resultOf(await withDeadline(running, deadlineOf(timeoutMs, cancellation)));
    },
    subscribe: async ({ operation, variables, headers, timeoutMs, cancellation }) => {
      if (!subscribe) throw new Error(`The subgraph ${name} has no subscriptions.`);
      const { query, operationName } = operation;
      const sent = JSON.parse(variables) as Record<string, unknown>;
      const opening = subscribe({ query, operationName, variables: sent, headers }).then(eventsOf);
      try {
        return await withDeadline(opening, deadlineOf(timeoutMs, cancellation));
      } catch (error) {
        // Closes a stream that opens too late.
        opening.then(
          (events) => events.return?.(),
          () => undefined,
        );
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}

function deadlineOf(timeoutMs: number, cancellation: Cancellation | null): Deadline {
  return { timeoutMs, cancellation, createError: () => new TimedOut(timeoutMs) };
}

const smallest: SubgraphOperation = {
  subgraph: '',
  query: '{ __typename }',
  operationName: undefined,
  isQuery: true,
  bodyStart: '{"query":"{ __typename }","variables":',
};

/** Sends the smallest query. @returns null if the subgraph responds and is ready, else the reason */
export async function probe(
  link: SubgraphClient,
  secret: string | null,
  timeoutMs: number,
): Promise<string | null> {
  try {
    const { data, errors } = await link.execute({
      operation: smallest,
      variables: '{}',
      headers: withSecret({ [requestIdHeader]: 'readiness', [readinessHeader]: '1' }, secret),
      timeoutMs,
      cancellation: null,
    });
    return data ? null : (errors?.[0]?.message ?? 'no data');
  } catch (error) {
    return messageOf(error);
  }
}
