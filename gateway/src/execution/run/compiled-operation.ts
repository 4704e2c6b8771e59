import type { QueryPlan } from '@apollo/query-planner';
import { unauthenticated, scopeRequired } from '@souk/shared/graph/errors';
import type { FieldNode, FormattedExecutionResult } from 'graphql';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Grant } from '../../types/access.js';
import type { PlanVariant } from '../plan/plan-variant.js';
import type { MaskedOperation } from '../../access/field-masking.js';
import type { PlanSource } from './fetch.js';
import { Introspection } from '../serialize/introspection.js';
import type { RunPlan, SubscriptionPlan } from './compiled-plan.js';
import { compilePlan, compileSubscription } from './compiled-plan.js';
import { selectedErrors } from './selected-errors.js';
import { unexplained } from './explained-nulls.js';
import type { SubgraphFetcher, PlanRun } from './plan-run.js';
import type { GraphSchema } from '../plan/graph-schema.js';
import type { Selected } from '../serialize/selection.js';
import { fragmentsOf } from '../../types/operation.js';
import { LazySerializer } from '../serialize/lazy-serializer.js';
import type { SerializationContext } from '../serialize/response-serializer.js';
import type { OperationResult } from '../../types/graphql-response.js';
import type { KnownOperation } from '../../types/operation.js';

/** One variant of an operation, planned and compiled. */
export interface CompiledOperation {
  readonly plan: QueryPlan;
  /** Bytes that it holds on to, roughly: more, the more shapes and types its answers have had. */
  weight(): number;
  run(variables: Readonly<Record<string, unknown>>, fetcher: SubgraphFetcher): Promise<OperationResult>;
  /** One error for each field that the caller may not see. */
  readonly refusals: readonly GraphQLError[];
  /** Where a stream is to be opened; null for queries and mutations, and where nothing is left that may be watched. */
  readonly subscription: CompiledSubscription | null;
}

/** A subscription, compiled. */
export interface CompiledSubscription extends Pick<SubscriptionPlan, 'operation' | 'variablesOf'> {
  /** The answer to an event of the stream. */
  answer: (
    event: FormattedExecutionResult,
    variables: Readonly<Record<string, unknown>>,
    fetcher: SubgraphFetcher,
  ) => Promise<OperationResult>;
}

const maxRefusals = 100;
/** The plan of an operation, and what it weighs. */
export interface PlannedOperation {
  plan: QueryPlan;
  /** Characters of the plan as JSON. */
  planLength: number;
  /** The fields that the caller may not see; null where there are none. */
  refused: MaskedOperation | null;
}

/** Options of a compilation. */
export interface CompileOptions {
  /** Whether entity fetches of one run are batched. */
  joins: boolean;
  /** Called when the weight of the compiled operation has changed. */
  onGrown: () => void;
}

/** Compiles a planned operation. */
export function compileOperation(
  schema: GraphSchema,
  known: KnownOperation,
  { plan, planLength, refused }: PlannedOperation,
  { grant, skipInclude }: PlanVariant,
  { joins, onGrown }: CompileOptions,
): CompiledOperation {
  const { document, operation, source } = known;
  const selected: Selected = { operation, fragments: fragmentsOf(document.definitions) };
  const refusedFields = refused?.refused ?? new Set<FieldNode>();
  const { api, keys } = schema;
  const serializer = new LazySerializer(
    { schema: api, keys, ...selected, refused: refusedFields, skipInclude },
    onGrown,
  );
  const introspection = new Introspection(api, selected, onGrown);
  const planWeight = 8_000 + 30 * source.length + 4 * planLength;
  const compiled = {
    plan,
    refusals: [...refusedFields].slice(0, maxRefusals).map((node) => wholeRefusal(node, grant)),
    weight: () => planWeight + serializer.weight + introspection.weight,
  };
  // A mutation may change entities between its fetches, so they are not batched.
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const planSource: PlanSource = { schema, batchKeys: joins && !isMutation ? new Map() : null };
  const run = runner(schema, refusedFields, { serializer, introspection }, grant);
  if (plan.node?.kind === 'Subscription') {
    const { operation: primary, variablesOf, runFor } = compileSubscription(planSource, plan.node);
    return {
      ...compiled,
      run: () => Promise.reject(new Error('Subscriptions are executed event by event.')),
      subscription: {
        operation: primary,
        variablesOf,
        answer: (event, variables, fetcher) => run(runFor(event), variables, fetcher),
      },
    };
  }
  const runPlan = compilePlan(planSource, plan);
  return { ...compiled, run: (variables, fetcher) => run(runPlan, variables, fetcher), subscription: null };
}

