import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { SubgraphOperation } from '../../types/subgraph-operation.js';
import { stringifyExact } from '../../types/exact-json.js';
import type { Path } from '../../types/data.js';
import type { PlanRun, BatchKey } from './plan-run.js';
import type { GraphSchema } from '../plan/graph-schema.js';
import { queryTextOf } from '../../types/subgraph-operation.js';

/** Inputs for compiling a plan. */
export interface PlanSource {
  schema: GraphSchema;
  /** The batch keys of its entity fetches, by query text; null disables batching. */
  batchKeys: Map<string, BatchKey> | null;
}

/** The operation that a fetch sends, without its variables. */
export function operationOf(node: FetchNode): SubgraphOperation {
  if (node.contextRewrites?.length) throw new Error('@fromContext is not supported.');
  return {
    subgraph: node.serviceName,
    query: node.operation,
    operationName: node.operationName,
    isQuery: (node.operationKind as string) === 'query',
    bodyStart: bodyStart(node),
  };
}

function bodyStart({ operation, operationName }: FetchNode): string {
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return `{"query":${JSON.stringify(operation)},${name}"variables":`;
}

/** The batch key of an entity fetch; null if it cannot be batched. */
export function batchKeyOf({ batchKeys }: PlanSource, node: FetchNode): BatchKey | null {
  // Rewrites apply to one place, so the fetch cannot be shared.
  if (!batchKeys || node.outputRewrites?.length) return null;
  const { operation: query, operationName, serviceName } = node;
  const key = `${serviceName}\n${queryTextOf({ query, operationName })}`;
  const question = batchKeys.get(key) ?? { fetchCount: 0 };
  question.fetchCount += 1;
  batchKeys.set(key, question);
  return question;
}

/** The variables of a fetch that the client sent, as the inside of a JSON object. */
export function compileVariables(
  usages: readonly string[] = [],
): (variables: PlanRun['variables']) => string {
  if (usages.length === 0) return () => '';
  return (variables) => {
    let text = '';
    for (const name of usages) {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value !== undefined) text += `${text === '' ? '' : ','}"${name}":${stringifyExact(value)}`;
    }
    return text;
  };
}

/** Converts a subgraph's error to a GraphQLError that names the subgraph. */
export function downstream(
  error: GraphQLFormattedError,
  serviceName: string,
  path: Path | undefined,
): GraphQLError {
  return new GraphQLError(error.message || `The subgraph ${serviceName} reported an error.`, {
    originalError: Object.assign(new Error(error.message), error),
    ...(path ? { path } : {}),
    extensions: { ...error.extensions, serviceName },
  });
}
