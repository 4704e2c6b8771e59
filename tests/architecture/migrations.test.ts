import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const subgraphs = readdirSync(join(root, 'subgraphs'));

/** Problems of the name of a migration: of its file, its class, and its registration in database.ts. */
function namingProblems(file: string, source: string, database: string): string[] {
  const [, timestamp, name] = /^(\d{13})-([a-z]+(?:-[a-z]+)*)\.ts$/.exec(file) ?? [];
  if (timestamp === undefined || name === undefined) return [`${file} is not named <timestamp>-<name>.ts.`];
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const className = words.join('') + timestamp;
  const problems: string[] = [];
  if (!source.includes(`export class ${className} implements MigrationInterface`))
    problems.push(`${file} does not export the class ${className}.`);
  if (!database.includes(`from './migrations/${file.replace(/ts$/, 'js')}'`))
    problems.push(`${file} is not registered in database.ts.`);
  return problems;
}

/** Names of the migrations in database.ts, in the order in which they run. */
function registered(database: string): string[] {
  const [, list = ''] = /export const migrations = \[([^\]]*)\]/.exec(database) ?? [];
  return list.match(/\w+\d{13}/g) ?? [];
}

describe.each(subgraphs)('the migrations of %s', (subgraph) => {
  const source = join(root, 'subgraphs', subgraph, 'src');
  const files = readdirSync(join(source, 'migrations'));
  const database = readFileSync(join(source, 'database.ts'), 'utf8');

  test('are named by timestamp and noun, file and class alike', () => {
    const problems = files.flatMap((file) =>
      namingProblems(file, readFileSync(join(source, 'migrations', file), 'utf8'), database),
    );
    expect(problems).toEqual([]);
  });

  test('run in the order of their timestamps, each with its own', () => {
    const timestamps = registered(database).map((name) => name.slice(-13));
    expect(timestamps).toHaveLength(files.length);
    expect(timestamps).toEqual([...new Set(timestamps)].sort());
  });
});

test('a migration with another name is found', () => {
  const source = 'export class Refund1764200000000 implements MigrationInterface {}';
  const database = "import { Refunds1764200000000 } from './migrations/1764200000000-refunds.js';";
  expect(namingProblems('refunds.ts', source, database)).toHaveLength(1);
  expect(namingProblems('1764200000000-refunds.ts', source, database)).toEqual([
    '1764200000000-refunds.ts does not export the class Refunds1764200000000.',
  ]);
  expect(namingProblems('1764200000000-refunds.ts', source.replace('Refund1', 'Refunds1'), '')).toEqual([
    '1764200000000-refunds.ts is not registered in database.ts.',
  ]);
  expect(namingProblems('1764200000000-refunds.ts', source.replace('Refund1', 'Refunds1'), database)).toEqual(
    [],
  );
});
