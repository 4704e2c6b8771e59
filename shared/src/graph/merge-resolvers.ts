/** Resolvers by type name, then field name. */
type ResolverMap = Readonly<Record<string, unknown>>;

/** Merges the resolver maps of the parts of a subgraph. @throws Error if two parts resolve the same field */
export function mergeResolvers<Map extends object>(...parts: readonly Map[]): Map {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const part of parts) {
    for (const [type, fields] of Object.entries(part) as [string, ResolverMap][]) {
      const known = (merged[type] ??= {});
      for (const [field, resolve] of Object.entries(fields)) {
        if (field in known) throw new Error(`${type}.${field} has two resolvers.`);
        known[field] = resolve;
      }
    }
  }
  return merged as Map;
}
