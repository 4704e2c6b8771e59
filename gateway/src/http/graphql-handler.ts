import type { ApolloServer } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { VerifyToken } from '@souk/shared/auth/access-token';
import { acceptsEvents, wantsEvents } from '@souk/shared/graph/event-stream';
import { countLimit } from '@souk/shared/telemetry';
import type { GraphQLFormattedError } from 'graphql';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendCompressible } from './compression.js';
import { statusOf, serializeResponse, negotiateStatus } from './http-response.js';
import type { GraphQLParams } from './request-params.js';
import { markedSearch, paramsOfSearch, parseParams } from './request-params.js';
import { BodyRefused, readJson } from './request-body.js';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';
import type { ErrorMask } from './errors.js';
import { sendError, sendJson, withRequestId } from './errors.js';
import type { Graph } from '../execution/graph.js';
import { planHeader } from '../execution/graph.js';
import type { AllowedOrigins } from './allowed-origins.js';
import type { PersistedQueries } from './persisted-queries.js';
import { readRefreshCookie, setRefreshCookie } from './refresh-cookie.js';
import { maxDocumentLength, maxTokens } from '../limits/document-size.js';
import type { RateLimit } from '../limits/rate-limit.js';
import { setCacheHeaders } from '../cache/cache-headers.js';
import type { GraphQLResponse } from '../types/graphql-response.js';
import { exactText } from '../types/exact-json.js';
import type { GatewayContext, RequestScope } from '../types/request.js';
import { headerOf, scopeOf, searchOf, forwardedHeaders, withSecret } from '../types/request.js';
import type { AdmittedRequest } from './request-admission.js';
import { admitRequest, refuseUnpaid } from './request-admission.js';
import type { TrustedDocuments } from '../access/trusted-documents.js';
import type { SentOperation } from './trusted-request.js';
import { refuseUntrusted, trustedRequest } from './trusted-request.js';

/** A request for a stream, and its response. `params` is a body of JSON, or a query string as one. */
export interface EventExchange {
  request: IncomingMessage;
  response: ServerResponse;
  params: GraphQLParams | null;
}

/** The dependencies of the GraphQL handler. */
export interface GraphQLHandlerOptions {
  graph: Graph;
  /** Takes all that is not hot. */
  server: ApolloServer<GatewayContext>;
  persistedQueries: PersistedQueries;
  /** Null disables rate limits. */
  rateLimit: RateLimit | null;
  /** Null where there are none. */
  trusted: TrustedDocuments | null;
  verifyToken: VerifyToken | null;
  gatewaySecret: string | null;
  /** Origins whose pages may keep their refresh token in a cookie, besides the gateway's own. */
  origins: AllowedOrigins;
  /** The subgraph that owns the refresh cookie; null: none does. */
  refreshCookieSubgraph: string | null;
  maskError: ErrorMask;
  /** Answers requests that accept text/event-stream. */
  respondWithEvents: (exchange: EventExchange, context: GatewayContext) => Promise<void>;
  maxBodyBytes: number;
  /** Timeout of a whole request. */
  requestTimeoutMs: number;
}

/** Handles a request for /graphql that has a scope. */
export type GraphQLHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request header: the response's extensions report the operation's cost. */
export const costHeader = 'x-souk-cost';

const accepted = new Map<string | undefined, string>([
  [undefined, 'application/json; charset=utf-8'],
  ['*/*', 'application/json; charset=utf-8'],
  ['application/json', 'application/json; charset=utf-8'],
  ['application/json, */*', 'application/json; charset=utf-8'],
  ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
]);

/**
 * Handles GraphQL requests. A known operation takes a short path: it is not parsed or validated again, and its
 * serialized response is sent as it is. All other requests go through Apollo Server; the responses are the same.
 */
