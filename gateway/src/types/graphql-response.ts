import type { GraphQLError } from 'graphql';
import type { CacheRestriction } from './freshness.js';

/** The response to an operation. `data` is JSON, or null if nothing was executed. */
export interface GraphQLResponse {
  data: string | null;
  errors: readonly GraphQLError[];
  /** `degraded` lists the subgraphs that did not respond; null without extensions. */
  extensions: Readonly<Record<string, unknown>> | null;
  /** Set for cacheable responses. */
  cache?: CacheInfo;
}

/** The responses of a subscription, one for each event. */
export interface ResponseStream extends AsyncIterableIterator<GraphQLResponse> {
  /** Ends the stream at once, after a `last` response. */
  end(last: GraphQLResponse): void;
}

/** The response to an executed operation. `degraded` lists the subgraphs that did not respond. */
export function toResponse(outcome: OperationResult, degraded: ReadonlySet<string>): GraphQLResponse {
  return { ...outcome, extensions: degraded.size > 0 ? { degraded: [...degraded].sort() } : null };
}

/** The response to an operation that was not executed. */
export function errorResponse(...errors: readonly GraphQLError[]): GraphQLResponse {
  return { data: null, errors, extensions: null };
}

/** The result of an executed operation. */
export interface OperationResult {
  /** JSON. */
  data: string;
  errors: readonly GraphQLError[];
}

/** Cache status of a response, for its headers. */
export interface CacheInfo {
  /** `restricted`: a subgraph has it kept by nobody else. */
  status: 'hit' | 'miss' | 'bypass' | 'restricted';
  /** The strongest directive of the subgraphs; set where the status is `restricted`. */
  restriction?: CacheRestriction;
  /** In seconds, by the hints of the schema and the headers of subgraphs. */
  maxAgeS: number;
  ageMs: number;
  /** The cache entry of a hit, which `data` belongs to for as long as it lives; left out where no object stands for it. */
  owner?: object;
}
