import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { prettyFormatQueryPlan } from '@apollo/query-planner';
import { BoundedMap } from '@souk/shared/bounded-map';
import { graphError } from '@souk/shared/graph/errors';
import { MappedEvents } from '@souk/shared/graph/mapped-events';
import { countLimit, planBytes, planHits, planMisses, plansKept } from '@souk/shared/telemetry';
import type {
  FormattedExecutionResult,
  GraphQLError,
  GraphQLSchema,
  SelectionSetNode,
  ValidationRule,
} from 'graphql';
import {
  getVariableValues,
  Kind,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  specifiedRules,
  validate,
} from 'graphql';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AccessRules, Grant, HoldsPolicy } from '../access.js';
import { accessRules } from '../access.js';
import type { CostModel } from '../cost.js';
import { costModel } from '../cost.js';
import type { KeptReads } from '../read-cache/kept-reads.js';
import { keptReads } from '../read-cache/kept-reads.js';
import type { CacheNote } from '../read-cache/kept-answers.js';
import type { ReadCache } from '../read-cache/read-cache.js';
import type { RunReads } from '../read-cache/run-reads.js';
import type { GatewayContext } from '../request.js';
import { tracedEvent } from '../request-trace.js';
import type { Supergraph } from '../supergraph.js';
import { askingOf } from './asking.js';
import { Flights } from './flights.js';
import type { CompiledOperation, KnownOperation, Outcome } from './operation.js';
import { compileOperation } from './operation.js';
import type { Prepared } from './preparation.js';
import { isReady, prepare, unresolved } from './preparation.js';
import type { GraphSchema } from './schema.js';
import { loadGraphSchema } from './schema.js';
import { fragmentsOf } from './selection.js';
import type { Subgraphs } from './subgraphs.js';
import { WeighedCache } from './weighed-cache.js';

/** What Apollo Server runs operations on. */
export type ServerGraph = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type SchemaListener = Parameters<ServerGraph['onSchemaLoadOrUpdate']>[0];
type Executor = NonNullable<Awaited<ReturnType<ServerGraph['load']>>['executor']>;
type Request = Parameters<Executor>[0];
type Variables = Readonly<Record<string, unknown>>;

/** What the graph is made of. */
export interface GraphOptions {
  supergraph: Supergraph;
  subgraphs: Subgraphs;
  /** Looks for faults in supergraphs before they are used. */
  validate: boolean;
  /** Bytes that plans and compiled operations may take, roughly. */
  maxPlanBytes: number;
  /** Whether identical queries of one caller that are under way at one time are run once. */
  share: boolean;
  /** Whether clients may read the schema. */
  introspection: boolean;
  /** What operations must keep besides the rules of GraphQL. */
  validationRules: readonly ValidationRule[];
  /** What an operation may cost, and how long lists are taken to be of which nothing is known. */
  cost: { max: number; assumedListSize: number };
  /** Asked before an operation with these root fields is run for the client at an address; null takes it. */
  admitFields: ((fields: readonly string[], address: string) => Promise<GraphQLError | null>) | null;
  /** Judges @policy. */
  holdsPolicy: HoldsPolicy;
  /** Keeps public reads; null keeps none. */
  readCache: ReadCache | null;
  /** Lets clients see query plans, as @apollo/gateway does. */
  exposePlans: boolean;
}

/** What a run of an operation gave: `data` is JSON, or null where nothing was run. */
export interface Answer {
  data: string | null;
  errors: readonly GraphQLError[];
  /** `degraded` names the subgraphs that did not answer; null where there is nothing to say. */
  extensions: Readonly<Record<string, unknown>> | null;
  /** Where it could be kept. */
  cache?: CacheNote;
}

/** The answers of a subscription, one for each event. */
export type Answers = AsyncIterableIterator<Answer>;

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

/** Why a subscription is not answered like a query. */
export const streamsOnly = 'A subscription is a stream: ask for text/event-stream, or open a WebSocket.';