export function graphqlHandler(options: GraphQLHandlerOptions): GraphQLHandler {
  const { graph, server, rateLimit, trusted, verifyToken, gatewaySecret, maskError } = options;

  const executeKnown = async (
    params: GraphQLParams,
    { accept, contentType }: { accept: string | undefined; contentType: string },
    context: GatewayContext,
    { request, response }: HttpExchange,
  ): Promise<boolean> => {
    const known = graph.known(params.query, params.operationName);
    if (!known) return false;
    const answer = await graph.run(known, params.variables, context);
    setCacheHeaders(response, answer.cache ?? null);
    setRefreshCookie(request, response, context.refreshCookie ?? null);
    setRetryAfter(response, context.scope);
    if (response.destroyed) return true;
    const codes = answer.errors.map(({ extensions }) => extensions['code']);
    const status = negotiateStatus(statusOf(answer), codes, accept, context.scope);
    const text = `${serializeResponse(answer, context.scope, maskError)}\n`;
    if (context.scope.isQuery)
      await sendCompressible(request, response, status, { text, contentType, owner: ownerOf(answer) });
    else sendJson(response, status, text, contentType);
    return true;
  };

  const executeWithApollo = async (
    { body, search }: SentOperation,
    context: GatewayContext,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const headers = new HeaderMap();
    for (const name of Object.keys(request.headers)) headers.set(name, headerOf(request, name) ?? '');
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers,
        search: markedSearch(search),
        body,
      },
      context: () => Promise.resolve(context),
    });
    // Pages, and requests without an operation, have not paid yet.
    if (await refuseUnpaid(context.charge, response)) return;
    if (response.destroyed) return;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    setCacheHeaders(response, context.scope.cacheNote);
    setRefreshCookie(request, response, context.refreshCookie ?? null);
    setRetryAfter(response, context.scope);
    if (answer.body.kind !== 'complete') throw new Error('Incremental responses are not supported.');
    const type = answer.headers.get('content-type') ?? 'text/plain; charset=utf-8';
    const { text, codes } = type.includes('json')
      ? withRequestIds(answer.body.string, context.scope)
      : { text: answer.body.string, codes: [] };
    const accept = headerOf(request, 'accept');
    const status = negotiateStatus(answer.status ?? 200, codes, accept, context.scope);
    if (type.includes('html') || context.scope.isQuery)
      await sendCompressible(request, response, status, { text, contentType: type, owner: null });
    else sendJson(response, status, text, type);
  };

  const answerAdmitted = async (
    request: IncomingMessage,
    response: ServerResponse,
    { identity, charge }: AdmittedRequest,
  ): Promise<void> => {
    const scope = scopeOf(response);
    let sent: SentOperation = { body: undefined, search: searchOf(request) };
    try {
      if (request.method === 'POST') {
        const read = await readJson(request, options.maxBodyBytes);
        sent.body = read.value;
        charge?.weighBody(read.bytes);
      }
    } catch (error) {
      if (await refuseUnpaid(charge, response)) return;
      refuseBody(error, response);
      return;
    }
    if (trusted) {
      const checked = trustedRequest(trusted, request.method, sent);
      if ('refused' in checked) {
        if (!(await refuseUnpaid(charge, response))) refuseUntrusted(checked.refused, response);
        return;
      }
      sent = checked;
    }
    const refreshCookie =
      options.refreshCookieSubgraph === null
        ? null
        : readRefreshCookie(request, options.origins, options.refreshCookieSubgraph);
    if (refreshCookie && 'refused' in refreshCookie) {
      if (!(await refuseUnpaid(charge, response)))
        sendError(response, 403, 'FORBIDDEN', refreshCookie.refused);
      return;
    }
    const cancellation = new Cancellation();
    response.on('close', () => {
      if (!response.writableFinished) cancellation.cancel(new ClientGone());
    });
    const context: GatewayContext = {
      scope,
      identity,
      headers: withSecret(forwardedHeaders(request, scope, identity), gatewaySecret),
      deadline: performance.now() + options.requestTimeoutMs,
      cancellation,
      showsCost: request.headers[costHeader] !== undefined,
      charge,
      refreshCookie,
    };
    const accept = headerOf(request, 'accept');
    const isEvents = wantsEvents(accept);
    const asked =
      isEvents || acceptsEvents(accept)
        ? parseParams(request.method === 'POST' ? sent.body : paramsOfSearch(sent.search))
        : null;
    if (isEvents || (asked && isSubscription(graph, asked))) {
      // The cookie would have to be set before the operation has run.
      if (refreshCookie) {
        sendError(response, 400, 'BAD_REQUEST', 'An event stream cannot set the refresh cookie.');
        return;
      }
      await options.respondWithEvents({ request, response, params: asked }, context);
      return;
    }
    const contentType = accepted.get(accept);
    const params =
      request.headers[planHeader] === undefined && contentType !== undefined
        ? plainParams(sent.body, options.persistedQueries)
        : null;
    if (params && contentType !== undefined) {
      if (await executeKnown(params, { accept, contentType }, context, { request, response })) return;
    }
    await executeWithApollo(sent, context, request, response);
  };

  return async (request, response) => {
    const admitted = await admitRequest({ rateLimit, verifyToken }, request, response);
    if (!admitted) return;
    try {
      await answerAdmitted(request, response, admitted);
    } finally {
      // A failed request costs a point too.
      void admitted.charge?.settle();
    }
  };
}

