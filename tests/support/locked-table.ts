import { connect } from '@souk/shared/postgres';
import type { SubgraphUnderTest, TestUser } from './subgraph.js';
import { until } from './until.js';

/** A query of a subgraph that reads a table. */
export interface LockedQuery {
  /** As SQL has it. */
  table: string;
  query: string;
  /** A part of the statement, where others of the subgraph, its sweeps, read the table, too. */
  statement?: string;
  variables?: Record<string, unknown>;
  user?: TestUser | null;
}

const timeoutMs = 500;

/**
 * Locks a table and executes a query that reads it, whose caller waits for half a second. Returns when no statement waits for
 * the table any more. @returns the codes of the answer's errors @throws where one still waits, or none ever did
 */
export async function queryLocked(
  { app, databaseUrl }: Pick<SubgraphUnderTest, 'app' | 'databaseUrl'>,
  { table, query, statement = '', variables, user = null }: LockedQuery,
): Promise<unknown[]> {
  const [holder, observer] = await Promise.all([connect(databaseUrl), connect(databaseUrl)]);
  const waiting = async (): Promise<number> => {
    const { rows } = await observer.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE NOT granted AND relation = $1::regclass AND strpos(query, $2) > 0`,
      [table, statement],
    );
    return rows[0]?.count ?? 0;
  };
  try {
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const answer = app.execute({
      query,
      variables,
      headers: {
        'x-souk-timeout-ms': String(timeoutMs),
        ...(user && { authorization: user.authorization }),
      },
    });
    await until(`a statement waits for ${table}`, async () => (await waiting()) > 0);
    const { errors } = await answer;
    await until(`no statement waits for ${table}`, async () => (await waiting()) === 0, 5_000);
    return (errors ?? []).map(({ extensions }) => extensions?.['code']);
  } finally {
    await Promise.all([holder.end(), observer.end()]);
  }
}
