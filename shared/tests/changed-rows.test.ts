import { readChangedRows } from '@souk/shared/db/changed-rows';
import type { StatePage } from '@souk/shared/state';
import type { DataSource, QueryRunner } from 'typeorm';
import { openFreshDatabase } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

let source: DataSource;
let other: QueryRunner;

beforeEach(async () => {
  source = await openFreshDatabase('changed_rows', 3);
  await source.query(
    'CREATE TABLE thing (id text PRIMARY KEY, n int, changed_in xid8 NOT NULL DEFAULT pg_current_xact_id())',
  );
  other = source.createQueryRunner();
});

afterEach(async () => {
  await other.release();
  await source.destroy();
});

const thing = { table: 'thing', key: 'id', keyType: 'text', columns: 'id, n' } as const;
const read = (since: string | null, pageSize?: number): Promise<StatePage<{ id: string; n: number }>> =>
  readChangedRows(source.manager, thing, since, pageSize);
const add = (id: string): Promise<unknown> => source.query('INSERT INTO thing (id, n) VALUES ($1, 1)', [id]);
const ids = ({ items }: StatePage<{ id: string }>): string[] => items.map(({ id }) => id);

/** Rows are repeated while a transaction of another suite on this server is older than they are. */
async function untilNothingRepeats(since: string): Promise<string> {
  let cursor = since;
  await until('nothing is repeated', async () => {
    const page = await read(cursor);
    cursor = page.next;
    return page.items.length === 0;
  });
  return cursor;
}

test('lists all rows at first, then those that changed', async () => {
  await add('a');
  await add('b');
  const first = await read(null);
  expect(first.items).toEqual([
    { id: 'a', n: 1 },
    { id: 'b', n: 1 },
  ]);
  const cursor = await untilNothingRepeats(first.next);
  await source.query("UPDATE thing SET n = 2, changed_in = pg_current_xact_id() WHERE id = 'a'");
  expect((await read(cursor)).items).toEqual([{ id: 'a', n: 2 }]);
});

test('skips no transaction that commits after one that began later', async () => {
  await other.startTransaction();
  await other.query("INSERT INTO thing (id, n) VALUES ('late', 1)");
  await add('early');
  const first = await read(null);
  expect(ids(first)).toEqual(['early']);
  await other.commitTransaction();
  expect(ids(await read(first.next))).toContain('late');
});

test('skips no transaction that commits between two pages of changes', async () => {
  const { next } = await read(null);
  await other.startTransaction();
  await other.query("INSERT INTO thing (id, n) VALUES ('late', 1)");
  for (const id of ['a', 'b', 'c']) await add(id);
  const first = await read(next, 2);
  expect([ids(first), first.more]).toEqual([['a', 'b'], true]);
  await other.commitTransaction();
  const second = await read(first.next, 2);
  expect([ids(second), second.more]).toEqual([['c'], false]);
  expect(ids(await read(second.next, 10))).toContain('late');
});

test('lists all rows by key, with the keys that each page covers, and then what changed meanwhile', async () => {
  for (const id of ['d', 'b', 'a', 'c']) await add(id);
  const first = await read(null, 3);
  expect([ids(first), first.covers]).toEqual([['a', 'b', 'c'], { after: null, until: 'c' }]);
  // Its key is on a page that was listed.
  await add('B');
  const second = await read(first.next, 3);
  expect([ids(second), second.covers]).toEqual([['d'], { after: 'c', until: null }]);
  const third = await read(second.next);
  expect(ids(third)).toContain('B');
  expect(third.covers).toBeUndefined();
});

test('lists rows with the numbers of another server once, not as changes', async () => {
  await source.query("INSERT INTO thing VALUES ('restored', 1, '999999999999')");
  const first = await read(null);
  expect(ids(first)).toEqual(['restored']);
  expect(ids(await read(first.next))).toEqual([]);
  await source.query("UPDATE thing SET n = 2, changed_in = pg_current_xact_id() WHERE id = 'restored'");
  expect((await read(first.next)).items).toEqual([{ id: 'restored', n: 2 }]);
});

test.each(['all', 'changed'])(
  'pages %s rows of one transaction by their keys, whatever they contain',
  async (kind) => {
    const begin = kind === 'all' ? null : (await read(null)).next;
    await source.query("INSERT INTO thing (id, n) VALUES ('a~1', 1), ('b', 1), ('c', 1), ('d', 1), ('e', 1)");
    const seen: string[] = [];
    let since: string | null = begin;
    let more = true;
    while (more) {
      const page = await read(since, 2);
      seen.push(...ids(page));
      since = page.next;
      more = page.more;
    }
    expect(seen).toEqual(['a~1', 'b', 'c', 'd', 'e']);
    await untilNothingRepeats(since ?? '');
  },
);

test('lists everything for a cursor of another history of the database, and for what is no cursor', async () => {
  await add('a');
  const { next } = await read(null);
  const [epoch = '', oldest = '', from = ''] = next.split('~');
  const ahead = String(BigInt(oldest) + 1_000_000n);
  for (const cursor of [`x${epoch}~${oldest}~${from}`, `${epoch}~${ahead}~${ahead}`, '', 'nonsense', "a~'~1"])
    expect(ids(await read(cursor))).toEqual(['a']);
});
