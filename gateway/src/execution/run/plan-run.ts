import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { SubgraphOperation } from '../../types/subgraph-operation.js';
import type { Data, Path } from '../../types/data.js';
import type { SkipIncludeValues } from '../serialize/selection.js';

/** What fetches of entities ask: the same for all of a plan that differ only in the places that they are for. */
export interface BatchKey {
  /** How many fetches of the plan ask it. */
  fetches: number;
}

/** An operation that asks for entities. */
export interface EntityOperation extends SubgraphOperation {
  /** Null where each fetch asks for itself. */
  batchKey: BatchKey | null;
}

/** One run of a plan. */
export interface PlanRun {
  /** What the fetches have brought together, in the shape of the supergraph. */
  readonly data: Data;
  readonly errors: GraphQLError[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly skipInclude: SkipIncludeValues;
  /** Asks a subgraph; never rejects: a subgraph that is away is an error of the answer. `variables` is JSON. */
  fetch(operation: SubgraphOperation, variables: string): Promise<FormattedExecutionResult>;
  /**
   * Asks for entities: the fetch's own variables are the inside of a JSON object, representations are JSON; its answer has
   * them in their order. Never rejects.
   */
  fetchEntities(
    operation: EntityOperation,
    own: string,
    representations: readonly string[],
  ): Promise<FormattedExecutionResult>;
}

/** How a run asks subgraphs. */
export type SubgraphFetcher = Pick<PlanRun, 'fetch' | 'fetchEntities'>;

/** The objects that a part of a plan works on, and the way to them. */
export interface Cursor {
  objects: readonly Data[];
  path: Path;
}

/** A part of a plan, compiled. */
export type Step = (run: PlanRun, cursor: Cursor) => Promise<void> | void;
