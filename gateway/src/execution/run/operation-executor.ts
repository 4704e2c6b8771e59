import { LRUCache } from 'lru-cache';
import { graphError } from '@souk/shared/graph/errors';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { SchemaCaches } from '../../cache/schema-caches.js';
import type { CacheDependencies } from '../../cache/cache-dependencies.js';
import type { GatewayContext } from '../../types/request.js';
import { sharedHeaders } from '../../types/request.js';
import type { OperationLimitOptions } from './operation-limits.js';
import { checkOperationLimits } from './operation-limits.js';
import { parseExact, stringifyExact } from '../../types/exact-json.js';
import type { GraphQLResponse } from '../../types/graphql-response.js';
import { toResponse, errorResponse } from '../../types/graphql-response.js';
import { createFetcher } from './subgraph-fetcher.js';
import { RequestDeduplicator } from './request-deduplicator.js';
import type { SchemaSnapshot } from '../schema-snapshot.js';
import { keyOf } from '../schema-snapshot.js';
import type { CompiledOperation } from './compiled-operation.js';
import type { KnownOperation } from '../../types/operation.js';
import type { PlanVariant } from '../plan/plan-variant.js';
import { callerOf } from '../plan/planning-caller.js';
import type { Subgraphs } from '../../subgraph/subgraphs.js';

type Variables = Readonly<Record<string, unknown>>;

/** How queries and mutations are run. */
export interface ExecutorOptions extends OperationLimitOptions {
  subgraphs: Subgraphs;
  /** Whether identical queries of one caller that are under way at one time are run once. */
  share: boolean;
}

/** Why a subscription is not answered like a query. */
export const streamsOnly = 'Subscriptions need a stream: accept text/event-stream, or open a WebSocket.';

/** By then every gateway has received the change notification. */
const ownWritesMs = 1_000;
const maxWriters = 10_000;

/** Runs queries and mutations. */
export class OperationExecutor {
  readonly #options: ExecutorOptions;
  readonly #deduplicator = new RequestDeduplicator<GraphQLResponse>();
  /** Users who have just written: they bypass the cache. */
  readonly #writers = new LRUCache<string, number>({ max: maxWriters });

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  /** Executes one operation. Client errors are part of the response, not rejections. */
  async run(
    snapshot: SchemaSnapshot,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<GraphQLResponse> {
    if (known.operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return errorResponse(graphError('BAD_REQUEST', streamsOnly));
    }
    context.scope.operation = known.operation.name?.value ?? null;
    context.scope.isQuery = known.operation.operation === OperationTypeNode.QUERY;
    try {
      return await this.#admitAndRun(snapshot, known, variables, context);
    } catch (error) {
      // It could not be planned.
      if (error instanceof GraphQLError) return errorResponse(error);
      throw error;
    }
  }

  async #admitAndRun(
    snapshot: SchemaSnapshot,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<GraphQLResponse> {
    const grant = snapshot.rules.grantOf(context.identity);
    const variant = snapshot.variants.of(known, grant, variables, context.scope);
    const { refused, stated } = await checkOperationLimits(
      { snapshot, known, variant, variables },
      context,
      this.#options,
    );
    if (refused) return refused;
    const answer = await this.#runAdmitted(snapshot, known, variant, variables, context);
    if (!stated || answer.data === null) return answer;
    const actual = snapshot.costs.actual(known, variables, parseExact(answer.data));
    return { ...answer, extensions: { ...answer.extensions, cost: { ...stated, actual } } };
  }

  /** Later queries do not join requests that started before now. */
  clear(): void {
    this.#deduplicator.clear();
  }

  async #runAdmitted(
    snapshot: SchemaSnapshot,
    known: KnownOperation,
    variant: PlanVariant,
    variables: Variables,
    caller: GatewayContext,
  ): Promise<GraphQLResponse> {
    // Public responses are kept for others, and run once for all who wait for them.
    const context = isPublicRead(snapshot, known, caller)
      ? { ...caller, headers: sharedHeaders(caller.headers) }
      : caller;
    if (known.operation.operation === OperationTypeNode.QUERY) {
      if (!this.#options.share) return this.#read(snapshot, known, variant, variables, context);
      const key = callKey(snapshot, known, variables, context);
      return this.#deduplicator.join(key, context.cancellation, (cancellation) =>
        this.#read(snapshot, known, variant, variables, { ...context, cancellation }),
      );
    }
    const compiled = await snapshot.compiled(known, variant, () => callerOf(context));
    this.#deduplicator.clear();
    try {
      // A mutation reads its own writes, and is not cancelled.
      return await this.#execute(compiled, variables, { ...context, cancellation: null }, { caches: null });
    } finally {
      if (context.identity) this.#writers.set(context.identity.userId, performance.now() + ownWritesMs);
      this.#deduplicator.clear();
    }
  }

  /** Executes a query. Public queries of anonymous callers are answered from the response cache. */
  async #read(
    snapshot: SchemaSnapshot,
    known: KnownOperation,
    variant: PlanVariant,
    variables: Variables,
    context: GatewayContext,
  ): Promise<GraphQLResponse> {
    const caches = this.#hasJustWritten(context) ? null : snapshot.caches;
    const run = async (reads: CacheDependencies | null): Promise<GraphQLResponse> => {
      const compiled = await snapshot.compiled(known, variant, () => callerOf(context));
      return this.#execute(compiled, variables, context, { caches, reads });
    };
    if (!caches || !isPublicRead(snapshot, known, context)) return run(null);
    const { 'accept-language': language = '' } = context.headers;
    return caches.responses.answer(known, variables, language, run);
  }

  async #execute(
    compiled: CompiledOperation,
    variables: Variables,
    { headers, deadline, cancellation, refreshCookie = null }: GatewayContext,
    { caches, reads = null }: { caches: SchemaCaches | null; reads?: CacheDependencies | null },
  ): Promise<GraphQLResponse> {
    const degraded = new Set<string>();
    const caller = { headers, deadline, cancellation, degraded, refreshCookie };
    const fetcher = createFetcher(this.#options.subgraphs, caller, caches?.entities ?? null, reads);
    return toResponse(await compiled.run(variables, fetcher), degraded);
  }

  #hasJustWritten({ identity }: GatewayContext): boolean {
    return identity !== null && performance.now() < (this.#writers.get(identity.userId) ?? 0);
  }
}

/** Whether a response may be kept for others: of public data, to an anonymous caller. */
function isPublicRead({ caches }: SchemaSnapshot, known: KnownOperation, context: GatewayContext): boolean {
  // Where tokens are not read here, a subgraph may read them.
  const isAnonymous = context.identity === null && context.headers['authorization'] === undefined;
  return isAnonymous && caches?.responses.isPublic(known) === true;
}

/** The deduplication key: supergraph, operation, variables, and the caller's headers for subgraphs. */
export function callKey(
  { id }: SchemaSnapshot,
  { source, operationName }: KnownOperation,
  variables: Variables,
  { headers }: GatewayContext,
): string {
  const {
    authorization = '',
    'accept-language': language = '',
    'user-agent': agent = '',
    'x-forwarded-for': address = '',
  } = headers;
  const parts = [
    String(id),
    keyOf(source, operationName),
    stringifyExact(variables),
    authorization,
    language,
    agent,
    address,
  ];
  return parts.join('\n');
}