const maxInputErrors = 20;
/** By then a change has been told to everybody. */
const ownWritesMs = 1_000;
const maxWriters = 10_000;
/** Operations that are compiled anew before a changed supergraph is served, and how long that may take. */
const warmUp = { operations: 200, ms: 5_000 };

/** One supergraph with all that was compiled for it. */
interface Generation {
  supergraph: Supergraph;
  schema: GraphSchema;
  rules: AccessRules;
  known: WeighedCache<KnownOperation>;
  compiled: WeighedCache<Compiled>;
  costs: CostModel;
  kept: KeptReads | null;
}

interface Compiled {
  known: KnownOperation;
  grant: Grant;
  operation: CompiledOperation;
}

/** Loads the supergraph. Access first, then Apollo's plans, run by our executor (docs/decisions/0040). */
export function createGraph(options: GraphOptions): Graph {
  const { subgraphs, share, exposePlans, cost, admitFields } = options;
  const estimates = new WeakMap<KnownOperation, number>();
  const estimateOf = ({ costs }: Generation, known: KnownOperation, variables: Variables): number => {
    const kept = estimates.get(known);
    if (kept !== undefined) return kept;
    const estimate = costs.estimate(known, variables);
    if (!known.operation.variableDefinitions?.length) estimates.set(known, estimate);
    return estimate;
  };
  const tooDear = (estimate: number): GraphQLError | null => {
    if (estimate <= cost.max) return null;
    countLimit('cost');
    const message = `The operation may cost ${estimate}; ${cost.max} is allowed.`;
    return graphError('OPERATION_TOO_LARGE', message);
  };
  const rules = {
    size: options.validationRules,
    other: options.introspection ? [] : [NoSchemaIntrospectionCustomRule],
  };
  const listeners = new Set<SchemaListener>();
  const flights = new Flights<Answer>();
  /** Users who have just written: they read what is there, not what was kept. */
  const writers = new BoundedMap<string, number>(maxWriters);
  const hasJustWritten = ({ identity }: GatewayContext): boolean =>
    identity !== null && performance.now() < (writers.get(identity.userId) ?? 0);
  // Requests that began on an older supergraph end on it.
  const generations = new WeakMap<GraphQLSchema, Generation>();
  const generationOf = (supergraph: Supergraph): Generation => {
    const schema = loadGraphSchema(supergraph.sdl, { validate: options.validate });
    const rules = accessRules(supergraph.document, supergraph.rules, options.holdsPolicy);
    const generation: Generation = {
      supergraph,
      schema,
      rules,
      known: new WeighedCache(options.maxPlanBytes / 4),
      compiled: new WeighedCache(options.maxPlanBytes),
      costs: costModel(schema.api, supergraph.document, options.cost.assumedListSize),
      kept: keptReads(options.readCache, supergraph, schema.api, rules),
    };
    generations.set(schema.api, generation);
    return generation;
  };
  let current = generationOf(options.supergraph);

  const compiledOf = (generation: Generation, known: KnownOperation, grant: Grant): CompiledOperation => {
    const key = `${grant.key}\n${keyOf(known.source, known.operationName)}`;
    const kept = generation.compiled.get(key);
    if (kept) {
      planHits.inc();
      return kept.operation;
    }
    planMisses.inc();
    const operation = compileOperation(generation.schema, known, generation.rules, grant);
    generation.compiled.set(key, { known, grant, operation }, operation.weight);
    plansKept.set(generation.compiled.size);
    planBytes.set(generation.compiled.weight);
    return operation;
  };

  /** Compiles for the next supergraph what was used last on the present one, and is still valid. */
  const warm = async (next: Generation): Promise<void> => {
    const end = performance.now() + warmUp.ms;
    const rules = [...specifiedRules, ...options.validationRules];
    const hasSameScopes = next.rules.scopes === current.rules.scopes;
    // What was used last comes last again.
    for (const { known, grant } of current.compiled.latest().slice(0, warmUp.operations).reverse()) {
      if (performance.now() > end) return;
      if (!grant.isAnonymous && !hasSameScopes) continue;
      await nextTurn();
      if (validate(next.schema.api, known.document, rules, { maxErrors: 1 }).length > 0) continue;
      try {
        compiledOf(next, known, grant);
        keep(next, known);
      } catch {
        // Its client will be told.
      }
    }
  };

  const fly = async (
    compiled: CompiledOperation,
    variables: Variables,
    context: GatewayContext,
    cancellation: GatewayContext['cancellation'],
    { kept, reads = null }: { kept: KeptReads | null; reads?: RunReads | null },
  ): Promise<Answer> => {
    const degraded = new Set<string>();
    const { headers, deadline } = context;
    const caller = { headers, deadline, cancellation, degraded };
    const asking = askingOf(subgraphs, caller, kept?.entities ?? null, reads);
    const outcome: Outcome = await compiled.run(variables, asking);
    return answerOf(outcome, degraded);
  };

  /** A query's answer: kept before, where everybody may have it and nobody in particular asks. */
  const read = async (
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
    cancellation: GatewayContext['cancellation'],
  ): Promise<Answer> => {
    const kept = hasJustWritten(context) ? null : generation.kept;
    const run = (reads: RunReads | null): Promise<Answer> => {
      const compiled = compiledOf(generation, known, generation.rules.grantOf(context.identity));
      return fly(compiled, variables, context, cancellation, { kept, reads });
    };
    const { authorization, 'accept-language': language = '' } = context.headers;
    // Where tokens are not read here, a subgraph may read them.
    const isAnonymous = context.identity === null && authorization === undefined;
    if (!kept || !isAnonymous || !kept.answers.isPublic(known)) return run(null);
    return kept.answers.answer(known, variables, language, run);
  };

  /** What is held against running an operation, or null, and what it may cost where the client wants to know. */
  const admit = async (
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    { scope, showsCost }: GatewayContext,
  ): Promise<{ refused: Answer | null; stated: { estimate: number } | null }> => {
    const problems = variableProblems(generation.schema.api, known, variables);
    if (problems) return { refused: { data: null, errors: problems, extensions: null }, stated: null };
    const estimate = estimateOf(generation, known, variables);
    const stated = showsCost ? { estimate } : null;
    const error = tooDear(estimate) ?? (await admitFields?.(rootFields(known), scope.address)) ?? null;
    if (!error) return { refused: null, stated };
    const { retryAfter } = error.extensions;
    if (typeof retryAfter === 'number') scope.retryAfterS = retryAfter;
    return { refused: { data: null, errors: [error], extensions: stated && { cost: stated } }, stated };
  };

  const run = async (
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer> => {
    if (known.operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return { data: null, errors: [graphError('BAD_REQUEST', streamsOnly)], extensions: null };
    }
    context.scope.operation = known.operation.name?.value ?? null;
    const { refused, stated } = await admit(generation, known, variables, context);
    if (refused) return refused;
    const answer = await runAdmitted(generation, known, variables, context);
    if (!stated || answer.data === null) return answer;
    const actual = generation.costs.actual(known, variables, JSON.parse(answer.data) as unknown);
    return { ...answer, extensions: { ...answer.extensions, cost: { ...stated, actual } } };
  };

  const runAdmitted = async (
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer> => {
    if (known.operation.operation === OperationTypeNode.QUERY) {
      if (!share) return read(generation, known, variables, context, context.cancellation);
      return flights.join(flightKey(known, variables, context), context.cancellation, (cancellation) =>
        read(generation, known, variables, context, cancellation),
      );
    }
    const compiled = compiledOf(generation, known, generation.rules.grantOf(context.identity));
    flights.clear();
    try {
      // What a mutation reads back is what it has just written.
      return await fly(compiled, variables, context, null, { kept: null });
    } finally {
      if (context.identity) writers.set(context.identity.userId, performance.now() + ownWritesMs);
      flights.clear();
    }
  };

  const subscribe = async (
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer | Answers> => {
    context.scope.operation = known.operation.name?.value ?? null;
    const { refused } = await admit(generation, known, variables, context);
    if (refused) return refused;
    const { cancellation, deadline, headers } = context;
    const compiled = compiledOf(generation, known, generation.rules.grantOf(context.identity));
    const { subscription } = compiled;
    if (!subscription) return fly(compiled, variables, context, cancellation, { kept: null });
    const { operation, variablesOf, answer } = subscription;
    const timeMs = deadline - performance.now();
    const starting = { headers, deadline, cancellation, degraded: new Set<string>() };
    const events = await subgraphs.subscribe(operation, variablesOf(variables), starting);
    return new MappedEvents<FormattedExecutionResult, Answer>(events, {
      map: (event) =>
        tracedEvent(context, async (headers) => {
          const degraded = new Set<string>();
          const caller = { headers, deadline: performance.now() + timeMs, cancellation, degraded };
          const outcome = await answer(event, variables, askingOf(subgraphs, caller, null, null));
          return answerOf(outcome, degraded);
        }),
    });
  };

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
    const answer = await run(generation, known, sent.variables ?? {}, context);
    context.scope.cacheNote = answer.cache ?? null;
    keep(generation, known);
    const extensions = { ...answer.extensions };
    if (exposePlans && sent.http?.headers.get(planHeader)) {
      const grant = generation.rules.grantOf(context.identity);
      extensions['__queryPlanExperimental'] = prettyFormatQueryPlan(
        compiledOf(generation, known, grant).plan,
      );
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
    known: (source, operationName) => current.known.get(keyOf(source, operationName)) ?? null,
    run: (known, variables, context) => run(current, known, variables, context),
    prepare: (source, operationName) => {
      const kept = current.known.get(keyOf(source, operationName));
      if (kept) return kept;
      const prepared = prepare(current.schema.api, source, operationName, rules);
      if (isReady(prepared)) keep(current, prepared);
      return prepared;
    },
    subscribe: (known, variables, context) => subscribe(current, known, variables, context),
    reload: async (supergraph, onChange) => {
      const next = generationOf(supergraph);
      await warm(next);
      onChange();
      current = next;
      flights.clear();
      listeners.forEach(announce);
    },
    get api() {
      return current.schema.api;
    },
  };
}

function answerOf(outcome: Outcome, degraded: ReadonlySet<string>): Answer {
  return { ...outcome, extensions: degraded.size > 0 ? { degraded: [...degraded].sort() } : null };
}

function keyOf(source: string, operationName: string | null): string {
  return `${operationName ?? ''}\n${source}`;
}

function keep({ known }: Generation, operation: KnownOperation): void {
  const { source, operationName } = operation;
  known.set(keyOf(source, operationName), operation, 2_000 + 60 * source.length);
}

/** Whose answers are the same: the same operation with the same variables, for the same token and language. */
function flightKey(
  { source, operationName }: KnownOperation,
  variables: Variables,
  { headers }: GatewayContext,
): string {
  const { authorization = '', 'accept-language': language = '' } = headers;
  return [keyOf(source, operationName), JSON.stringify(variables), authorization, language].join('\n');
}

/** The fields of the root that an operation may run; `@skip` is not looked at. */
function rootFields({ operation, document }: KnownOperation): string[] {
  if (operation.operation !== OperationTypeNode.MUTATION) return [];
  const fragments = fragmentsOf(document.definitions);
  const names: string[] = [];
  const collect = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) names.push(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else {
        const fragment = fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return names;
}

function variableProblems(
  schema: GraphQLSchema,
  { operation }: KnownOperation,
  variables: Variables,
): GraphQLError[] | null {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return null;
  const { errors } = getVariableValues(schema, definitions, variables, { maxErrors: maxInputErrors });
  return errors ? errors.map(({ message }) => graphError('BAD_USER_INPUT', message)) : null;
}
