import type { ImportRecord, RecordFields } from '@souk/catalog/domain/import/import-record';
import { Rejection } from '@souk/shared/errors';
import { written } from '@souk/shared/text';
import { maxRecordUnits } from './file-format.js';

/** A line without its end; null for one that is too long. */
interface Line {
  line: number;
  text: string | null;
}

/** Reads JSON lines: one object in each, blank lines between them. */
export async function* readJsonLines(chunks: AsyncIterable<string>): AsyncGenerator<ImportRecord> {
  for await (const { line, text } of linesOf(chunks)) {
    if (text === null) yield refused(line, `A line must have at most ${written(maxRecordUnits)} characters.`);
    else if (text.trim() !== '') yield recordOf(line, text);
  }
}

/** Writes records as JSON lines. */
export async function* writeJsonLines(records: AsyncIterable<RecordFields>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

function recordOf(line: number, text: string): ImportRecord {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return refused(line, 'The line is not JSON.');
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    return refused(line, 'The line is not a JSON object.');
  return { line, fields: fields as RecordFields, problems: [] };
}

function refused(line: number, message: string): ImportRecord {
  return { line, fields: {}, problems: [new Rejection('INVALID', message)] };
}

/** Splits text into lines. No more than the longest permitted line is held, whatever the file is. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  let line = 1;
  let rest: string | null = '';
  const append = (text: string): void => {
    rest = rest === null || rest.length + text.length > maxRecordUnits ? null : rest + text;
  };
  for await (const chunk of chunks) {
    const parts = chunk.split('\n');
    for (const [index, part] of parts.entries()) {
      append(part);
      if (index === parts.length - 1) break;
      yield { line, text: rest };
      line += 1;
      rest = '';
    }
  }
  yield { line, text: rest };
}
