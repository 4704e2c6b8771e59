import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { InvalidToken, tokenExpired } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import type { SubgraphRequest } from '@souk/shared/graph/subgraph-request';
import { createLog } from '@souk/shared/log';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { graphql, parse } from 'graphql';
import type { Gateway } from '../src/app.js';
import type { GatewayOptions } from '../src/options.js';
import { createGateway } from '../src/app.js';

/** A subgraph of a test: its SDL, and resolvers as @apollo/subgraph takes them. */
export interface SmallSubgraph {
  sdl: string;
  resolvers?: Record<string, unknown>;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11",
  import: ["@key", "@shareable", "@external", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy"])`;

/** The supergraph of some subgraphs, at these addresses. An SDL that links federation by itself is taken as it is. */
export function composed(
  subgraphs: Record<string, SmallSubgraph>,
  urls: Readonly<Record<string, string>> = {},
): string {
  const result = composeServices(
    Object.entries(subgraphs).map(([name, { sdl }]) => ({
      name,
      url: urls[name] ?? `http://${name}.internal:4999/graphql`,
      typeDefs: parse(linked(sdl)),
    })),
  );
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}

/** An SDL that links federation. */
export function linked(sdl: string): string {
  return sdl.includes('@link') ? sdl : `${link}\n${sdl}`;
}

/** A subgraph as functions; every request that reaches it is recorded. */
export class RecordingSubgraph {
  readonly requests: SubgraphRequest[] = [];
  /** Set it to answer otherwise than by the schema. */
  answer: SubgraphExecutor;

  constructor({ sdl, resolvers = {} }: SmallSubgraph) {
    const schema = buildSubgraphSchema({ typeDefs: parse(linked(sdl)), resolvers: resolvers as never });
    this.answer = async ({ query, variables, operationName }) =>
      JSON.parse(
        JSON.stringify(
          await graphql({
            schema,
            source: query,
            variableValues: variables,
            operationName,
            contextValue: {},
          }),
        ),
      ) as FormattedExecutionResult;
  }

  readonly execute: SubgraphExecutor = (request) => {
    this.requests.push(request);
    return this.answer(request);
  };

  /** The text of all received queries. */
  get receivedText(): string {
    return this.requests.map(({ query, variables }) => `${query} ${JSON.stringify(variables)}`).join('\n');
  }
}

/** An HTTP response. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  data: unknown;
  errors: GraphQLFormattedError[];
  extensions: unknown;
  text: string;
}

/** A gateway on small subgraphs that listens. */
export interface SmallGateway {
  url: string;
  gateway: Gateway;
  subgraphs: Record<string, RecordingSubgraph>;
  /** Posts an operation. `token` is a list of scopes, or null for none. */
  execute(query: string, options?: ExecuteOptions): Promise<HttpAnswer>;
  post(body: string, headers?: Record<string, string>): Promise<HttpAnswer>;
}

/** Options of a request. */
export interface ExecuteOptions {
  scopes?: readonly string[] | null;
  /** Of a caller who has scopes. */
  policies?: readonly string[];
  variables?: Record<string, unknown>;
  operationName?: string;
  headers?: Record<string, string>;
}

/** The secret that the gateways of the tests show. */
export const gatewaySecret = 'the secret of the tests';

const tokenLifeMs = 900_000;

/** Takes "Bearer valid=<scopes with commas>", and "=<policies with commas>" behind it; "Bearer expired" has expired. */
export function verifyToken(token: string): Promise<Identity> {
  const [kind, scopes = '', policies = ''] = token.split('=');
  if (kind === 'expired') return Promise.reject(new InvalidToken(tokenExpired, 'EXPIRED'));
  if (kind !== 'valid') return Promise.reject(new InvalidToken('The access token is not valid.'));
  return Promise.resolve({
    userId: '018f0000-0000-7000-8000-000000000001',
    sessionId: '018f0000-0000-7000-8000-000000000002',
    roles: ['USER'],
    scopes: new Set(scopes.split(',').filter(Boolean)),
    policies: new Set(policies.split(',').filter(Boolean)),
    mfaAt: null,
    expiresAt: new Date(Date.now() + tokenLifeMs),
  });
}

/** Starts a gateway on subgraphs that are functions. */
export async function startSmallGateway(
  sources: Record<string, SmallSubgraph>,
  options: Partial<GatewayOptions> = {},
): Promise<SmallGateway> {
  const subgraphs = Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [name, new RecordingSubgraph(source)]),
  );
  const gateway = await createGateway({
    supergraphSdl: composed(sources),
    subgraphs: Object.fromEntries(Object.entries(subgraphs).map(([name, { execute }]) => [name, execute])),
    verifyToken,
    gatewaySecret,
    log: createLog('test', 'silent'),
    production: true,
    introspection: false,
    port: 0,
    ...options,
  });
  const url = `http://127.0.0.1:${await gateway.listen()}`;
  const post = async (body: string, headers: Record<string, string> = {}): Promise<HttpAnswer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return answerOf(response);
  };
  return {
    url,
    gateway,
    subgraphs,
    post,
    execute: (query, { scopes = null, policies = [], variables, operationName, headers = {} } = {}) =>
      post(JSON.stringify({ query, variables, operationName }), {
        ...(scopes
          ? {
              authorization: `Bearer ${['valid', scopes.join(','), ...(policies.length > 0 ? [policies.join(',')] : [])].join('=')}`,
            }
          : {}),
        ...headers,
      }),
  };
}

/** Reads a response. */
export async function answerOf(response: Response): Promise<HttpAnswer> {
  const text = await response.text();
  const body = text.startsWith('{')
    ? (JSON.parse(text) as { data?: unknown; errors?: GraphQLFormattedError[]; extensions?: unknown })
    : {};
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: body.data,
    errors: body.errors ?? [],
    extensions: body.extensions,
  };
}

/** Errors, short: code and path. */
export function short(errors: readonly GraphQLFormattedError[]): string[] {
  return errors.map(({ extensions, path }) => `${String(extensions?.['code'])} ${path?.join('.') ?? '-'}`);
}
