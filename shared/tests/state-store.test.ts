import { Database } from '@souk/shared/db/database';
import { readChangedRows } from '@souk/shared/db/changed-rows';
import { databaseReplica, deleteLostKeys } from '@souk/shared/db/state-store';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { StateReplica } from '@souk/shared/replication/state-replica';
import type { ReadState, StateItem } from '@souk/shared/state';
import { defineState } from '@souk/shared/state';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { openFreshDatabase } from '../../tests/support/subgraph.js';

const things = defineState('account', 'things', z.object({ id: z.uuid(), n: z.int() }));
type Thing = StateItem<typeof things>;

const log = createLog('test', 'silent');
const pageSize = 3;

let owner: DataSource;
let consumer: DataSource;
let replicas: StateReplica<Thing>[];

beforeAll(async () => {
  [owner, consumer] = await Promise.all([
    openFreshDatabase('state_owner', 10),
    openFreshDatabase('state_consumer', 10),
  ]);
  await owner.query(
    'CREATE TABLE thing (id uuid PRIMARY KEY, n int, changed_in xid8 NOT NULL DEFAULT pg_current_xact_id())',
  );
  await consumer.query('CREATE TABLE thing_copy (id uuid PRIMARY KEY, n int)');
});
afterAll(() => Promise.all([owner.destroy(), consumer.destroy()]));

beforeEach(async () => {
  await owner.query('TRUNCATE thing');
  await consumer.query('TRUNCATE thing_copy, state_cursor');
  replicas = [];
});
afterEach(() => Promise.all(replicas.map((replica) => replica.close())));

const readOwner: ReadState<Thing> = (since) =>
  readChangedRows(
    owner.manager,
    { table: 'thing', key: 'id', keyType: 'uuid', columns: 'id, n' },
    since,
    pageSize,
  );
const set = (id: string, n: number): Promise<unknown> =>
  owner.query(
    `INSERT INTO thing (id, n) VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET n = excluded.n, changed_in = pg_current_xact_id()`,
    [id, n],
  );
const stored = (): Promise<Thing[]> => consumer.query('SELECT id, n FROM thing_copy ORDER BY id');
const owned = (): Promise<Thing[]> => owner.query('SELECT id, n FROM thing ORDER BY id');

/** A process of the consumer. `failing` makes its next transaction fail after its items were stored. */
function replica(read: ReadState<Thing> = readOwner, failing = { once: false }): StateReplica<Thing> {
  const database = new Database(consumer, () => Promise.resolve(), log);
  const opened = databaseReplica(
    'catalog',
    things,
    database,
    { states: () => ({ read: read as never }), log },
    async (manager, items, covers) => {
      await manager.query(
        `INSERT INTO thing_copy SELECT id, n FROM json_to_recordset($1) AS item (id uuid, n int)
         ON CONFLICT (id) DO UPDATE SET n = excluded.n`,
        [JSON.stringify(items)],
      );
      const ids = items.map(({ id }) => id);
      await deleteLostKeys(manager, { table: 'thing_copy', key: 'id' }, ids, covers);
      if (!failing.once) return;
      failing.once = false;
      throw new Error('the process ends');
    },
  );
  replicas.push(opened);
  return opened;
}

/** Reads once, as a process that starts and ends. */
async function readOnce(...given: Parameters<typeof replica>): Promise<StateReplica<Thing>> {
  const opened = replica(...given);
  await opened.start();
  await opened.close();
  return opened;
}

test('copies everything, then goes on after a restart from where it was', async () => {
  const ids = Array.from({ length: 8 }, newId);
  for (const id of ids) await set(id, 1);
  await readOnce();
  expect(await stored()).toEqual(await owned());
  await set(ids[4] ?? '', 2);
  await set(newId(), 1);
  const reads: (string | null)[] = [];
  await readOnce((since) => {
    reads.push(since);
    return readOwner(since);
  });
  expect(reads).toHaveLength(1);
  expect(reads[0]).not.toBeNull();
  expect(await stored()).toEqual(await owned());
});

test('stores items and cursor together: a process that ends between them repeats the page', async () => {
  await set(newId(), 1);
  await readOnce(readOwner, { once: true });
  expect(await stored()).toEqual([]);
  expect(await consumer.query('SELECT * FROM state_cursor')).toEqual([]);
  await readOnce();
  expect(await stored()).toEqual(await owned());
});

test('a page that was read before another process moved the copy on is not stored', async () => {
  const id = newId();
  await set(id, 1);
  await readOnce();
  await set(id, 2);
  let late: () => void = () => undefined;
  const isRead = new Promise<void>((resolve) => (late = resolve));
  let proceed: () => void = () => undefined;
  const mayProceed = new Promise<void>((resolve) => (proceed = resolve));
  let calls = 0;
  const slow = readOnce(async (since) => {
    const page = await readOwner(since);
    calls += 1;
    if (calls > 1) return page;
    late();
    await mayProceed;
    return page;
  });
  await isRead;
  await set(id, 3);
  await readOnce();
  proceed();
  const finished = await slow;
  expect(calls).toBe(2);
  expect(finished.isKnown).toBe(true);
  expect(await stored()).toEqual([{ id, n: 3 }]);
});

test('many processes that share a copy agree with the owner while it changes', async () => {
  const ids = Array.from({ length: 10 }, newId);
  const writing = (async () => {
    for (let n = 1; n <= 60; n += 1) await set(ids[n % 10] ?? '', n);
  })();
  let isOver = false;
  void writing.then(() => (isOver = true));
  const reader = async (): Promise<void> => {
    while (!isOver) await readOnce();
    await readOnce();
  };
  await Promise.all([reader(), reader(), reader(), writing]);
  expect(await stored()).toEqual(await owned());
});

test('a restored backup of the owner takes back what it has lost, and nothing else', async () => {
  const ids = Array.from({ length: 7 }, newId);
  for (const id of ids) await set(id, 1);
  await readOnce();
  const [lost = '', changed = ''] = ids;
  await owner.query('DELETE FROM thing WHERE id = $1', [lost]);
  await owner.query('UPDATE thing SET n = 0, changed_in = $2::text::xid8 WHERE id = $1', [changed, '3']);
  // No change has a later transaction: only another history shows them.
  await readOnce();
  expect(await stored()).toHaveLength(7);
  await consumer.query("UPDATE state_cursor SET cursor = 'x' || cursor");
  await readOnce();
  expect(await stored()).toEqual(await owned());
  expect(await stored()).toHaveLength(6);
});
