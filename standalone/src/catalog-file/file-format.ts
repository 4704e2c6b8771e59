import path from 'node:path';

/** How a catalog file is written. */
export type FileFormat = 'csv' | 'json-lines';

/** UTF-16 code units of one record at most: several times those of a listing whose texts all have their full length. */
export const maxRecordUnits = 2_000_000;

const formats: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'json-lines',
  '.ndjson': 'json-lines',
};

/** The format of a file by the ending of its name. @throws Error for another ending */
export function formatOf(file: string): FileFormat {
  const format = formats[path.extname(file).toLowerCase()];
  if (format === undefined)
    throw new Error(`The name of the file must end with ${Object.keys(formats).join(', ')}: ${file}`);
  return format;
}
