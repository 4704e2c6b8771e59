import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { SubgraphOperation } from '../link.js';
import type { Data, Path } from './data.js';
import type { Switches } from './selection.js';

/** What fetches of entities ask: the same for all of a plan that differ only in the places that they are for. */
export interface Question {
  /** How many fetches of the plan ask it. */
  fetches: number;
}

/** An operation that asks for entities. */
export interface EntityOperation extends SubgraphOperation {
  /** Null where each fetch asks for itself. */
  question: Question | null;
}

/** One run of a plan. */
export interface PlanRun {
  /** What the fetches have brought together, in the shape of the supergraph. */
  readonly data: Data;
  readonly errors: GraphQLError[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly switches: Switches;
  /** Asks a subgraph; never rejects: a subgraph that is away is an error of the answer. `variables` is JSON. */
  ask(operation: SubgraphOperation, variables: string): Promise<FormattedExecutionResult>;
  /**
   * Asks for entities: the fetch's own variables are the inside of a JSON object, representations are JSON; its answer has
   * them in their order. Never rejects.
   */
  askEntities(
    operation: EntityOperation,
    own: string,
    representations: readonly string[],
  ): Promise<FormattedExecutionResult>;
}

/** How a run asks subgraphs. */
export type Asking = Pick<PlanRun, 'ask' | 'askEntities'>;

/** The variables of a fetch of entities. */
export function entityVariables(own: string, representations: readonly string[]): string {
  return `{${own}${own === '' ? '' : ','}"representations":[${representations.join(',')}]}`;
}

/** The objects that a part of a plan works on, and the way to them. */
export interface Cursor {
  objects: readonly Data[];
  path: Path;
}

/** A part of a plan, compiled. */
export type Step = (run: PlanRun, cursor: Cursor) => Promise<void> | void;
