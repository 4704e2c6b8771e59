import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { prettyFormatQueryPlan } from '@apollo/query-planner';
import { graphError } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import type { GraphQLSchema } from 'graphql';
import { getOperationAST, GraphQLError, OperationTypeNode, parse } from 'graphql';
import { countLimit } from '@souk/shared/telemetry';
import { maxTokens, TooLarge } from '../limits/document-size.js';
import { parseExact, revived } from '../types/exact-json.js';
import type { GatewayContext } from '../types/request.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import type { OperationLimitOptions } from './run/operation-limits.js';
import type { GraphQLResponse, ResponseStream } from '../types/graphql-response.js';
import type { SchemaSnapshotOptions } from './schema-snapshot.js';
import { SchemaSnapshot } from './schema-snapshot.js';
import type { KnownOperation } from '../types/operation.js';
import type { ParsedOperation } from './plan/parse-and-validate.js';
import { isParsed, unresolved } from './plan/parse-and-validate.js';
import { Planning } from './plan/planning.js';
import { callerOf } from './plan/planning-caller.js';
import type { ThreadFile } from './plan/planner-thread.js';
import { withExactIds } from './run/exact-variables.js';
import { OperationExecutor, streamsOnly } from './run/operation-executor.js';
import type { Subgraphs } from '../subgraph/subgraphs.js';
import { SubscriptionExecutor } from './run/subscription-executor.js';

/** The gateway interface of Apollo Server. */
export type ServerGraph = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type SchemaListener = Parameters<ServerGraph['onSchemaLoadOrUpdate']>[0];
type Executor = NonNullable<Awaited<ReturnType<ServerGraph['load']>>['executor']>;
type Request = Parameters<Executor>[0];
type Variables = Readonly<Record<string, unknown>>;

/** Dependencies and settings of the graph. */
export interface GraphOptions
  extends
    SchemaSnapshotOptions,
    Pick<OperationLimitOptions, 'admitFields' | 'refusesWhole' | 'maxEventCost'> {
  supergraph: Supergraph;
  subgraphs: Subgraphs;
  /** Whether identical queries and subscriptions of one caller that are under way at one time are run once. */
  share: boolean;
  /** Timeout of one subscription event. */
  eventTimeoutMs: number;
  /** The thread that checks and plans operations; null does it in the calling thread. */
  plannerThread: ThreadFile | null;
  log: Log;
  /** Lets clients see query plans, as @apollo/gateway does. */
  exposePlans: boolean;
}

