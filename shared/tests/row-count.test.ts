import { countMatches, countRows, countRowsByKey } from '@souk/shared/db/row-count';
import { newId } from '@souk/shared/ids';
import type { DataSource } from 'typeorm';
import { statementsDuring } from '../../tests/support/statements.js';
import { openFreshDatabase } from '../../tests/support/subgraph.js';

const small = newId();
const large = newId();
let source: DataSource;

beforeAll(async () => {
  source = await openFreshDatabase('row_count', 2);
  await source.query('CREATE TABLE thing (n int PRIMARY KEY, owner uuid NOT NULL)');
  await source.query(
    `INSERT INTO thing SELECT n, CASE WHEN n <= 50 THEN $1::uuid ELSE $2::uuid END
     FROM generate_series(1, 20000) AS t (n)`,
    [small, large],
  );
  await source.query('ANALYZE thing');
});

afterAll(() => source.destroy());

const below = 'SELECT 1 FROM thing WHERE n <= $1';

test.each([0, 1, 9_999, 10_000])('%d rows are counted exactly, in one statement', async (count) => {
  const statements = await statementsDuring(source, async () => {
    expect(await countRows(source.manager, below, [count])).toEqual({ count, isEstimate: false });
  });
  expect(statements).toHaveLength(1);
});

test('more rows are estimated by the planner', async () => {
  const { count, isEstimate } = await countRows(source.manager, below, [18_000]);
  expect(isEstimate).toBe(true);
  expect(count).toBeGreaterThan(16_000);
  expect(count).toBeLessThan(20_001);
});

test('an estimate is never below what was counted', async () => {
  // The planner takes a third of the rows for what it knows nothing about.
  const unknown = 'SELECT 1 FROM thing WHERE n * 2 > $1';
  expect(await countRows(source.manager, unknown, [0])).toEqual({ count: 10_001, isEstimate: true });
});

test('an estimate is never above the largest Int', async () => {
  const cross = 'SELECT 1 FROM thing a, thing b, thing c';
  expect(await countRows(source.manager, cross, [])).toEqual({ count: 2 ** 31 - 1, isEstimate: true });
});

test('a query builder is counted with its parameters, and can be used for rows afterwards', async () => {
  const query = source.createQueryBuilder().select('t.n', 'n').from('thing', 't').where('t.n < :n', { n: 3 });
  expect(await countMatches(source.manager, query)).toEqual({ count: 2, isEstimate: false });
  expect(await query.getRawMany()).toEqual([{ n: 1 }, { n: 2 }]);
});

test('several keys are counted in one statement, and one more for each estimate', async () => {
  const of = (key: string): string => `SELECT 1 FROM thing WHERE owner = ${key} AND n <= $2`;
  const count = (keys: string[], n: number) => countRowsByKey(source.manager, of, keys, [n]);
  const statements = await statementsDuring(source, async () => {
    expect(await count([newId(), small, small, large], 60)).toEqual(
      [0, 50, 50, 10].map((number) => ({ count: number, isEstimate: false })),
    );
  });
  expect(statements).toHaveLength(1);
  const [first, second] = await count([small, large], 20_000);
  expect(first).toEqual({ count: 50, isEstimate: false });
  expect(second?.isEstimate).toBe(true);
  expect(second?.count).toBeGreaterThan(18_000);
});
