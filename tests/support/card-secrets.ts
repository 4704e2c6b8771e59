import type { Queryable } from '@souk/shared/postgres';

/** Data that must not be stored anywhere: card numbers, client secrets, keys, card details. */
const forbidden = [
  /(?<![0-9a-f-])[3-6]\d{12,18}(?![0-9a-f-])/,
  /_secret_/,
  /client_secret/,
  /sk_(test|live)_/,
  /whsec_/,
  /"(cvc|exp_month|exp_year|last4|fingerprint)"/,
];

/** A number with a valid card checksum. */
export const cardNumber = '4242424242424242';

/** @throws if a text contains forbidden data, with the surrounding text */
export function expectNothingThatPays(where: string, text: string): void {
  for (const pattern of forbidden) {
    const found = pattern.exec(text);
    const around = found ? text.slice(Math.max(0, found.index - 100), found.index + 100) : null;
    expect({ where, around }).toEqual({ where, around: null });
  }
}

/** All rows of all tables of a database, as text: a line for each, which begins with the table's name. */
export async function wholeDatabase(database: Queryable): Promise<string> {
  const tables = await database.query<{ schema: string; name: string }[]>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await database.query<{ text: string }[]>(
      `SELECT row_to_json(t)::text AS text FROM "${schema}"."${name}" t`,
    );
    texts.push(...rows.map(({ text }) => `${name}: ${text}`));
  }
  return texts.join('\n');
}
