import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isData } from './data.js';

/** The entities of an answer to so many representations; null where it has another number of them, or none at all. */
export function entitiesOf(data: FormattedExecutionResult['data'], count: number): readonly unknown[] | null {
  const list = isData(data) ? data['_entities'] : null;
  return Array.isArray(list) && list.length === count ? (list as readonly unknown[]) : null;
}

/**
 * An error of a call for entities, as errors of another call that has the same entities at other positions: one for each
 * of them. An error that is of no entity stays as it is.
 */
export function movedErrors(
  error: GraphQLFormattedError,
  positionsOf: (index: number) => readonly number[],
): GraphQLFormattedError[] {
  const [field, index, ...below] = error.path ?? [];
  if (field !== '_entities' || typeof index !== 'number') return [error];
  return positionsOf(index).map((position) => ({ ...error, path: [field, position, ...below] }));
}
