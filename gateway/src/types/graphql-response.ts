import type { GraphQLError } from 'graphql';

/** What a run of an operation gave: `data` is JSON, or null where nothing was run. */
export interface GraphQLResponse {
  data: string | null;
  errors: readonly GraphQLError[];
  /** `degraded` names the subgraphs that did not answer; null where there is nothing to say. */
  extensions: Readonly<Record<string, unknown>> | null;
  /** Where it could be kept. */
  cache?: CacheInfo;
}

/** The answers of a subscription, one for each event. */
export interface ResponseStream extends AsyncIterableIterator<GraphQLResponse> {
  /** Ends them at once; `last` is still told. */
  end(last: GraphQLResponse): void;
}

/** The answer of a run that was not answered by these subgraphs. */
export function toResponse(outcome: OperationResult, degraded: ReadonlySet<string>): GraphQLResponse {
  return { ...outcome, extensions: degraded.size > 0 ? { degraded: [...degraded].sort() } : null };
}

/** The answer where nothing is run. */
export function errorResponse(...errors: readonly GraphQLError[]): GraphQLResponse {
  return { data: null, errors, extensions: null };
}

/** What an operation gave. */
export interface OperationResult {
  /** JSON. */
  data: string;
  errors: readonly GraphQLError[];
}

/** What an answer has to do with the cache, for its headers. */
export interface CacheInfo {
  status: 'hit' | 'miss' | 'bypass';
  /** In seconds, by the hints of the schema. */
  maxAgeS: number;
  ageMs: number;
}
