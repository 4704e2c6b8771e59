import { Unavailable } from '@souk/shared/errors';
import type { GraphErrorCode } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import type { FormattedExecutionResult } from 'graphql';
import { ClientGone } from '../cancellation.js';
import type { Cancellation } from '../cancellation.js';
import { TimedOut } from '../deadline.js';
import type { SubgraphOperation } from '../link.js';
import type { Links } from '../links.js';
import { requestIdHeader } from '../request.js';

/** On whose behalf subgraphs are called. */
export interface Caller {
  /** Everything that a subgraph is told. */
  headers: Readonly<Record<string, string>>;
  /** `performance.now()` at which the answer is of no use any more. */
  deadline: number;
  cancellation: Cancellation | null;
  /** The names of subgraphs that did not answer are added here. */
  degraded: Set<string>;
}

/** Calls subgraphs. */
export interface Subgraphs {
  /** Never rejects: a subgraph that is away is an error of the part that was asked of it. */
  ask(operation: SubgraphOperation, variables: string, caller: Caller): Promise<FormattedExecutionResult>;
}

/** Calls through links; an answer may take `timeoutMs`, and never longer than the request has left. */
export function createSubgraphs(links: Pick<Links, 'get'>, timeoutMs: number, log: Log): Subgraphs {
  return {
    ask: async (operation, variables, { headers, deadline, cancellation, degraded }) => {
      try {
        const link = links.get(operation.subgraph);
        if (!link) throw new Error(`There is no link to the subgraph ${operation.subgraph}.`);
        const left = Math.floor(Math.min(timeoutMs, deadline - performance.now()));
        if (left <= 0) throw new TimedOut(timeoutMs);
        return await link.execute({ operation, variables, headers, timeoutMs: left, cancellation });
      } catch (error) {
        if (!(error instanceof ClientGone)) {
          degraded.add(operation.subgraph);
          log.warn(
            { err: error, subgraph: operation.subgraph, requestId: headers[requestIdHeader] },
            'a subgraph did not answer',
          );
        }
        return { errors: [awayError(error)] };
      }
    },
  };
}

function awayError(error: unknown): { message: string; extensions: Record<string, unknown> } {
  const of = (code: GraphErrorCode, message: string, extensions: Record<string, unknown> = {}) => ({
    message,
    extensions: { code, ...extensions },
  });
  if (error instanceof TimedOut) return of('TIMEOUT', 'A part of the graph took too long to answer.');
  const message = 'A part of the graph is not available at the moment.';
  const retryAfter = error instanceof Unavailable ? error.retryAfter : null;
  return of('SERVICE_UNAVAILABLE', message, retryAfter === null ? {} : { retryAfter });
}