/** The supergraph, ready to run operations. */
export interface Graph {
  /** For Apollo Server. */
  readonly server: ServerGraph;
  /** An operation that has been run before, on the supergraph that is served now; it need not be validated again. */
  known(source: string, operationName: string | null): KnownOperation | null;
  run(known: KnownOperation, variables: Variables, context: GatewayContext): Promise<GraphQLResponse>;
  /** An operation to be run: known, or parsed and validated now. Never rejects for what a client sends. */
  prepare(source: string, operationName: string | null, context: GatewayContext): Promise<ParsedOperation>;
  /**
   * Begins a subscription: its answers, or the one that refuses it. Never rejects, nor do its answers: what fails ends
   * it with an answer that has errors alone. Each answer has the time that the context gives to a request.
   */
  subscribe(
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<GraphQLResponse | ResponseStream>;
  /**
   * Serves another supergraph from now on; what is under way ends on the old one. The operations used last are
   * compiled before the change.
   * @param onChange called when everything is ready, right before the change.
   * @throws what a supergraph that cannot be used is refused with; the old one stays.
   */
  reload(supergraph: Supergraph, onChange: () => void): Promise<void>;
  /** The schema of the supergraph that is served now, as clients see it. */
  readonly api: GraphQLSchema;
  /** Resolves when operations can be planned. @throws where the supergraph cannot be planned on */
  readonly ready: Promise<void>;
  /** Plans documents that clients will send. Never rejects. */
  planAhead(documents: Iterable<string>): Promise<void>;
  /** Ends the planner. */
  close(): Promise<void>;
}

/** A request header: returns the plan with the response, if that is allowed. */
export const planHeader = 'apollo-query-plan-experimental';

/** Loads the supergraph. Access first, then Apollo's plans, run by our executor (docs/decisions/0016). */
export function createGraph(options: GraphOptions): Graph {
  const { subgraphs, share, exposePlans, cost, admitFields, refusesWhole, eventTimeoutMs } = options;
  const { maxEventCost } = options;
  const listeners = new Set<SchemaListener>();
  const running = {
    subgraphs,
    share,
    maxCost: cost.max,
    maxEventCost,
    admitFields,
    refusesWhole,
    eventTimeoutMs,
  };
  const planning = new Planning({ thread: options.plannerThread, log: options.log });
  const runs = new OperationExecutor(running);
  const subscriptions = new SubscriptionExecutor(running);
  // Requests that began on an older supergraph end on it.
  const snapshots = new WeakMap<KnownOperation, SchemaSnapshot>();
  const snapshotOf = (known: KnownOperation): SchemaSnapshot => snapshots.get(known) ?? current;
  let current = new SchemaSnapshot(options.supergraph, options, planning);

  const prepare = async (
    source: string,
    operationName: string | null,
    context: GatewayContext,
  ): Promise<ParsedOperation> => {
    const snapshot = current;
    const cached = snapshot.known(source, operationName);
    if (cached) return cached;
    const refused = await context.charge?.payForDocument(source.length);
    if (refused) return [refused];
    const problems = await snapshot.planner.check(source, operationName, callerOf(context));
    if (problems.length > 0) return problems;
    const document = parse(source, { maxLexicalTokens: maxTokens });
    const operation = getOperationAST(document, operationName);
    if (!operation) return [unresolved(operationName)];
    const known: KnownOperation = { source, document, operation, operationName };
    snapshots.set(known, snapshot);
    snapshot.keep(known);
    return known;
  };

  const run = async (
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<GraphQLResponse> => {
    const snapshot = snapshotOf(known);
    const exact = withExactIds(snapshot.schema.api, known.operation, variables);
    const answer = await runs.run(snapshot, known, exact, context);
    if (answer.data === null) noteRetryAfter(context, answer.errors);
    return answer;
  };

  const execute = async (request: Request) => {
    const { request: sent } = request;
    const context = request.context as GatewayContext;
    const known = context.prepared;
    if (!known) return { errors: [unresolved(sent.operationName ?? null)] };
    if (known.operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return { errors: [graphError('BAD_REQUEST', streamsOnly)] };
    }
    const answer = await run(known, revived(sent.variables ?? {}), context);
    context.scope.cacheNote = answer.cache ?? null;
    const extensions = { ...answer.extensions };
    if (exposePlans && answer.data !== null && sent.http?.headers.get(planHeader)) {
      const snapshot = snapshotOf(known);
      const grant = snapshot.rules.grantOf(context.identity);
      const variant = snapshot.variants.of(known, grant, sent.variables ?? {}, context.scope);
      const { plan } = await snapshot.compiled(known, variant, () => callerOf(context));
      extensions['__queryPlanExperimental'] = prettyFormatQueryPlan(plan);
    }
    return {
      ...(answer.data === null ? {} : { data: parseExact(answer.data) as Record<string, unknown> | null }),
      ...(answer.errors.length > 0 ? { errors: answer.errors } : {}),
      ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    };
  };

  const announce = (listener: SchemaListener): void =>
    listener({ apiSchema: current.schema.api, coreSupergraphSdl: current.supergraph.sdl });

  return {
    server: {
      onSchemaLoadOrUpdate: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      load: () => {
        listeners.forEach(announce);
        return Promise.resolve({ executor: execute });
      },
      stop: () => Promise.resolve(),
    },
    known: (source, operationName) => current.known(source, operationName),
    run,
    prepare: async (source, operationName, context) => {
      let prepared: ParsedOperation;
      try {
        prepared = await prepare(source, operationName, context);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        prepared = [error];
      }
      if (isParsed(prepared)) return prepared;
      countLimitsHit(prepared);
      noteRetryAfter(context, prepared);
      return prepared;
    },
    subscribe: async (known, variables, context) => {
      const snapshot = snapshotOf(known);
      const exact = withExactIds(snapshot.schema.api, known.operation, variables);
      const begun = await subscriptions.subscribe(snapshot, known, exact, context);
      if ('data' in begun) noteRetryAfter(context, begun.errors);
      return begun;
    },
    reload: async (supergraph, onChange) => {
      const next = new SchemaSnapshot(supergraph, options, planning);
      try {
        await next.planner.ready;
        await next.warm(current);
      } catch (error) {
        next.planner.forget();
        throw error;
      }
      onChange();
      const last = current;
      current = next;
      // Requests that began on it may still have to be planned.
      setTimeout(() => last.planner.forget(), options.eventTimeoutMs).unref();
      runs.clear();
      subscriptions.clear();
      listeners.forEach(announce);
    },
    get api() {
      return current.schema.api;
    },
    planAhead: (documents) => current.planAhead(documents),
    ready: current.planner.ready,
    close: () => planning.close(),
  };
}

function countLimitsHit(errors: readonly GraphQLError[]): void {
  for (const { originalError } of errors) {
    if (originalError instanceof TooLarge) countLimit(originalError.limit);
  }
}

function noteRetryAfter({ scope }: GatewayContext, errors: readonly GraphQLError[]): void {
  for (const { extensions } of errors) {
    const { retryAfter } = extensions;
    if (typeof retryAfter === 'number') scope.retryAfterS = retryAfter;
  }
}
