import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { prettyFormatQueryPlan } from '@apollo/query-planner';
import { graphError } from '@souk/shared/graph/errors';
import type { GraphQLSchema } from 'graphql';
import { NoSchemaIntrospectionCustomRule, OperationTypeNode } from 'graphql';
import type { GatewayContext } from '../request.js';
import type { Supergraph } from '../supergraph.js';
import type { AdmissionOptions } from './admission.js';
import type { Answer, Answers } from './answers.js';
import type { GenerationOptions } from './generation.js';
import { Generation } from './generation.js';
import type { KnownOperation } from './operation.js';
import type { Prepared } from './preparation.js';
import { isReady, prepare, unresolved } from './preparation.js';
import { Runs, streamsOnly } from './runs.js';
import type { Subgraphs } from './subgraphs.js';
import { Subscriptions } from './subscriptions.js';

/** What Apollo Server runs operations on. */
export type ServerGraph = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type SchemaListener = Parameters<ServerGraph['onSchemaLoadOrUpdate']>[0];
type Executor = NonNullable<Awaited<ReturnType<ServerGraph['load']>>['executor']>;
type Request = Parameters<Executor>[0];
type Variables = Readonly<Record<string, unknown>>;

/** What the graph is made of. */
export interface GraphOptions
  extends GenerationOptions, Pick<AdmissionOptions, 'admitFields' | 'refusesWhole'> {
  supergraph: Supergraph;
  subgraphs: Subgraphs;
  /** Whether identical queries and subscriptions of one caller that are under way at one time are run once. */
  share: boolean;
  /** What an event of a subscription may take until it is told. */
  eventTimeoutMs: number;
  /** Whether clients may read the schema. */
  introspection: boolean;
  /** Lets clients see query plans, as @apollo/gateway does. */
  exposePlans: boolean;
}

/** The supergraph, ready to run operations. */
export interface Graph {
  /** For Apollo Server. */
  readonly server: ServerGraph;
  /** An operation that has been run before, on the supergraph that is served now; it need not be validated again. */
  known(source: string, operationName: string | null): KnownOperation | null;
  run(known: KnownOperation, variables: Variables, context: GatewayContext): Promise<Answer>;
  /** An operation to be run, by doors that Apollo Server has no part in: known, or parsed and validated now. */
  prepare(source: string, operationName: string | null): Prepared;
  /**
   * Begins a subscription: its answers, or the one that refuses it. Never rejects, nor do its answers: what fails ends it
   * with an answer that has errors alone. Each answer has the time that the context gives to a request.
   */
  subscribe(known: KnownOperation, variables: Variables, context: GatewayContext): Promise<Answer | Answers>;
  /**
   * Serves another supergraph from now on; what is under way ends on the old one. The operations used last are
   * compiled before the change.
   * @param onChange called when everything is ready, right before the change.
   * @throws what a supergraph that cannot be used is refused with; the old one stays.
   */
  reload(supergraph: Supergraph, onChange: () => void): Promise<void>;
  /** The schema of the supergraph that is served now, as clients see it. */
  readonly api: GraphQLSchema;
}

/** Asks for the plan beside the answer, where that is allowed. */
export const planHeader = 'apollo-query-plan-experimental';

/** Loads the supergraph. Access first, then Apollo's plans, run by our executor (docs/decisions/0040). */
export function createGraph(options: GraphOptions): Graph {
  const { subgraphs, share, exposePlans, cost, admitFields, refusesWhole, eventTimeoutMs } = options;
  const rules = {
    size: options.validationRules,
    other: options.introspection ? [] : [NoSchemaIntrospectionCustomRule],
  };
  const listeners = new Set<SchemaListener>();
  const running = { subgraphs, share, maxCost: cost.max, admitFields, refusesWhole, eventTimeoutMs };
  const runs = new Runs(running);
  const subscriptions = new Subscriptions(running);
  // Requests that began on an older supergraph end on it.
  const generations = new WeakMap<GraphQLSchema, Generation>();
  const generationOf = (supergraph: Supergraph): Generation => {
    const generation = new Generation(supergraph, options);
    generations.set(generation.schema.api, generation);
    return generation;
  };
  let current = generationOf(options.supergraph);

  const execute = async (request: Request) => {
    const generation = generations.get(request.schema) ?? current;
    const { operation, document, source, request: sent } = request;
    const operationName = sent.operationName ?? null;
    if (!(operation as typeof operation | undefined)) return { errors: [unresolved(operationName)] };
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return { errors: [graphError('BAD_REQUEST', streamsOnly)] };
    }
    const known: KnownOperation = { source, document, operation, operationName };
    const context = request.context as GatewayContext;
    const answer = await runs.run(generation, known, sent.variables ?? {}, context);
    context.scope.cacheNote = answer.cache ?? null;
    generation.keep(known);
    const extensions = { ...answer.extensions };
    if (exposePlans && sent.http?.headers.get(planHeader)) {
      const { plan } = generation.compiled(known, generation.rules.grantOf(context.identity));
      extensions['__queryPlanExperimental'] = prettyFormatQueryPlan(plan);
    }
    return {
      ...(answer.data === null ? {} : { data: JSON.parse(answer.data) as Record<string, unknown> | null }),
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
    run: (known, variables, context) => runs.run(current, known, variables, context),
    prepare: (source, operationName) => {
      const kept = current.known(source, operationName);
      if (kept) return kept;
      const prepared = prepare(current.schema.api, source, operationName, rules);
      if (isReady(prepared)) current.keep(prepared);
      return prepared;
    },
    subscribe: (known, variables, context) => subscriptions.subscribe(current, known, variables, context),
    reload: async (supergraph, onChange) => {
      const next = generationOf(supergraph);
      await next.warm(current);
      onChange();
      current = next;
      runs.clear();
      subscriptions.clear();
      listeners.forEach(announce);
    },
    get api() {
      return current.schema.api;
    },
  };
}
