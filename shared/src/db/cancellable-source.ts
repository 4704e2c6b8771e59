import { setTimeout } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { EntityManager } from 'typeorm';
import type { ReplicationMode } from 'typeorm/driver/types/ReplicationMode.js';
import type { Cancellation } from '../cancellation.js';
import { cancelStatement, isStatementCanceled } from '../postgres.js';

/** Runs after a cancellation too, so that no connection goes back in the middle of a transaction. */
const isRollback = /^ROLLBACK\b/;
/** Does not begin after a cancellation; one that has begun is not canceled: it is as good as done. */
const isCommit = /^COMMIT\b/;
/** A cancel request that reaches the server before its statement does has no effect; then there is another. */
const cancelAgainMs = 200;

/**
 * A view of a data source whose statements end with a cancellation: PostgreSQL cancels running statements, no new
 * statement begins, and a transaction rolls back. Running and new statements throw the cancellation's reason. The
 * connections belong to the data source's own pool, and return to it intact.
 */
export function cancellableSource(source: DataSource, cancellation: Cancellation): DataSource {
  const view = Object.create(source) as DataSource;
  const createQueryRunner = (mode: ReplicationMode = 'master'): QueryRunner => {
    const runner = source.createQueryRunner(mode);
    Object.assign(runner, { manager: new EntityManager(view, runner) });
    return cancellable(runner, cancellation);
  };
  return Object.assign(view, { createQueryRunner, manager: new EntityManager(view) });
}

function cancellable(runner: QueryRunner, cancellation: Cancellation): QueryRunner {
  const run = runner.query.bind(runner) as (
    sql: string,
    parameters?: unknown[],
    structured?: boolean,
  ) => Promise<unknown>;
  let hasBegun = false;
  const query = async (sql: string, parameters?: unknown[], structured?: boolean): Promise<unknown> => {
    if (isRollback.test(sql)) return hasBegun ? run(sql, parameters, structured) : undefined;
    throwIfCancelled(cancellation);
    const client = (await runner.connect()) as PoolClient;
    // It may have waited for a connection until the client had gone.
    throwIfCancelled(cancellation);
    hasBegun = true;
    const statement = run(sql, parameters, structured);
    if (isCommit.test(sql)) return statement;
    const canceling: Promise<void>[] = [];
    const unhook = cancellation.onCancel(() => void canceling.push(cancelUntilEnded(client, statement)));
    try {
      return await statement;
    } catch (error) {
      if (cancellation.reason && isStatementCanceled(error)) throw cancellation.reason;
      throw error;
    } finally {
      unhook();
      // A connection that went back before its cancel request has arrived would have the next one's statement canceled.
      await Promise.all(canceling);
    }
  };
  return Object.assign(runner, { query });
}

async function cancelUntilEnded(client: PoolClient, statement: Promise<unknown>): Promise<void> {
  const ended = statement.then(
    () => true,
    () => true,
  );
  do await cancelStatement(client);
  while (!(await Promise.race([ended, setTimeout(cancelAgainMs, false, { ref: false })])));
}

function throwIfCancelled({ reason }: Cancellation): void {
  if (reason) throw reason;
}
