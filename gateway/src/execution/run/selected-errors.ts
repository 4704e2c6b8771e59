import type { GraphQLError } from 'graphql';
import type { PlannedKeys } from '../plan/planned-keys.js';

/**
 * The errors of fields that the client has selected, or that subgraphs require of each other. A fetch from a subgraph
 * with an interface object selects fields for all of its types, also those that the client wants of one type only.
 * @param errors with paths in planned keys
 * @param data JSON
 */
export function selectedErrors(
  errors: readonly GraphQLError[],
  keys: Pick<PlannedKeys, 'isRead' | 'stepForClient'>,
  data: string,
): readonly GraphQLError[] {
  if (errors.length === 0) return errors;
  const whole: unknown = JSON.parse(data);
  return errors.filter(({ path = [] }) => {
    let value = whole;
    for (const step of path) {
      if (typeof value !== 'object' || value === null) return true;
      const key = keys.stepForClient(step);
      if (!Array.isArray(value) && !Object.hasOwn(value, key)) return keys.isRead(String(step));
      value = (value as Record<string | number, unknown>)[key];
    }
    return true;
  });
}
