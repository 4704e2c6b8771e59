import type { GraphQLDataSource } from '@apollo/gateway';
import { messageOf, Unavailable } from '@souk/shared/errors';
import type { GraphErrorCode } from '@souk/shared/graph/errors';
import type { SubgraphExecutor, SubgraphRequest } from '@souk/shared/graph/server';
import type { Log } from '@souk/shared/log';
import type { FormattedExecutionResult } from 'graphql';
import { Pool } from 'undici';
import { TimedOut, withDeadline } from './deadline.js';
import type { GatewayContext } from './request.js';
import { requestIdHeader, withSecret } from './request.js';

/** The way to a subgraph: over HTTP, or as functions of one process. */
export interface Link {
  name: string;
  execute: SubgraphExecutor;
  close(): Promise<void>;
}

/** What the links have in common. */
export interface LinkOptions {
  /** What a subgraph may take for an answer. */
  timeoutMs: number;
}

/** A link to a subgraph that listens at `url`. Connections are kept and used again. */
export function httpLink(name: string, url: string, { timeoutMs }: LinkOptions): Link {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: 64,
    connect: { timeout: 3_000 },
    // One deadline for the whole exchange is enough: the signal below.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    name,
    execute: async ({ query, variables, operationName, headers }) => {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const { body } = await pool.request({
          path: `${pathname}${search}`,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ query, variables, operationName }),
          signal,
        });
        return (await body.json()) as FormattedExecutionResult;
      } catch (error) {
        throw signal.aborted ? new TimedOut(timeoutMs) : error;
      }
    },
    close: () => pool.destroy(),
  };
}

/** A link to a subgraph that lives in this process. */
export function functionLink(name: string, execute: SubgraphExecutor, { timeoutMs }: LinkOptions): Link {
  return {
    name,
    execute: (request) => withDeadline(execute(request), timeoutMs),
    close: () => Promise.resolve(),
  };
}

/** The planner's view of a link. A subgraph that is away becomes an error of the part that was asked of it. */
export function dataSource(link: Link, secret: string, log: Log): GraphQLDataSource {
  return {
    process: async ({ request, context }) => {
      const { headers } = context as GatewayContext;
      const { data, errors } = await ask(link, { ...request, headers: withSecret(headers, secret) }, log);
      return { ...(data === undefined ? {} : { data }), ...(errors ? { errors } : {}) };
    },
  };
}

async function ask(
  link: Link,
  {
    query = '',
    variables,
    operationName,
    headers,
  }: Partial<SubgraphRequest> & Pick<SubgraphRequest, 'headers'>,
  log: Log,
): Promise<FormattedExecutionResult> {
  try {
    return checked(await link.execute({ query, variables, operationName, headers }));
  } catch (error) {
    log.warn(
      { err: error, subgraph: link.name, requestId: headers[requestIdHeader] },
      'a subgraph did not answer',
    );
    return { errors: [awayError(error)] };
  }
}

function checked(result: FormattedExecutionResult): FormattedExecutionResult {
  // An answer of a proxy in between, for instance.
  if (typeof result !== 'object' || (result.data === undefined && !Array.isArray(result.errors))) {
    throw new Error('The answer is not a GraphQL response.');
  }
  return result;
}

function awayError(error: unknown): { message: string; extensions: Record<string, unknown> } {
  const of = (code: GraphErrorCode, message: string) => ({ message, extensions: { code } });
  if (error instanceof TimedOut) return of('TIMEOUT', 'A part of the graph took too long to answer.');
  if (error instanceof Unavailable && error.retryAfter !== null) {
    const { message, extensions } = of(
      'SERVICE_UNAVAILABLE',
      'A part of the graph is not available at the moment.',
    );
    return { message, extensions: { ...extensions, retryAfter: error.retryAfter } };
  }
  return of('SERVICE_UNAVAILABLE', 'A part of the graph is not available at the moment.');
}

/** Whether the subgraph answers the smallest question; null when it does, else why not. */
export async function probe(link: Link, secret: string, timeoutMs: number): Promise<string | null> {
  const request = {
    query: '{ __typename }',
    headers: withSecret({ [requestIdHeader]: 'readiness' }, secret),
  };
  try {
    const { data, errors } = await withDeadline(link.execute(request), timeoutMs);
    return data ? null : (errors?.[0]?.message ?? 'no data');
  } catch (error) {
    return messageOf(error);
  }
}
