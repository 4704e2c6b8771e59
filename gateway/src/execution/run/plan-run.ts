import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { SubgraphOperation } from '../../types/subgraph-operation.js';
import type { FailedFetch } from './explained-nulls.js';
import type { Data, Path } from '../../types/data.js';

/** Groups entity fetches of a plan that differ only in their places in the response. */
export interface BatchKey {
  /** The number of fetches with this key. */
  fetchCount: number;
}

/** An operation that fetches entities. */
export interface EntityOperation extends SubgraphOperation {
  /** Null disables batching. */
  batchKey: BatchKey | null;
}

/** One run of a plan. */
export interface PlanRun {
  /** The merged data of all fetches, in the shape of the supergraph. */
  readonly data: Data;
  readonly errors: GraphQLError[];
  /** Fetches that gave nothing for some object; the reasons are in the errors. */
  readonly failed: FailedFetch[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** Queries a subgraph. Never rejects: failures are errors of the result. `variables` is JSON. */
  fetch(operation: SubgraphOperation, variables: string): Promise<FormattedExecutionResult>;
  /**
   * Fetches entities, in the order of their representations. `own` is the inside of a JSON object, representations are
   * JSON. Never rejects.
   */
  fetchEntities(
    operation: EntityOperation,
    own: string,
    representations: readonly string[],
  ): Promise<FormattedExecutionResult>;
}

/** Queries subgraphs on behalf of one run. */
export type SubgraphFetcher = Pick<PlanRun, 'fetch' | 'fetchEntities'>;

/** The objects that a part of a plan works on, and the way to them. */
export interface Cursor {
  objects: readonly Data[];
  path: Path;
}

/** A part of a plan, compiled. */
export type Step = (run: PlanRun, cursor: Cursor) => Promise<void> | void;
