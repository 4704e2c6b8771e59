import { createLog } from '@souk/shared/log';
import type { GraphQLFormattedError } from 'graphql';
import type { RecordedStream } from '@souk/testing/recorded-stream';
import { until } from '../../tests/support/until.js';
import type { ReceivedEvent, StreamTransport } from '@souk/testing/subscription';
import { subscribe } from '@souk/testing/subscription';
import type { Gateway } from '../src/app.js';
import type { GatewayOptions } from '../src/options.js';
import { createGateway } from '../src/app.js';
import type { Tap } from './live-subgraph.js';
import { LiveSubgraph } from './live-subgraph.js';
import type { SmallSubgraph } from './small-graph.js';
import { composed, gatewaySecret, verifyToken } from './small-graph.js';

/** An event of the subscriptions here. */
export interface Tick {
  id: string;
  text?: string;
}

/** The event source and the names of the subgraphs. */
export interface StreamEvent {
  tap: Tap<Tick>;
  names: (id: string) => string;
}

/** Two subgraphs: one emits events, the other adds fields to them. */
const sourcesOf = ({ tap, names }: StreamEvent): Record<string, SmallSubgraph> => ({
  ticks: {
    sdl: `type Query { now: Item mine: String @authenticated }
      type Mutation { tick(id: ID!): ID }
      type Subscription { ticked(from: Int = 0): Item! guarded: Item! @authenticated scoped: Item! @requiresScopes(scopes: [["see"]]) }
      type Item @key(fields: "id") { id: ID! text: String }`,
    resolvers: {
      Query: { now: () => ({ id: 'now' }), mine: () => 'mine' },
      Mutation: {
        tick: (_root: unknown, { id }: { id: string }) => {
          tap.push({ id });
          return id;
        },
      },
      Subscription: Object.fromEntries(
        ['ticked', 'guarded', 'scoped'].map((name) => [
          name,
          { subscribe: () => tap.stream(), resolve: (tick: Tick) => tick },
        ]),
      ),
      Item: { __resolveReference: (item: unknown) => item },
    },
  },
  names: {
    sdl: `type Query { unused: Int }
      type Item @key(fields: "id") { id: ID! name: String secret: String @requiresScopes(scopes: [["see"]]) }`,
    resolvers: {
      Item: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        name: ({ id }: { id: string }) => names(id),
        secret: () => 'hidden',
      },
    },
  },
});

/** A gateway with subscriptions, and clients for both transports. */
export class LiveGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly sources: Record<string, SmallSubgraph>;
  readonly subgraphs: Record<string, LiveSubgraph>;
  readonly #origin: string;

  private constructor(
    gateway: Gateway,
    port: number,
    { sources, subgraphs }: Pick<LiveGateway, 'sources' | 'subgraphs'>,
  ) {
    this.gateway = gateway;
    this.sources = sources;
    this.#origin = `http://127.0.0.1:${port}`;
    this.url = `${this.#origin}/graphql`;
    this.subgraphs = subgraphs;
  }

  /** Starts a gateway with subgraphs in this process, or over HTTP. */
  static async start(
    event: StreamEvent,
    overHttp: boolean,
    options: Partial<GatewayOptions> = {},
  ): Promise<LiveGateway> {
    const made = sourcesOf(event);
    const subgraphs = Object.fromEntries(
      Object.entries(made).map(([name, source]) => [name, new LiveSubgraph(source)]),
    );
    const entries = Object.entries(subgraphs);
    const urls = overHttp
      ? Object.fromEntries(
          await Promise.all(
            entries.map(async ([name, subgraph]) => [name, await subgraph.listen()] as const),
          ),
        )
      : {};
    const gateway = await createGateway({
      supergraphSdl: composed(made),
      subgraphs: overHttp ? null : Object.fromEntries(entries.map(([name, { execute }]) => [name, execute])),
      subscribers: Object.fromEntries(entries.map(([name, { subscribe }]) => [name, subscribe])),
      urls,
      verifyToken,
      gatewaySecret,
      log: createLog('test', 'silent'),
      production: true,
      introspection: false,
      port: 0,
      ...options,
    });
    return new LiveGateway(gateway, await gateway.listen(), { sources: made, subgraphs });
  }

  async close(): Promise<void> {
    await this.gateway.close(100);
    await Promise.all(Object.values(this.subgraphs).map((subgraph) => subgraph.close()));
  }

  /** Opens a stream over a transport, with the reference client of its protocol. */
  watch(
    protocol: StreamTransport,
    query: string,
    options: { token?: string; variables?: Record<string, unknown>; traceparent?: string } = {},
  ): RecordedStream<ReceivedEvent<unknown>> {
    const { token: accessToken = null, variables, ...trace } = options;
    return subscribe({ url: this.#origin, accessToken, ...trace }, protocol, query, variables);
  }
}

/** The transports of streams. */
export const streamProtocols: readonly StreamTransport[] = ['SSE', 'WebSocket'];
/** The subscription that most tests open. */
export const ticked = 'subscription { ticked { id name } }';

/** The value that a client threw, which need not be an error. */
export function failureOf({ failure }: RecordedStream<ReceivedEvent<unknown>>): unknown {
  return failure?.cause ?? failure;
}

/** The errors of a stream: of its events, or those that it was refused with. */
export function errorsOf(heard: RecordedStream<ReceivedEvent<unknown>>): readonly GraphQLFormattedError[] {
  const failure = failureOf(heard);
  if (Array.isArray(failure)) return failure as GraphQLFormattedError[];
  return heard.events.flatMap(({ errors = [] }) => errors);
}

/** Waits for the end of a stream, however it ends. */
export const ended = (heard: RecordedStream<ReceivedEvent<unknown>>): Promise<boolean> =>
  until('the stream to end', () => heard.hasEnded);
