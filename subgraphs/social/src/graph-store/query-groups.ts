/** Rows that answer many questions at once, by question; `n` is the question's place, from 0. */
export function groupByQuery<Row extends { n: number }>(questions: number, rows: readonly Row[]): Row[][] {
  const groups = Array.from({ length: questions }, (): Row[] => []);
  for (const row of rows) groups[row.n]?.push(row);
  return groups;
}
