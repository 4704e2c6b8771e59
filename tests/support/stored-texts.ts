import type { Client } from 'pg';
import { connect, databaseUrl } from '@souk/shared/postgres';

/** A row that has one of the searched texts. */
export interface FoundRow {
  /** Such as `account.session`. */
  table: string;
  /** The row as text. */
  row: string;
}

/** The databases of a Souk on one server: those of the subgraphs, and the queue's. */
const databases = ['account', 'catalog', 'order', 'payment', 'social', 'queue'];

/**
 * Searches all columns of all tables of all databases for texts, regardless of case: also JSON, arrays, and binary columns
 * that have the text's bytes.
 */
export async function findStoredTexts(serverUrl: string, texts: readonly string[]): Promise<FoundRow[]> {
  const found: FoundRow[] = [];
  for (const name of databases) {
    const client = await connect(databaseUrl(serverUrl, `souk_${name}`));
    try {
      for (const table of await tablesOf(client)) found.push(...(await search(client, name, table, texts)));
    } finally {
      await client.end();
    }
  }
  return found;
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

async function search(
  client: Client,
  database: string,
  table: string,
  texts: readonly string[],
): Promise<FoundRow[]> {
  const patterns = texts
    .flatMap((text) => [text, Buffer.from(text).toString('hex')])
    .map((text) => `%${text}%`);
  const { rows } = await client.query<{ row: string }>(
    `SELECT t::text AS row FROM ${table} t WHERE t::text ILIKE ANY($1)`,
    [patterns],
  );
  return rows.map(({ row }) => ({ table: `${database}.${table.replace(/^public\./, '')}`, row }));
}