function runner(
  schema: GraphSchema,
  refused: ReadonlySet<FieldNode>,
  { serializer, introspection }: { serializer: LazySerializer; introspection: Introspection },
  grant: Grant,
): (
  runPlan: RunPlan,
  variables: Readonly<Record<string, unknown>>,
  fetcher: SubgraphFetcher,
) => Promise<OperationResult> {
  const { keys } = schema;
  return async (runPlan, variables, fetcher) => {
    const write = serializer.serialize;
    const run: PlanRun = { data: {}, errors: [], failed: [], variables, ...fetcher };
    await runPlan(run);

    // By field: the data may be written twice.
    const introspected = new Map<readonly FieldNode[], readonly GraphQLError[]>();
    const introspect = (nodes: readonly FieldNode[]): string => {
      const { text, errors: problems } = introspection.resultOf(nodes, variables);
      introspected.set(nodes, problems);
      return text;
    };
    const { errors, failed } = run;
    let writing = newWriting(refused.size > 0, introspect);
    let data = write(run.data, writing) ?? 'null';
    if (writing.violations.length > 0 && !writing.path) {
      // Once more, now with places.
      writing = newWriting(true, introspect);
      data = write(run.data, writing) ?? 'null';
    }
    // A subgraph's own error explains a null better than the schema violation does. One of the two is enough.
    const { violations } = writing;
    // A fetch from a subgraph with interface objects selects fields for all of their types.
    const selected = schema.hasInterfaceObjects ? selectedErrors(errors, keys, data) : errors;
    const reported = selected.map(keys.errorForClient);
    if (violations.length > 0) {
      const missing = failed.map((fetch) => ({
        path: fetch.path.map(keys.stepForClient),
        keys: new Set([...fetch.keys].map(keys.stepForClient)),
      }));
      reported.push(...unexplained(violations, reported, missing));
    }
    for (const problems of introspected.values()) reported.push(...problems.map(keys.errorForClient));
    for (const path of writing.refusals) reported.push(refusalError(path, grant));
    return { data, errors: reported };
  };
}

function newWriting(
  withPlaces: boolean,
  introspect: SerializationContext['introspect'],
): SerializationContext & { refusals: (string | number)[][] } {
  const refusals: (string | number)[][] = [];
  return {
    violations: [],
    path: withPlaces ? [] : null,
    failures: 0,
    refusals,
    refuse: (path) => {
      if (refusals.length < maxRefusals) refusals.push([...path]);
    },
    introspect,
  };
}

function refusalError(path: readonly (string | number)[], grant: Grant): GraphQLError {
  const { message, extensions } = refusalTo(grant);
  return new GraphQLError(message, { path, extensions });
}

/** The error of a field that refuses the whole operation. It has no path, since there is no data. */
function wholeRefusal(node: FieldNode, grant: Grant): GraphQLError {
  const { message, extensions } = refusalTo(grant);
  const status = grant.isAnonymous ? 401 : 403;
  return new GraphQLError(message, {
    extensions: { ...extensions, field: node.name.value, http: { status } },
  });
}

function refusalTo({ isAnonymous }: Grant): GraphQLError {
  return isAnonymous ? unauthenticated() : scopeRequired();
}
