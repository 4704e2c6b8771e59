import { buildSubgraphSchema } from '@apollo/subgraph';
import type { SentEvents } from '@souk/shared/graph/event-stream';
import { sendEvents, wantsEvents } from '@souk/shared/graph/event-stream';
import { ParsedDocuments } from '@souk/shared/graph/parsed-documents';
import { RequestWork } from '@souk/shared/graph/request-work';
import type { SubgraphExecutor, SubgraphSubscriber } from '@souk/shared/graph/server';
import type { SubgraphRequest } from '@souk/shared/graph/subgraph-request';
import type { ConflatableSource } from '@souk/shared/graph/subscription';
import { eventsOf, subscribeOn } from '@souk/shared/graph/subscription';
import type { FormattedExecutionResult, GraphQLSchema } from 'graphql';
import { graphql, parse } from 'graphql';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SmallSubgraph } from './small-graph.js';
import { linked } from './small-graph.js';

/** A source of events in the hands of a test. */
export class Tap<Event> {
  /** How many streams are open. */
  open = 0;
  /** How many events were taken, by all streams. */
  taken = 0;
  /** Whether each event is how something is now, after a change of it. */
  isConflatable = false;
  /** The first event of a new stream; null for none. */
  present: (() => Event) | null = null;
  /** The error of a stream's first read. */
  failure: Error | null = null;
  readonly #streams = new Set<TapStream<Event>>();

  stream(): AsyncIterableIterator<Event> {
    const stream = new TapStream<Event>(
      this.isConflatable,
      () => (this.taken += 1),
      () => {
        this.open -= 1;
        this.#streams.delete(stream);
      },
    );
    this.open += 1;
    this.#streams.add(stream);
    if (this.present) stream.push(this.present());
    if (this.failure) stream.fail(this.failure);
    return stream;
  }

  push(event: Event): void {
    for (const stream of this.#streams) stream.push(event);
  }

  end(): void {
    for (const stream of [...this.#streams]) void stream.return();
  }

  fail(error: Error): void {
    for (const stream of this.#streams) stream.fail(error);
  }
}

class TapStream<Event> implements AsyncIterableIterator<Event>, ConflatableSource {
  readonly isConflatable: boolean;
  readonly #events: Event[] = [];
  readonly #onTake: () => void;
  readonly #onEnd: () => void;
  #failure: Error | null = null;
  #hasEnded = false;
  #wake: () => void = () => undefined;

  constructor(isConflatable: boolean, onTake: () => void, onEnd: () => void) {
    this.isConflatable = isConflatable;
    this.#onTake = onTake;
    this.#onEnd = onEnd;
  }

  push(event: Event): void {
    this.#events.push(event);
    this.#wake();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }

  async next(): Promise<IteratorResult<Event, undefined>> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        this.#onTake();
        return { value: event, done: false };
      }
      if (this.#failure) throw this.#failure;
      if (this.#hasEnded) return { value: undefined, done: true };
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    if (!this.#hasEnded) this.#onEnd();
    this.#hasEnded = true;
    this.#wake();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** A subgraph with subscriptions, as functions or over HTTP. */
export class LiveSubgraph {
  readonly schema: GraphQLSchema;
  readonly requests: SubgraphRequest[] = [];
  #server: Server | null = null;
  readonly #streams = new Set<SentEvents>();

  constructor({ sdl, resolvers = {} }: SmallSubgraph) {
    this.schema = buildSubgraphSchema({ typeDefs: parse(linked(sdl)), resolvers: resolvers as never });
  }

  readonly execute: SubgraphExecutor = async (request) => {
    this.requests.push(request);
    const { query: source, variables: variableValues, operationName } = request;
    const result = await graphql({
      schema: this.schema,
      source,
      variableValues,
      operationName,
      contextValue: {},
    });
    return JSON.parse(JSON.stringify(result)) as FormattedExecutionResult;
  };

  readonly subscribe: SubgraphSubscriber = (request) => {
    this.requests.push(request);
    return subscribeOn(request, {
      schema: this.schema,
      documents: new ParsedDocuments(this.schema),
      sourceContext: () => ({}),
      eventContext: () => ({ work: new RequestWork(100_000, null) }),
      formatError: (error) => error.toJSON(),
    });
  };

  /** Serves it over HTTP; its address. */
  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  }

  /** Cuts all connections, and takes no more. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    for (const stream of this.#streams) stream.cut();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { query, variables, operationName } = JSON.parse(text) as SubgraphRequest;
    const received = { query, variables, operationName, headers: request.headers as Record<string, string> };
    if (wantsEvents(request.headers.accept)) {
      this.#streams.add(sendEvents(response, eventsOf(await this.subscribe(received)), JSON.stringify));
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await this.execute(received)));
  }
}
