import { publishChange } from '@souk/shared/db/pending-changes';
import { Database } from '@souk/shared/db/database';
import { once } from '@souk/shared/db/idempotency';
import { Rejection } from '@souk/shared/errors';
import { createLog } from '@souk/shared/log';
import type { Message } from '@souk/shared/message';
import type { DataSource } from 'typeorm';
import { openFreshDatabase } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

const log = createLog('test', 'silent');
const message = (n: number): Message => ({ queue: 'order', name: 'count', body: { n } });

let source: DataSource;
let sent: Message[];
let queueIsAway: boolean;
let database: Database;

beforeAll(async () => {
  source = await openFreshDatabase('shared', 20);
  await source.query('CREATE TABLE effect (n int)');
});

afterAll(() => source.destroy());

beforeEach(async () => {
  await source.query('TRUNCATE effect, outbox, idempotency_key');
  sent = [];
  queueIsAway = false;
  database = new Database(
    source,
    (messages) => {
      if (queueIsAway) return Promise.reject(new Error('away'));
      sent.push(...messages);
      return Promise.resolve();
    },
    log,
  );
});

const count = async (table: string): Promise<number> => {
  const [row]: { n: number }[] = await source.query(`SELECT count(*)::int AS n FROM ${table}`);
  return row?.n ?? -1;
};

describe('the outbox', () => {
  it('sends after the commit, in order, and deletes sent rows', async () => {
    await database.transact(async (manager, outbox) => {
      outbox.add(message(1), message(2));
      await manager.query('INSERT INTO effect VALUES (1)');
      expect(sent).toEqual([]);
    });
    await until('both messages', () => sent.length === 2);
    expect(sent).toEqual([message(1), message(2)]);
    await until('an empty outbox', async () => (await count('outbox')) === 0);
  });

  it('sends nothing of a transaction that failed', async () => {
    await expect(
      database.transact(async (manager, outbox) => {
        outbox.add(message(1));
        await manager.query('INSERT INTO effect VALUES (1)');
        throw new Error('planned');
      }),
    ).rejects.toThrow('planned');
    expect([sent, await count('outbox'), await count('effect')]).toEqual([[], 0, 0]);
  });

  it('stores messages that the queue did not take, and the sweep sends them once they are stale', async () => {
    queueIsAway = true;
    await database.transact(async (_manager, outbox) => outbox.add(message(1)));
    // However long it takes to get there: it is not old.
    await source.query("UPDATE outbox SET created_at = clock_timestamp() + interval '1 minute'");
    await expect(database.sweepOutbox()).resolves.toBe(0);
    expect(await count('outbox')).toBe(1);
    await source.query("UPDATE outbox SET created_at = clock_timestamp() - interval '3 seconds'");
    await expect(database.sweepOutbox()).rejects.toThrow('away');
    expect(await count('outbox')).toBe(1);
    queueIsAway = false;
    await expect(database.sweepOutbox()).resolves.toBe(1);
    expect([sent, await count('outbox')]).toEqual([[message(1)], 0]);
  });
});

describe('the changes of a transaction', () => {
  let published: string[][];
  let telling: Database;

  beforeEach(() => {
    published = [];
    telling = new Database(
      source,
      () => Promise.resolve(),
      log,
      (topics) => void published.push([...topics]),
    );
  });

  it('are published after the commit', async () => {
    await telling.transact((manager) => {
      publishChange(manager, ['user:1']);
      expect(published).toEqual([]);
      return Promise.resolve();
    });
    expect(published).toEqual([['user:1']]);
  });

  it('are published after a failed commit, which may have happened all the same', async () => {
    await source.query('CREATE TABLE IF NOT EXISTS late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)');
    const failing = telling.transact(async (manager) => {
      publishChange(manager, ['user:1']);
      await manager.query('INSERT INTO late VALUES (1), (1)');
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(published).toEqual([['user:1']]);
  });

  it('are not published after a rejection', async () => {
    const refused = telling.transact((manager) => {
      publishChange(manager, ['user:1']);
      return Promise.reject(new Rejection('INVALID', 'planned'));
    });
    await expect(refused).rejects.toThrow('planned');
    expect(published).toEqual([]);
  });
});

it('runs a transaction again after a deadlock', async () => {
  await source.query('CREATE TABLE IF NOT EXISTS pair (id int PRIMARY KEY, n int)');
  await source.query('INSERT INTO pair VALUES (1, 0), (2, 0) ON CONFLICT DO NOTHING');
  let met = 0;
  const cross = (first: number, second: number): Promise<void> =>
    database.transact(async (manager) => {
      await manager.query('UPDATE pair SET n = n + 1 WHERE id = $1', [first]);
      met += 1;
      // Both hold one row before either requests the other's; a second try need not wait.
      await until('the other transaction', () => met >= 2);
      await manager.query('UPDATE pair SET n = n + 1 WHERE id = $1', [second]);
    });
  await Promise.all([cross(1, 2), cross(2, 1)]);
  expect(met).toBeGreaterThan(2);
  await expect(source.query('SELECT n FROM pair ORDER BY id')).resolves.toEqual([{ n: 2 }, { n: 2 }]);
});

describe('an idempotency key', () => {
  const call = (over: object = {}) => ({
    caller: 'a',
    operation: 'pay',
    key: 'k',
    arguments: { x: 1, y: null },
    ...over,
  });
  const pay = (over: object = {}, n = 1) =>
    database.transact((manager) =>
      once(manager, call(over), ['idempotencyKey'], async () => {
        await manager.query('INSERT INTO effect VALUES ($1)', [n]);
        return { n };
      }),
    );

  it('gives 20 concurrent callers one effect and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => pay({}, n)));
    expect(await count('effect')).toBe(1);
    expect(new Set(answers.map(({ result }) => result.n)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('is rolled back with a failed transaction', async () => {
    await expect(
      database.transact((manager) =>
        once(manager, call(), ['k'], () => Promise.reject(new Error('planned'))),
      ),
    ).rejects.toThrow('planned');
    await expect(pay()).resolves.toMatchObject({ replayed: false });
  });

  it('belongs to one caller and one operation', async () => {
    await pay();
    await expect(pay({ caller: 'b' })).resolves.toMatchObject({ replayed: false });
    await expect(pay({ operation: 'refund' })).resolves.toMatchObject({ replayed: false });
    await expect(pay({ arguments: { y: undefined, x: 1 } })).resolves.toMatchObject({ replayed: true });
  });

  it('is rejected with other arguments, and the rejection says when it was first used', async () => {
    await pay();
    await expect(pay({ arguments: { x: 2 } })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
      field: ['idempotencyKey'],
      typename: 'IdempotencyConflictError',
      details: { idempotencyKey: 'k', firstUsedAt: expect.stringMatching(/^\d{4}-/) as string },
    });
    expect(await count('effect')).toBe(1);
  });

  it('is free again after a day', async () => {
    await pay();
    await source.query("UPDATE idempotency_key SET created_at = now() - interval '25 hours'");
    await expect(pay({ arguments: { x: 2 } })).resolves.toMatchObject({ replayed: false });
  });

  it.each(['', '   ', 'x'.repeat(201), 'a\u0000b'])('must be a key: %j is refused', async (key) => {
    await expect(pay({ key })).rejects.toMatchObject({ code: 'INVALID', field: ['idempotencyKey'] });
  });
});
