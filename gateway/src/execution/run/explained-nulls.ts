import type { GraphQLError } from 'graphql';
import type { Path } from '../../types/data.js';

/** A place for which a subgraph had no data, and said why. */
export interface FailedFetch {
  path: Path;
  /** The keys that the subgraph would have added there. */
  keys: ReadonlySet<string | number>;
}

/**
 * The nulls against the schema that no subgraph has explained: an error explains what is null at its path and above it,
 * and an error of a fetch all that the fetch would have given.
 */
export function unexplained(
  violations: readonly GraphQLError[],
  errors: readonly GraphQLError[],
  failed: readonly FailedFetch[],
): GraphQLError[] {
  if (errors.length === 0) return [...violations];
  const above = new Set<string>();
  for (const { path } of errors) {
    if (!path) continue;
    for (let length = 1; length <= path.length; length += 1) above.add(textOf(path.slice(0, length)));
  }
  const missing = new Map<string, Set<string | number>>();
  for (const { path, keys } of failed) {
    const place = textOf(path);
    missing.set(place, new Set([...(missing.get(place) ?? []), ...keys]));
  }
  return violations.filter(({ path = [] }) => {
    if (above.has(textOf(path))) return false;
    for (const [length, step] of path.entries()) {
      if (missing.get(textOf(path.slice(0, length)))?.has(step)) return false;
    }
    return true;
  });
}

function textOf(path: Path): string {
  return path.join('\n');
}
