import type { Driver, EagerResult, QueryConfig, RecordShape, RoutingControl } from 'neo4j-driver';
import { isRetryableError, Neo4jError } from 'neo4j-driver';
import { withDeadline } from '@souk/shared/async/deadline';
import { Unavailable } from '@souk/shared/errors';

/** The server ends a query after this time. */
export const defaultTimeoutMs = 4_000;
// Covers a server or a network that has stopped responding.
const graceMs = 2_000;
const retryAfterSeconds = 2;

/** Runs a query in its own transaction. The driver retries it after a deadlock or a lost connection. */
export async function runQuery<Row extends RecordShape>(
  driver: Driver,
  direction: RoutingControl,
  cypher: string,
  parameters: Record<string, unknown>,
  timeoutMs: number,
): Promise<Row[]> {
  const config: Pick<QueryConfig<EagerResult<Row>>, 'routing' | 'transactionConfig'> = {
    routing: direction,
    transactionConfig: { timeout: timeoutMs },
  };
  try {
    const { records } = await withDeadline(driver.executeQuery(cypher, parameters, config), {
      timeoutMs: timeoutMs + graceMs,
      createError: () => toUnavailable('response timeout'),
    });
    return records.map((record) => record.toObject());
  } catch (error) {
    throw asUnavailable(error);
  }
}

/** A failure that passes, as `Unavailable`; any other error as it is. */
export function asUnavailable(error: unknown): unknown {
  return isUnavailable(error) ? toUnavailable(error) : error;
}

function isUnavailable(error: unknown): boolean {
  return (
    error instanceof Neo4jError &&
    (isRetryableError(error) || error.code.startsWith('Neo.ClientError.Transaction.TransactionTimedOut'))
  );
}

function toUnavailable(cause: unknown): Unavailable {
  const unavailable = new Unavailable('The social graph is unavailable. Try again.', retryAfterSeconds);
  unavailable.cause = cause;
  return unavailable;
}
