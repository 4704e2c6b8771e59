import { cacheDependenciesHeader, cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import { freshnessOf } from '../../types/freshness.js';
import { sharedHeaders } from '../../types/request.js';
import type { EntityCache } from '../../cache/entity-cache.js';
import type { CacheDependencies } from '../../cache/cache-dependencies.js';
import { withEntityBatching } from '../batch/entity-batcher.js';
import type { SubgraphFetcher } from './plan-run.js';
import { entityVariables } from '../../types/subgraph-operation.js';
import type { Caller, Subgraphs } from '../../subgraph/subgraphs.js';

/**
 * Creates the fetcher of a run on a caller's behalf. It takes public entities from `cache`; dependencies are
 * added up in `reads`. Null: they are not wanted.
 */
export function createFetcher(
  subgraphs: Subgraphs,
  caller: Caller,
  cache: EntityCache | null,
  reads: CacheDependencies | null,
): SubgraphFetcher {
  const curious: Caller =
    cache || reads ? { ...caller, headers: { ...caller.headers, [cacheDependenciesHeader]: '1' } } : caller;
  const isAuthorized = caller.headers['authorization'] !== undefined;
  let shared: Caller | null = null;
  const fetch: SubgraphFetcher['fetch'] = reads
    ? async (operation, variables) => {
        const result = await subgraphs.fetch(operation, variables, curious);
        const report = cacheDependenciesOf(result);
        reads.addReport(operation.subgraph, report);
        reads.addFreshness(freshnessOf(result), { isAuthorized, isReported: report !== null });
        return result;
      }
    : (operation, variables) => subgraphs.fetch(operation, variables, caller);
  const fetchEntities: SubgraphFetcher['fetchEntities'] = (operation, own, representations) => {
    if (!cache?.isPublic(operation)) return fetch(operation, entityVariables(own, representations));
    return cache.fetch(
      { operation, own, representations },
      {
        language: caller.headers['accept-language'] ?? '',
        isAuthorized,
        send: (variables) => {
          // Entities are kept for others.
          shared ??= { ...curious, headers: sharedHeaders(curious.headers) };
          return subgraphs.fetch(operation, variables, shared);
        },
        reads,
      },
    );
  };
  return withEntityBatching({ fetch, fetchEntities });
}
