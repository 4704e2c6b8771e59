/** Groups the rows of a batch of queries by query; `n` is the index of the query, from 0. */
export function groupByQuery<Row extends { n: number }>(queryCount: number, rows: readonly Row[]): Row[][] {
  const groups = Array.from({ length: queryCount }, (): Row[] => []);
  for (const row of rows) groups[row.n]?.push(row);
  return groups;
}
