import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { AccessRules } from '../types/access.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import { cacheHints } from './cache-control.js';
import { ResponseCache } from './response-cache.js';
import { EntityCache } from './entity-cache.js';
import { cachePolicies } from './cache-policy.js';
import type { ReadCache } from './read-cache.js';

/** The caches of one supergraph. */
export interface SchemaCaches {
  responses: ResponseCache;
  entities: EntityCache;
}

/** Null without a cache, and for a supergraph without cache hints. Keys include a hash of the supergraph. */
export function createSchemaCaches(
  cache: ReadCache | null,
  supergraph: Supergraph,
  api: GraphQLSchema,
  rules: AccessRules,
): SchemaCaches | null {
  const hints = cacheHints(supergraph.document);
  if (!cache || hints.isEmpty) return null;
  const policies = cachePolicies(api, hints, rules);
  const graphId = createHash('sha256')
    .update(supergraph.sdl)
    .update(JSON.stringify(supergraph.rules))
    .digest('base64url');
  return {
    responses: new ResponseCache(cache, policies, graphId),
    entities: new EntityCache(cache, policies, graphId),
  };
}
