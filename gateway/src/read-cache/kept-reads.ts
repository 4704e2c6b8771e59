import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { AccessRules } from '../access.js';
import type { Supergraph } from '../supergraph.js';
import { cacheHints } from './hints.js';
import { KeptAnswers } from './kept-answers.js';
import { KeptEntities } from './kept-entities.js';
import { cachePolicies } from './policy.js';
import type { ReadCache } from './read-cache.js';

/** What is kept of the reads of one supergraph. */
export interface KeptReads {
  answers: KeptAnswers;
  entities: KeptEntities;
}

/** Null where there is no cache, and where the supergraph has no hints. Another supergraph's are other keys. */
export function keptReads(
  cache: ReadCache | null,
  supergraph: Supergraph,
  api: GraphQLSchema,
  rules: AccessRules,
): KeptReads | null {
  const hints = cacheHints(supergraph.document);
  if (!cache || hints.isEmpty) return null;
  const policies = cachePolicies(api, hints, rules);
  const graphId = createHash('sha256')
    .update(supergraph.sdl)
    .update(JSON.stringify(supergraph.rules))
    .digest('base64url');
  return {
    answers: new KeptAnswers(cache, policies, graphId),
    entities: new KeptEntities(cache, policies, graphId),
  };
}
