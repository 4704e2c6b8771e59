import { eventStreamType } from '@souk/shared/graph/event-stream';
import type { EventSourceParser } from 'eventsource-parser';
import { createParser } from 'eventsource-parser';
import type { FormattedExecutionResult } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Cancellation } from '@souk/shared/cancellation';
import { parseExact } from '../types/exact-json.js';
import { StreamDecoder } from './content-decoding.js';
import type { FollowRedirect } from './http-exchange.js';
import { redirectOf } from './http-exchange.js';
import { TimedOut } from './timed-out.js';

/** The events of a subgraph's stream; `return` closes it. */
export type SubgraphEvents = AsyncIterableIterator<FormattedExecutionResult>;

/** The stream ended without a `complete` event. */
export class StreamBroke extends Error {}

type Step = IteratorResult<FormattedExecutionResult, undefined>;

const finished: Step = { value: undefined, done: true };
const maxEventLength = 8_000_000;

/**
 * A subscription at a subgraph over HTTP, as it comes in: GraphQL over Server-Sent Events, one connection for each.
 * While an event waits to be taken nothing more is read.
 */
export class EventStreamExchange implements Dispatcher.DispatchHandler, SubgraphEvents {
  /** Resolves when the subgraph has answered: with this exchange. */
  readonly opened: Promise<SubgraphEvents>;
  /** Set before the request is sent. */
  follow: FollowRedirect = () => false;
  readonly #waiting: FormattedExecutionResult[] = [];
  readonly #decoder = new TextDecoder();
  readonly #parser: EventSourceParser;
  readonly #timer: NodeJS.Timeout;
  readonly #unhook: (() => void) | undefined;
  #open: (events: SubgraphEvents) => void = () => undefined;
  #refuse: (error: Error) => void = () => undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #taker: { resolve: (step: Step) => void; reject: (error: Error) => void } | null = null;
  /** The text of an answer that is no stream: a refusal. */
  #plain: string | null = null;
  /** Null for a body without a content coding. */
  #decoding: StreamDecoder | null = null;
  /** Where the present response redirects to. */
  #location: string | null = null;
  #hasEnded = false;
  #failure: Error | null = null;

  constructor(timeoutMs: number, cancellation: Cancellation | null) {
    this.opened = new Promise((resolve, reject) => {
      this.#open = resolve;
      this.#refuse = reject;
    });
    this.#parser = createParser({
      maxBufferSize: maxEventLength,
      onEvent: ({ event, data }) => this.#take(event, data),
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') this.#end(new StreamBroke('An event is too large.'));
      },
    });
    this.#timer = setTimeout(() => this.#end(new TimedOut(timeoutMs)), timeoutMs).unref();
    this.#unhook = cancellation?.onCancel((reason) => this.#end(reason));
  }

  next(): Promise<Step> {
    const event = this.#waiting.shift();
    if (this.#waiting.length === 0 && this.#controller?.paused) this.#controller.resume();
    if (event) return Promise.resolve({ value: event, done: false });
    if (this.#failure) {
      const failure = this.#failure;
      this.#failure = null;
      return Promise.reject(failure);
    }
    if (this.#hasEnded) return Promise.resolve(finished);
    return new Promise((resolve, reject) => (this.#taker = { resolve, reject }));
  }

  return(): Promise<Step> {
    this.#waiting.length = 0;
    this.#end(null);
    return Promise.resolve(finished);
  }

  async throw(error: unknown): Promise<Step> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // The stream was closed while the request waited for a connection.
    if (this.#hasEnded) controller.abort(this.#failure ?? new StreamBroke('The stream was closed.'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#location = redirectOf(statusCode, headers);
    if (this.#location !== null) return;
    clearTimeout(this.#timer);
    const type = headers['content-type'] ?? '';
    if (statusCode !== 200 || !type.toLowerCase().startsWith(eventStreamType)) this.#plain = '';
    const coding = headers['content-encoding'];
    try {
      if (coding !== undefined) {
        this.#decoding = new StreamDecoder(
          coding,
          (chunk) => this.#read(chunk),
          (error) => (error ? this.#end(error) : this.#finish()),
        );
      }
    } catch (error) {
      this.#end(error as Error);
    }
    this.#open(this);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#location !== null) return;
    if (this.#decoding) this.#decoding.write(chunk);
    else this.#read(chunk);
  }

  onResponseEnd(): void {
    if (this.#location !== null) {
      if (!this.follow(this.#location)) this.#end(new StreamBroke('The redirect is not followed.'));
    } else if (this.#decoding) this.#decoding.end();
    else this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#end(error);
  }

  #read(chunk: Buffer): void {
    if (this.#hasEnded) return;
    const text = this.#decoder.decode(chunk, { stream: true });
    if (this.#plain === null) {
      this.#parser.feed(text);
      if (this.#waiting.length > 0) this.#controller?.pause();
    } else {
      this.#plain += text;
      if (this.#plain.length > maxEventLength) this.#end(new StreamBroke('The response is too large.'));
    }
  }

  #finish(): void {
    if (this.#plain !== null) {
      const event = resultOf(this.#plain);
      if (event) this.#give(event);
      this.#end(event ? null : new StreamBroke('The response is not an event stream.'));
      return;
    }
    this.#end(new StreamBroke('The stream ended before it was complete.'));
  }

  #take(kind: string | undefined, data: string): void {
    if (kind === 'complete') {
      this.#end(null);
      return;
    }
    // Events of other names may be added to any stream; those without a name may be results.
    const isNext = kind === 'next';
    if (!isNext && kind !== undefined && kind !== '' && kind !== 'message') return;
    const event = resultOf(data);
    if (event) this.#give(event);
    else if (isNext) this.#end(new StreamBroke('An event cannot be read.'));
  }

  #give(event: FormattedExecutionResult): void {
    if (this.#hasEnded) return;
    const taker = this.#taker;
    this.#taker = null;
    if (taker) taker.resolve({ value: event, done: false });
    else this.#waiting.push(event);
  }

  /** Ends the stream once; null ends it normally. Queued events are delivered before a failure. */
  #end(failure: Error | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#unhook?.();
    const taker = this.#taker;
    this.#taker = null;
    if (!failure) taker?.resolve(finished);
    else if (taker) taker.reject(failure);
    else this.#failure = failure;
    if (failure) this.#refuse(failure);
    // Even after `complete`: the subgraph may leave the connection open.
    this.#controller?.abort(failure ?? new StreamBroke('The stream has ended.'));
  }
}

function resultOf(text: string): FormattedExecutionResult | null {
  try {
    const value = parseExact(text) as FormattedExecutionResult | null;
    const isResult =
      typeof value === 'object' &&
      value !== null &&
      (value.data !== undefined || Array.isArray(value.errors));
    return isResult ? value : null;
  } catch {
    return null;
  }
}
