import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isData } from './data.js';

/** The entities of a result; null if their number is not `count`. */
export function entitiesOf(data: FormattedExecutionResult['data'], count: number): readonly unknown[] | null {
  const list = isData(data) ? data['_entities'] : null;
  return Array.isArray(list) && list.length === count ? (list as readonly unknown[]) : null;
}

/**
 * Moves an error of an entity fetch to the positions of that entity in another fetch, one error for each position.
 * Errors without an entity are unchanged.
 */
export function movedErrors(
  error: GraphQLFormattedError,
  positionsOf: (index: number) => readonly number[],
): GraphQLFormattedError[] {
  const [field, index, ...below] = error.path ?? [];
  if (field !== '_entities' || typeof index !== 'number') return [error];
  return positionsOf(index).map((position) => ({ ...error, path: [field, position, ...below] }));
}
