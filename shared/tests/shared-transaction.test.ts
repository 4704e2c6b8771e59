import type { DataSource } from 'typeorm';
import { Database } from '@souk/shared/db/database';
import type { Settled } from '@souk/shared/db/shared-transaction';
import { SharedTransaction } from '@souk/shared/db/shared-transaction';
import { createLog } from '@souk/shared/log';
import { openFreshDatabase } from '../../tests/support/subgraph.js';

let source: DataSource;
let database: Database;
/** The items of each transaction that began, in their order. */
let together: number[][];

beforeAll(async () => {
  source = await openFreshDatabase('shared', 4);
  await source.query('CREATE TABLE done (n int CHECK (n <> 13))');
  database = new Database(source, () => Promise.resolve(), createLog('test', 'silent'));
});

beforeEach(async () => {
  together = [];
  await source.query('TRUNCATE done');
});

afterAll(() => database.close());

interface Item {
  n: number;
  group?: string;
}

/** Writes each item but the negative ones, which are refused; the table itself refuses 13. */
function writing(options: { parallel?: number } = {}): SharedTransaction<Item, number> {
  return new SharedTransaction<Item, number>({
    database,
    parallel: options.parallel ?? 1,
    exclusiveKey: ({ n, group }) => group ?? String(n),
    work: async (manager, _outbox, items) => {
      together.push(items.map(({ n }) => n));
      const fine = items.filter(({ n }) => n >= 0).map(({ n }) => n);
      await manager.query('INSERT INTO done SELECT * FROM unnest($1::int[])', [fine]);
      return items.map(({ n }): Settled<number> =>
        n < 0 ? { refusal: new Error(`refused ${n}`) } : { result: n * 2 },
      );
    },
  });
}

async function written(): Promise<number[]> {
  const rows: { n: number }[] = await source.query('SELECT n FROM done ORDER BY n');
  return rows.map(({ n }) => n);
}

it('batches items that arrive during a transaction, and resolves each with its own result', async () => {
  const shared = writing();
  const first = shared.do({ n: 0 });
  await Promise.resolve();
  const answers = await Promise.all([
    first,
    ...Array.from({ length: 50 }, (_, index) => shared.do({ n: index + 100 })),
  ]);
  expect(answers).toEqual([0, ...Array.from({ length: 50 }, (_, index) => (index + 100) * 2)]);
  expect(together.length).toBeLessThanOrEqual(3);
  expect(await written()).toHaveLength(51);
});

it('rejects one item without the others, and lets one that breaks the transaction fail alone', async () => {
  const shared = writing();
  const outcomes = await Promise.allSettled([1, -2, 13, 4].map((n) => shared.do({ n })));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { message: 'refused -2' } });
  expect(outcomes[2]).toMatchObject({
    reason: { message: expect.stringContaining('done_n_check') as string },
  });
  expect(await written()).toEqual([1, 4]);
});

it('separates items with the same exclusive key', async () => {
  const shared = writing();
  await Promise.all([1, 2, 3].map((n) => shared.do({ n, group: 'same' })));
  expect(together).toEqual([[1], [2], [3]]);
});
