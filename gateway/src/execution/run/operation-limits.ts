import { graphError } from '@souk/shared/graph/errors';
import { countLimit } from '@souk/shared/telemetry';
import type { GraphQLError, GraphQLSchema, SelectionSetNode } from 'graphql';
import { getVariableValues, Kind, OperationTypeNode } from 'graphql';
import { nestsTooDeep } from '../../limits/document-size.js';
import { withDoubles } from '../../types/exact-json.js';
import type { GatewayContext } from '../../types/request.js';
import type { GraphQLResponse } from '../../types/graphql-response.js';
import { errorResponse } from '../../types/graphql-response.js';
import type { SchemaSnapshot } from '../schema-snapshot.js';
import type { KnownOperation } from '../../types/operation.js';
import type { PlanVariant } from '../plan/plan-variant.js';
import { callerOf } from '../plan/planning-caller.js';
import { fragmentsOf } from '../../types/operation.js';
import { skipIncludeNames } from '../serialize/selection.js';

/** Limits that are checked before an operation runs. */
export interface OperationLimitOptions {
  /** The highest cost of an operation. */
  maxCost: number;
  /** The highest cost of one subscription event. */
  maxEventCost: number;
  /**
   * Whether a forbidden field refuses the whole operation, instead of being null.
   */
  refusesWhole: boolean;
  /** Called with the root fields before an operation runs. Resolves to the error that refuses it, or null. */
  admitFields: ((fields: readonly string[], address: string) => Promise<GraphQLError | null>) | null;
}

const maxInputErrors = 5;

/** An operation with what its limits depend on. */
export interface LimitedOperation {
  snapshot: SchemaSnapshot;
  known: KnownOperation;
  variant: PlanVariant;
  variables: Readonly<Record<string, unknown>>;
}

/** Checks an operation against the limits. `stated` is the estimated cost if the client requested it. */
export async function checkOperationLimits(
  { snapshot, known, variant, variables: sent }: LimitedOperation,
  context: GatewayContext,
  { maxCost, maxEventCost, refusesWhole, admitFields }: OperationLimitOptions,
): Promise<{ refused: GraphQLResponse | null; stated: { estimate: number } | null }> {
  const { scope, showsCost, charge } = context;
  const variables = withDoubles(sent);
  const problems = variableProblems(snapshot.schema.api, known, variables);
  if (problems) return { refused: errorResponse(...problems), stated: null };
  const estimate = snapshot.estimate(known, variables);
  const stated = showsCost ? { estimate } : null;
  const isStream = known.operation.operation === OperationTypeNode.SUBSCRIPTION;
  // Operations over the limit are not planned: that may be expensive as well.
  let error = tooDear(estimate, isStream ? Math.min(maxCost, maxEventCost) : maxCost);
  error ??= (await charge?.payForRun(estimate, snapshot.isCompiled(known, variant))) ?? null;
  if (refusesWhole && !error) {
    const { refusals } = await snapshot.compiled(known, variant, () => callerOf(context));
    if (refusals.length > 0) return { refused: errorResponse(...refusals), stated: null };
  }
  error ??= (await admitFields?.(rootFields(known), scope.address)) ?? null;
  if (!error) return { refused: null, stated };
  return { refused: { ...errorResponse(error), extensions: stated && { cost: stated } }, stated };
}

function tooDear(estimate: number, max: number): GraphQLError | null {
  if (estimate <= max) return null;
  countLimit('cost');
  return graphError('OPERATION_TOO_LARGE', `The operation may cost ${estimate}; ${max} is allowed.`);
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
  { operation, document }: KnownOperation,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] | null {
  if (nestsTooDeep(variables)) {
    countLimit('depth');
    return [graphError('OPERATION_TOO_LARGE', 'The variables nest too deep.')];
  }
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return null;
  const { errors } = getVariableValues(schema, definitions, variables, { maxErrors: maxInputErrors });
  if (errors) return errors.map(({ message }) => graphError('BAD_USER_INPUT', message));
  // A variable that has a default may be sent as null, and a condition has to be one or the other.
  const isNull = (name: string): boolean => Object.hasOwn(variables, name) && variables[name] === null;
  if (!definitions.some(({ variable }) => isNull(variable.name.value))) return null;
  const names = skipIncludeNames({ operation, fragments: fragmentsOf(document.definitions) });
  const nulls = names.filter(isNull).slice(0, maxInputErrors);
  if (nulls.length === 0) return null;
  return nulls.map((name) =>
    graphError('BAD_USER_INPUT', `Variable "$${name}" must not be null: @skip or @include depends on it.`),
  );
}
