import type { DataSource } from 'typeorm';

/** The statements that a data source runs during some work, those of its other users included. */
export async function statementsDuring(source: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const { logger } = source;
  const logQuery = logger.logQuery.bind(logger);
  logger.logQuery = (statement) => void statements.push(statement);
  try {
    await work();
  } finally {
    logger.logQuery = logQuery;
  }
  return statements;
}

/** How many of the statements count rows. */
export function countingStatements(statements: readonly string[]): number {
  return statements.filter((statement) => /\bcount\(/i.test(statement)).length;
}
