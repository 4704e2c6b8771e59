import type { Cancellation } from '@souk/shared/cancellation';
import type { FormattedExecutionResult } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { parseExact } from '../types/exact-json.js';
import { noteFreshness } from '../types/freshness.js';
import { decodeBody } from './content-decoding.js';
import { TimedOut } from './timed-out.js';

/** Bytes of a response, also when it is decoded. */
export const maxAnswerBytes = 64_000_000;

/** The response is not a GraphQL response. */
export class InvalidSubgraphResponse extends Error {
  /** The HTTP status, or null. */
  readonly status: number | null;

  constructor(message: string, status: number | null = null) {
    super(message);
    this.status = status;
  }
}

/** Sends the request again, to the location of a redirect. @returns false where it is not followed */
export type FollowRedirect = (location: string) => boolean;

/** Statuses of redirects that keep the method and the body. */
const redirects: ReadonlySet<number> = new Set([307, 308]);

/** The location of a response that redirects a POST; null for others. */
export function redirectOf(status: number, { location }: IncomingHttpHeaders): string | null {
  return redirects.has(status) && location !== undefined ? location : null;
}

/** One HTTP request and its response, with the redirects that lead to it. */
export class HttpExchange implements Dispatcher.DispatchHandler {
  /** Set before the request is sent. */
  follow: FollowRedirect = () => false;
  readonly #resolve: (result: FormattedExecutionResult) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #unhook: (() => void) | undefined;
  #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #ended: Error | null = null;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

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

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = statusCode;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const chunks = this.#chunks;
    const location = redirectOf(this.#status, this.#headers);
    if (location !== null) {
      this.#chunks = [];
      if (this.follow(location)) return;
    }
    this.#clear();
    const [first] = chunks;
    const body = chunks.length === 1 && first ? first : Buffer.concat(chunks);
    const coding = this.#headers['content-encoding'];
    if (coding === undefined) this.#take(body);
    else
      decodeBody(body, coding, maxAnswerBytes).then(
        (decoded) => this.#take(decoded),
        () => this.#refuse(),
      );
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#clear();
    this.#reject(this.#ended ?? error);
  }

  #take(body: Buffer): void {
    let result: FormattedExecutionResult;
    try {
      const text = body.toString();
      // A byte order mark is no part of JSON.
      result = resultOf(parseExact(text.startsWith('\ufeff') ? text.slice(1) : text));
    } catch {
      this.#refuse();
      return;
    }
    this.#resolve(noteFreshness(result, this.#headers));
  }

  #refuse(): void {
    const message = `The response with status ${this.#status} is not a GraphQL response.`;
    this.#reject(new InvalidSubgraphResponse(message, this.#status));
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

/** A value as a GraphQL response. @throws InvalidSubgraphResponse, for example for the response of a proxy */
export function resultOf(value: unknown): FormattedExecutionResult {
  const result = value as FormattedExecutionResult | null;
  if (
    typeof result !== 'object' ||
    result === null ||
    (result.data === undefined && !Array.isArray(result.errors))
  ) {
    throw new InvalidSubgraphResponse('The result is not a GraphQL response.');
  }
  return result;
}