/** Whether a request is for a subscription, which only a stream can answer. */
function isSubscription(graph: Graph, { query, operationName }: GraphQLParams): boolean {
  const known = graph.known(query, operationName);
  if (known) return known.operation.operation === OperationTypeNode.SUBSCRIPTION;
  if (query.length > maxDocumentLength || !/\bsubscription\b/.test(query)) return false;
  try {
    const document = parse(query, { maxLexicalTokens: maxTokens });
    return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    return false;
  }
}

interface HttpExchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** The object that the response's text belongs to: a cached text, or a response that several requests share. */
function ownerOf(answer: GraphQLResponse): object | null {
  // Errors carry the id of their request.
  if (answer.errors.length > 0) return null;
  return (answer.extensions === null && answer.cache?.owner) || answer;
}

function setRetryAfter(response: ServerResponse, { retryAfterS }: RequestScope): void {
  if (retryAfterS !== null) response.setHeader('retry-after', String(retryAfterS));
}

/** The parameters of a body that is simple enough for the short path; else null. */
function plainParams(body: unknown, persisted: PersistedQueries): GraphQLParams | null {
  return parseParams(body, (query, extensions) => {
    if (typeof extensions !== 'object' || Array.isArray(extensions)) return null;
    const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown };
    return persistedQuery === undefined ? query : persisted.textOf(persistedQuery, query);
  });
}

/** Apollo Server formats errors without knowing the request. The answer with its ids, and the codes of its errors. */
function withRequestIds(text: string, scope: RequestScope): { text: string; codes: unknown[] } {
  if (!text.startsWith('{"errors":')) return { text: exactText(text), codes: [] };
  const { requestId } = scope;
  scope.hasErrors = true;
  const { errors, ...rest } = JSON.parse(text) as { errors: GraphQLFormattedError[] };
  const named = errors.map((error) => withRequestId(error, requestId));
  return {
    text: `${exactText(JSON.stringify({ errors: named, ...rest }))}\n`,
    codes: errors.map(({ extensions }) => extensions?.['code']),
  };
}

function refuseBody(error: unknown, response: ServerResponse): void {
  if (!(error instanceof BodyRefused)) throw error;
  if (response.destroyed) return;
  // The rest of the body is read and dropped: a client that is still sending would not read the response if the
  // connection closed.
  if (error.reason === 'too large') {
    countLimit('body');
    sendError(response, 413, 'OPERATION_TOO_LARGE', 'The request is too large.');
  } else if (error.reason === 'not JSON')
    sendError(response, 400, 'BAD_REQUEST', 'The body is not valid JSON.');
  else sendError(response, 415, 'BAD_REQUEST', 'The request cannot be read.');
}
