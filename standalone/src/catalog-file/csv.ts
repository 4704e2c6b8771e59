import { Readable } from 'node:stream';
import type { ImportRecord, RecordFields } from '@souk/catalog/domain/import/import-record';
import { Rejection, messageOf } from '@souk/shared/errors';
import type { InputField } from '@souk/shared/graph/input-objects';
import { storable } from '@souk/shared/text';
import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { maxRecordUnits } from './file-format.js';

/** The cell of a field that is to be cleared. An empty cell is an absent field. */
const nullCell = String.raw`\N`;
/** Texts that a spreadsheet would calculate, or that are the null cell, get an apostrophe before them. */
const escaped = /^'*(?:[=+\-@\t\r]|\\N$)/;
const parts = ['amount', 'currency'] as const;
const maxNameUnits = 100;

/** A record of the parser: its cells, and the number of its last line. */
interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

/** The content of a column: a field, or one part of an amount of money. */
interface Column {
  field: InputField;
  part: (typeof parts)[number] | null;
}

/** The columns of catalog files, by name. */
export function columnsOf(fields: readonly InputField[]): ReadonlyMap<string, Column> {
  return new Map(
    fields.flatMap((field): [string, Column][] =>
      field.form === 'money'
        ? parts.map((part) => [`${field.name}.${part}`, { field, part }])
        : [[field.name, { field, part: null }]],
    ),
  );
}

/** Reads CSV whose first record names the columns. @throws Error for unknown and repeated columns */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  fields: readonly InputField[],
): AsyncGenerator<ImportRecord> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, max_record_size: maxRecordUnits });
  const source = Readable.from(chunks).on('error', (error) => parser.destroy(error));
  let columns: readonly Column[] | null = null;
  let end = 0;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<ParsedRecord>) {
      const line = end + 1;
      end = info.lines;
      if (columns === null) columns = readHeader(record, columnsOf(fields));
      else if (record.some((cell) => cell !== '')) yield readRecord(line, record, columns);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser does not know where the next record begins.
    yield { line: end + 1, fields: {}, problems: [new Rejection('INVALID', messageOf(error))] };
  } finally {
    source.destroy();
  }
}

function readHeader(names: readonly string[], known: ReadonlyMap<string, Column>): Column[] {
  const seen = new Set<string>();
  return names.map((cell) => {
    const name = cell.trim();
    const column = known.get(name);
    if (!column) throw new Error(`There is no column ${JSON.stringify(storable(name, maxNameUnits))}.`);
    if (seen.has(name)) throw new Error(`The column ${name} is there twice.`);
    seen.add(name);
    return column;
  });
}

function readRecord(line: number, cells: readonly string[], columns: readonly Column[]): ImportRecord {
  if (cells.length !== columns.length) {
    const message = `The row has ${cells.length} cells, and the file ${columns.length} columns.`;
    return { line, fields: {}, problems: [new Rejection('INVALID', message)] };
  }
  const fields: Record<string, unknown> = {};
  const problems: Rejection[] = [];
  for (const [index, { field, part }] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    const { name } = field;
    if (cell === nullCell) fields[name] ??= null;
    else if (part !== null) fields[name] = { ...(fields[name] ?? {}), [part]: moneyPart(cell, part) };
    else if (field.form === 'json') {
      try {
        fields[name] = JSON.parse(cell);
      } catch {
        problems.push(new Rejection('INVALID', 'Must be JSON.', { field: [name] }));
      }
    } else fields[name] = readCell(cell, field.form);
  }
  return { line, fields, problems };
}

function moneyPart(cell: string, part: Column['part']): unknown {
  return readCell(cell, part === 'amount' ? 'number' : 'text');
}

/** A cell that is no number or boolean stays a text, which the reader of the field refuses by name. */
function readCell(cell: string, form: InputField['form']): unknown {
  if (form === 'number') return /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell;
  if (form === 'boolean') return cell === 'true' ? true : cell === 'false' ? false : cell;
  return cell.startsWith("'") && escaped.test(cell) ? cell.slice(1) : cell;
}

/** Writes records as CSV. */
export function writeCsv(
  records: AsyncIterable<RecordFields>,
  fields: readonly InputField[],
): AsyncIterable<string> {
  const columns = columnsOf(fields);
  async function* rows(): AsyncGenerator<string[]> {
    yield [...columns.keys()];
    for await (const record of records)
      yield [...columns.values()].map((column) => writeCell(record, column));
  }
  const output = stringify();
  const source = Readable.from(rows()).on('error', (error) => output.destroy(error));
  return source.pipe(output).setEncoding('utf8') as AsyncIterable<string>;
}

function writeCell(record: RecordFields, { field, part }: Column): string {
  const value = record[field.name];
  if (value === undefined) return '';
  if (value === null) return nullCell;
  if (part !== null) return String((value as Record<string, unknown>)[part]);
  if (field.form === 'json') return JSON.stringify(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  return escaped.test(value) ? `'${value}` : value;
}
