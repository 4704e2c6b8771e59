import type { Client as Connection } from 'pg';

/** Copies a row `count` times; `overrides` are SQL by column, in which `i` counts from 1 and `src` is the row. */
export async function copyRow(
  connection: Connection,
  table: string,
  id: string,
  overrides: Readonly<Record<string, string>>,
  count: number,
): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position`,
    [table],
  );
  const columns = rows.map(({ name }) => name);
  const values = columns.map((name) => overrides[name] ?? `src.${name}`);
  const copied = await connection.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${values.join(', ')} FROM ${table} src, generate_series(1, ${count}) AS i WHERE src.id = $1`,
    [id],
  );
  if (copied.rowCount !== count)
    throw new Error(`Of ${count} copies in ${table} ${copied.rowCount} were made.`);
}
