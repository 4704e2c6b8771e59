import type { Cancellation } from '../cancellation.js';

/** A GraphQL request to a subgraph; header names in lower case. */
export interface SubgraphRequest {
  query: string;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
  headers: Readonly<Record<string, string | undefined>>;
  /** Cancelled when the caller no longer waits for the answer. Queries end then, mutations do not. */
  cancellation?: Cancellation | null;
}
