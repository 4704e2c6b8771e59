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
import { Pool } from 'undici';
import type { Cancellation } from '@souk/shared/cancellation';
import { TimedOut } from './timed-out.js';
import { parseExact } from '../types/exact-json.js';
import { requestIdHeader, withSecret } from '../types/request.js';
import type { SubgraphEvents } from './event-stream-exchange.js';
import { EventStreamExchange } from './event-stream-exchange.js';
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

/** The response is not a GraphQL response. */
export class InvalidSubgraphResponse extends Error {
  /** The HTTP status, or null. */
  readonly status: number | null;

  constructor(message: string, status: number | null = null) {
    super(message);
    this.status = status;
  }
}

/** A header has characters that HTTP does not allow. */
export class InvalidRequestHeader extends Error {}

// Undici marks a connection as lost when it refuses such a header. After enough of them it sends nothing more.
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** @throws Unsendable */
function checkHeaders(headers: SubgraphCall['headers']): void {
  for (const name in headers)
    if (unsendable.test(headers[name] ?? ''))
      throw new InvalidRequestHeader(`The header ${name} cannot be sent.`);
}

const maxAnswerBytes = 64_000_000;

const streamSettings: Pool.Options = {
  connections: null,
  connect: { timeout: 3_000 },
  headersTimeout: 0,
  // Subgraphs send keep-alive comments, so a silent stream is broken.
  bodyTimeout: 60_000,
};

/** Calls a subgraph at `url`, over pooled connections. */
export function httpSubgraphClient(name: string, url: string): SubgraphClient {
  const { origin, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  const pool = new Pool(origin, {
    connections: 64,
    connect: { timeout: 3_000 },
    // The call has one timeout for the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxAnswerBytes,
  });
  // The calls of a request have the same headers, as undici likes them best: names and values by turns.
  const flatHeaders = new WeakMap<SubgraphCall['headers'], readonly string[]>();
  const headersOf = (headers: SubgraphCall['headers']): readonly string[] => {
    const known = flatHeaders.get(headers);
    if (known) return known;
    checkHeaders(headers);
    const flat = ['content-type', 'application/json', 'accept', 'application/json'];
    for (const name in headers) flat.push(name, headers[name] ?? '');
    flatHeaders.set(headers, flat);
    return flat;
  };
  // Each stream has a connection for as long as it is open.
  let streams: Pool | null = null;
  return {
    name,
    execute: ({ operation, variables, headers, timeoutMs, cancellation }) =>
      new Promise((resolve, reject) => {
        const sent = [...headersOf(headers), timeoutHeader, String(timeoutMs)];
        const exchange = new Exchange(resolve, reject, timeoutMs, cancellation);
        pool.dispatch(
          {
            path,
            method: 'POST',
            headers: sent,
            body: `${operation.bodyStart}${variables}}`,
          },
          exchange,
        );
      }),
    subscribe: async ({ operation, variables, headers, timeoutMs, cancellation }) => {
      checkHeaders(headers);
      streams ??= new Pool(origin, streamSettings);
      const exchange = new EventStreamExchange(timeoutMs, cancellation);
      streams.dispatch(
        {
          path,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', accept: eventStreamType },
          body: `${operation.bodyStart}${variables}}`,
        },
        exchange,
      );
      return exchange.opened;
    },
    close: async () => {
      await Promise.all([pool.destroy(), streams?.destroy()]);
    },
  };
}

/** One HTTP request and its response. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: (result: FormattedExecutionResult) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #unhook: (() => void) | undefined;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #ended: Error | null = null;
  #status = 0;

  constructor(
    resolve: (result: FormattedExecutionResult) => void,
    reject: (error: Error) => void,
    timeoutMs: number,
    cancellation: Cancellation | null,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#end(new TimedOut(timeoutMs)), timeoutMs).unref();
    this.#unhook = cancellation?.onCancel((reason) => this.#end(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // The call ended while the request waited for a connection.
    if (this.#ended) controller.abort(this.#ended);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    this.#status = statusCode;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#clear();
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    try {
      this.#resolve(resultOf(parseExact(body.toString()) as FormattedExecutionResult));
    } catch {
      const message = `The response with status ${this.#status} is not a GraphQL response.`;
      this.#reject(new InvalidSubgraphResponse(message, this.#status));
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#clear();
    this.#reject(this.#ended ?? error);
  }

  #end(reason: Error): void {
    this.#clear();
    this.#ended = reason;
    this.#controller?.abort(reason);
    this.#reject(reason);
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#unhook?.();
  }
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

function resultOf(result: FormattedExecutionResult): FormattedExecutionResult {
  // For example the response of a proxy.
  if (
    typeof result !== 'object' ||
    (result as unknown) === null ||
    (result.data === undefined && !Array.isArray(result.errors))
  ) {
    throw new InvalidSubgraphResponse('The result is not a GraphQL response.');
  }
  return result;
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
