import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError, SelectionSetNode } from 'graphql';
import { GraphQLError, Kind, parse } from 'graphql';
import type { SubgraphOperation } from '../../types/subgraph-operation.js';
import { stringifyExact } from '../../types/exact-json.js';
import type { Path } from '../../types/data.js';
import type { PlanRun, BatchKey } from './plan-run.js';
import type { GraphSchema } from '../plan/graph-schema.js';
import { fragmentsOf } from '../../types/operation.js';
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

/** The keys of the root, or of the entities, that a fetch gives. Made when it first fails. */
export function suppliedKeys({ operation, outputRewrites = [] }: FetchNode): () => ReadonlySet<string> {
  let keys: Set<string> | null = null;
  return () => {
    if (keys) return keys;
    keys = new Set();
    const { definitions } = parse(operation, { noLocation: true });
    const fragments = fragmentsOf(definitions);
    for (const set of definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node.selectionSet] : [],
    ))
      addKeys(set, fragments, keys);
    for (const rewrite of outputRewrites) if (rewrite.kind === 'KeyRenamer') keys.add(rewrite.renameKeyTo);
    return keys;
  };
}

function addKeys(
  { selections }: SelectionSetNode,
  fragments: ReturnType<typeof fragmentsOf>,
  keys: Set<string>,
): void {
  for (const node of selections) {
    if (node.kind === Kind.FIELD && node.name.value !== '_entities') {
      keys.add(node.alias?.value ?? node.name.value);
      continue;
    }
    const set =
      node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;
    if (set) addKeys(set, fragments, keys);
  }
}

/** The final names of keys that a fetch selects under other names. */
export function renamedKeys({ outputRewrites = [] }: FetchNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const rewrite of outputRewrites) {
    const key = rewrite.path.at(-1);
    if (rewrite.kind === 'KeyRenamer' && key !== undefined) names.set(key, rewrite.renameKeyTo);
  }
  return names;
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
