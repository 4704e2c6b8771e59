import { messageOf } from '@souk/shared/errors';
import { eventStreamType } from '@souk/shared/graph/event-stream';
import { timeoutHeader } from '@souk/shared/graph/request-work';
import type { SubgraphExecutor, SubgraphSubscriber } from '@souk/shared/graph/server';
import { eventsOf } from '@souk/shared/graph/subscription';
import type { FormattedExecutionResult } from 'graphql';
import type { Dispatcher } from 'undici';
import { Pool } from 'undici';
import type { Cancellation } from '@souk/shared/cancellation';
import { TimedOut, withDeadline } from './deadline.js';
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
  /** What is left of the request's time, at most the subgraph's own limit. */
  timeoutMs: number;
  cancellation: Cancellation | null;
}

/** The way to a subgraph: over HTTP, or as functions of one process. */
export interface SubgraphClient {
  name: string;
  /** @throws TimedOut, errors of the connection, and whatever the call was cancelled with. */
  execute(call: SubgraphCall): Promise<FormattedExecutionResult>;
  /**
   * Opens a stream, within the call's time; its events may take as long as they like. What ends it too early is thrown
   * by the stream. @throws as `execute`
   */
  subscribe(call: SubgraphCall): Promise<SubgraphEvents>;
  close(): Promise<void>;
}

/** An answer that carries no GraphQL. */
export class InvalidSubgraphResponse extends Error {
  /** Of HTTP; null where there was none. */
  readonly status: number | null;

  constructor(message: string, status: number | null = null) {
    super(message);
    this.status = status;
  }
}

/** A header has letters that HTTP does not take. */
export class InvalidRequestHeader extends Error {}

// Undici takes a connection for lost that it refuses such a header for: after enough of them nothing is sent any more.
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
  // Subgraphs send a comment now and then: one that is silent for so long is gone.
  bodyTimeout: 60_000,
};

/** A link to a subgraph that listens at `url`. Connections are kept and used again. */
export function httpSubgraphClient(name: string, url: string): SubgraphClient {
  const { origin, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  const pool = new Pool(origin, {
    connections: 64,
    connect: { timeout: 3_000 },
    // One deadline for the whole exchange is enough: the call's.
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

/** A request on its way, and its answer as it comes in. */
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
    // It waited for a connection, and nobody waits for it any more.
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
      this.#resolve(resultOf(JSON.parse(body.toString()) as FormattedExecutionResult));
    } catch {
      const message = `The answer, of status ${this.#status}, is not a GraphQL response.`;
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

/** A link to a subgraph that lives in this process. */
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
      return resultOf(await withDeadline(running, timeoutMs, cancellation));
    },
    subscribe: async ({ operation, variables, headers, timeoutMs, cancellation }) => {
      if (!subscribe) throw new Error(`The subgraph ${name} has no subscriptions.`);
      const { query, operationName } = operation;
      const sent = JSON.parse(variables) as Record<string, unknown>;
      const opening = subscribe({ query, operationName, variables: sent, headers }).then(eventsOf);
      try {
        return await withDeadline(opening, timeoutMs, cancellation);
      } catch (error) {
        // One that opens too late is closed again.
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

function resultOf(result: FormattedExecutionResult): FormattedExecutionResult {
  // An answer of a proxy in between, for instance.
  if (
    typeof result !== 'object' ||
    (result as unknown) === null ||
    (result.data === undefined && !Array.isArray(result.errors))
  ) {
    throw new InvalidSubgraphResponse('The answer is not a GraphQL response.');
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

/** Whether the subgraph answers the smallest question; null when it does, else why not. */
export async function probe(
  link: SubgraphClient,
  secret: string | null,
  timeoutMs: number,
): Promise<string | null> {
  try {
    const { data, errors } = await link.execute({
      operation: smallest,
      variables: '{}',
      headers: withSecret({ [requestIdHeader]: 'readiness' }, secret),
      timeoutMs,
      cancellation: null,
    });
    return data ? null : (errors?.[0]?.message ?? 'no data');
  } catch (error) {
    return messageOf(error);
  }
}
