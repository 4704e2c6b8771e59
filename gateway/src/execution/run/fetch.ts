import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { SubgraphOperation } from '../../types/subgraph-operation.js';
import type { Path } from '../../types/data.js';
import type { PlanRun, BatchKey } from './plan-run.js';
import type { GraphSchema } from '../plan/graph-schema.js';
import { queryTextOf } from '../../types/subgraph-operation.js';

/** What a plan is compiled with. */
export interface PlanSource {
  schema: GraphSchema;
  /** What its fetches of entities ask, by their text; null where each asks for itself. */
  batchKeys: Map<string, BatchKey> | null;
}

/** What a fetch sends, but for its variables. */
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

/** What a fetch of entities asks, where others of the plan may ask the same. */
export function batchKeyOf({ batchKeys }: PlanSource, node: FetchNode): BatchKey | null {
  // What a rewrite changes belongs to one place.
  if (!batchKeys || node.outputRewrites?.length) return null;
  const { operation: query, operationName, serviceName } = node;
  const key = `${serviceName}\n${queryTextOf({ query, operationName })}`;
  const question = batchKeys.get(key) ?? { fetches: 0 };
  question.fetches += 1;
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
      if (value !== undefined) text += `${text === '' ? '' : ','}"${name}":${JSON.stringify(value)}`;
    }
    return text;
  };
}

/** An error of a subgraph, as one of ours: it names where it came from. */
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
