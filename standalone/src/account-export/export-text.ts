import type { ExportedPerson } from '@souk/shared/db/person-export';
import { toApiId } from '@souk/shared/ids';
import type { ExportedDatabase, ExportedDatabases } from './exported-databases.js';

/**
 * The data about a person as the text of one JSON object: a member for each subgraph with its lists of records. Written
 * record by record, each database in the state of one moment.
 */
export async function* writeExport(
  { all }: Pick<ExportedDatabases, 'all'>,
  person: ExportedPerson,
  now: Date,
): AsyncGenerator<string> {
  yield `{\n  "userId": ${JSON.stringify(toApiId('user', person.userId))},\n  "exportedAt": ${JSON.stringify(now)}`;
  for (const database of all) {
    yield `,\n  ${JSON.stringify(database.name)}: {`;
    yield* writeDatabase(database, person);
    yield '\n  }';
  }
  yield '\n}\n';
}

async function* writeDatabase(
  { source, exportPerson }: ExportedDatabase,
  person: ExportedPerson,
): AsyncGenerator<string> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    await runner.query('SET TRANSACTION READ ONLY');
    let separator = '';
    for (const { name, records } of exportPerson(runner.manager, person)) {
      yield `${separator}\n    ${JSON.stringify(name)}: [`;
      separator = ',';
      let between = '';
      for await (const record of records) {
        yield `${between}\n      ${JSON.stringify(record)}`;
        between = ',';
      }
      yield between === '' ? ']' : '\n    ]';
    }
    await runner.commitTransaction();
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}
