import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource } from 'typeorm';

const work = new AsyncLocalStorage<string[]>();

/** The statements that a data source runs for some work, and not for background tasks meanwhile. */
export async function statementsDuring(source: DataSource, run: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const { logger } = source;
  const logQuery = logger.logQuery.bind(logger);
  logger.logQuery = (statement) => void work.getStore()?.push(statement);
  try {
    await work.run(statements, run);
  } finally {
    logger.logQuery = logQuery;
  }
  return statements;
}

/** How many of the statements count rows. */
export function countingStatements(statements: readonly string[]): number {
  return statements.filter((statement) => /\bcount\(/i.test(statement)).length;
}
