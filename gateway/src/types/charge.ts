import type { GraphQLError } from 'graphql';

/** The rate limit points of one request. Methods return the error that refuses the request, or null. */
export interface Charge {
  /** Checks this process's memory only, before any work is done. */
  refusal(): GraphQLError | null;
  /** Raises the price of the request by the size of its body. */
  weighBody(bytes: number): void;
  /** Pays for parsing and validating a new document. */
  payForDocument(length: number): Promise<GraphQLError | null>;
  /** Pays for running an operation. */
  payForRun(estimate: number, isPlanned: boolean): Promise<GraphQLError | null>;
  /** Pays for slow planning, after the fact. */
  payForPlanning(ms: number): void;
  /** Pays for a request that ended before anything was paid. */
  settle(): Promise<GraphQLError | null>;
}
